//! `idp user doubles`: accounts whose e-mail address is the same as another account's, but written in another way.

use clap::Args;
use clock::when;
use serde_json::json;

use crate::{
    cli::{
        output::{Output, Table},
        realms::open,
    },
    realm::RealmConfig,
    store::addresses,
};

/// Where.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The realm.
    #[arg(long)]
    realm: String,
}

/// Lists the pairs: the account that keeps the address, and the one to which nobody can sign in with it.
pub async fn list(realms: Vec<RealmConfig>, arguments: &Arguments, output: Output) -> anyhow::Result<()> {
    let realm = open(realms, &arguments.realm).await?;
    let doubles = addresses::doubles(&realm.store.facts).await?;
    let mut table = Table::new(&["KEEPS THE ADDRESS", "SUBJECT", "MADE", "ITS DOUBLE", "SUBJECT", "MADE"]);
    let mut pairs = Vec::new();
    for pair in &doubles {
        let (held, made) = (when::iso(pair.holder_created_at), when::iso(pair.created_at));
        table.row(&[&pair.holder_email, &pair.holder_id, &held, &pair.email, &pair.id, &made]);
        pairs.push(json!({
            "keeps": { "id": pair.holder_id, "email": pair.holder_email, "created_at": held },
            "double": { "id": pair.id, "email": pair.email, "created_at": made },
        }));
    }
    output.show(&table.to_string(), &json!({ "doubles": pairs }))
}
