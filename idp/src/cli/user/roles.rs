//! `idp user roles`

use anyhow::bail;
use clap::Args;
use serde_json::json;

use super::{Who, account, last_with};
use crate::{
    cli::{
        output::{Output, Table},
        realms::unknown_role,
    },
    flow::accounts::roles::{Change, Outcome, change},
    realm::RealmConfig,
    store::users,
};

/// Whose roles, and what becomes of them.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    who: Who,
    /// Give exactly these roles.
    #[arg(long, value_name = "ROLE,…", value_delimiter = ',', conflicts_with_all = ["add", "remove"])]
    set: Option<Vec<String>>,
    /// Give these roles as well.
    #[arg(long, value_name = "ROLE,…", value_delimiter = ',', conflicts_with = "remove")]
    add: Option<Vec<String>>,
    /// Take these roles away.
    #[arg(long, value_name = "ROLE,…", value_delimiter = ',')]
    remove: Option<Vec<String>>,
}

/// Shows or changes roles.
pub async fn roles(realms: Vec<RealmConfig>, arguments: Arguments, output: Output) -> anyhow::Result<()> {
    let (realm, user) = account(realms, &arguments.who).await?;
    let wanted = match (arguments.set, arguments.add, arguments.remove) {
        (Some(roles), ..) => Change::Set(roles),
        (_, Some(roles), _) => Change::Add(roles),
        (.., Some(roles)) => Change::Remove(roles),
        (None, None, None) => {
            let roles = users::roles(&realm.store.facts, &user.id).await?;
            let mut table = Table::new(&["ROLE", "PERMISSIONS"]);
            for role in &roles {
                let permissions = realm.config.permissions(std::slice::from_ref(role)).join(",");
                table.row(&[role, &permissions]);
            }
            let json = json!({ "id": user.id, "email": user.email, "roles": roles });
            return output.show(&table.to_string(), &json);
        }
    };
    match change(&realm, &user, &wanted).await? {
        Outcome::Unknown(role) => bail!(unknown_role(&realm, &role)),
        Outcome::LastWith(role) => bail!(last_with(&role)),
        Outcome::Has(roles, changed) => {
            let all = if roles.is_empty() { "none".to_owned() } else { roles.join(", ") };
            let text = format!("roles {}: {all}", if changed { "now" } else { "as before" });
            let json = json!({ "id": user.id, "email": user.email, "roles": roles, "changed": changed });
            output.done(&text, &json)
        }
    }
}
