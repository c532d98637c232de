//! `idp user set` and `idp user verify-email`

use anyhow::bail;
use clap::Args;
use serde_json::json;

use super::{Who, account, no_account};
use crate::{
    cli::output::Output,
    flow::profile::{self, Changed},
    realm::RealmConfig,
};

/// Whose claims, and what they become.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    who: Who,
    /// A standard claim and its value, such as `given_name=Ada`; without a value it is taken away. An address is a JSON
    /// object.
    #[arg(required = true, value_name = "CLAIM=VALUE", value_parser = assignment)]
    claims: Vec<(String, String)>,
}

fn assignment(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("a claim is set as CLAIM=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// Sets claims, all or none.
pub async fn set(realms: Vec<RealmConfig>, arguments: &Arguments, output: Output) -> anyhow::Result<()> {
    let (realm, user) = account(realms, &arguments.who).await?;
    let claims = &arguments.claims;
    let changes: Vec<(&str, Option<&str>)> = claims
        .iter()
        .map(|(name, value)| (name.as_str(), (!value.is_empty()).then_some(value.as_str())))
        .collect();
    match profile::set_claims(&realm, &user.email, &changes).await? {
        Changed::Done => {}
        Changed::NoAccount => bail!(no_account(&arguments.who.realm)),
        Changed::Fault(claim, fault) => bail!("{claim} {fault}"),
    }
    let names: Vec<&str> = changes.iter().map(|(name, _)| *name).collect();
    let text = format!("set: {}", names.join(", "));
    output.done(&text, &json!({ "id": user.id, "email": user.email, "set": names }))
}

/// Notes that the address of an account is its owner's.
pub async fn verify_email(realms: Vec<RealmConfig>, who: &Who, output: Output) -> anyhow::Result<()> {
    let (realm, user) = account(realms, who).await?;
    let changed = profile::verify_email(&realm, &user.email).await?;
    let text = if changed { "verified" } else { "it was verified before" };
    output.done(
        text,
        &json!({ "id": user.id, "email": user.email, "email_verified": true, "changed": changed }),
    )
}
