//! `idp user add`

use anyhow::bail;
use clap::Args;
use clock::when;
use serde_json::json;

use super::roles_or_usual;
use crate::{
    cli::{
        output::Output,
        realms::{open, unknown_role},
        setup_link::SETUP_LINK_SECONDS,
    },
    flow::accounts::{self, Invitation, Refusal},
    realm::RealmConfig,
    words,
};

/// Whom to make an account for. There is no password among these: its owner chooses it.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The realm.
    #[arg(long)]
    realm: String,
    /// The e-mail address.
    email: String,
    /// The name to show.
    #[arg(long, default_value = "", hide_default_value = true)]
    name: String,
    /// A role of the account; can be repeated. Without, it is the role of whoever registers.
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<String>,
}

pub async fn add(realms: Vec<RealmConfig>, arguments: &Arguments, output: Output) -> anyhow::Result<()> {
    let Arguments { realm: name, email, .. } = arguments;
    let realm = open(realms, name).await?;
    let roles = roles_or_usual(&realm, &arguments.roles);
    if roles.is_empty() {
        bail!("say with --role what the account may do: realm `{name}` has no role for everybody");
    }
    let invitation = Invitation { email, name: &arguments.name, roles: &roles };
    let invited = match accounts::invite(&realm, invitation, SETUP_LINK_SECONDS).await? {
        Ok(invited) => invited,
        Err(Refusal::UnknownRole(role)) => bail!(unknown_role(&realm, &role)),
        Err(Refusal::Taken) => {
            bail!("realm `{name}` has an account with that address: `idp user show` shows it")
        }
        Err(Refusal::Field(fault)) => bail!(words::in_english(&fault.message)),
    };
    let otherwise = format!("`idp user reset-factors --realm {name} {}` prints another link", invited.id);
    let json = json!({
        "id": invited.id,
        "email": invited.email,
        "roles": roles,
        "link": invited.link,
        "expires_at": when::iso(invited.expires_at),
    });
    output.made(&invited.link, &json, &otherwise)
}
