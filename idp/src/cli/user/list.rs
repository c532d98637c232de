//! `idp user list`

use clap::Args;
use clock::when;
use runtime::terminal::complain;
use serde_json::json;

use crate::{
    cli::{
        output::{Output, Table},
        realms::open,
    },
    flow::accounts::{self, Entry, MOST, Query},
    realm::RealmConfig,
    store::directory::{Filter, Listed},
};

/// Which accounts.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The realm.
    #[arg(long)]
    realm: String,
    /// Only accounts with this text in their address or name.
    #[arg(long, default_value = "", value_name = "TEXT", hide_default_value = true)]
    search: String,
    /// Only accounts with this role.
    #[arg(long)]
    role: Option<String>,
    /// Only disabled accounts.
    #[arg(long, conflicts_with = "enabled")]
    disabled: bool,
    /// Only accounts that aren't disabled.
    #[arg(long)]
    enabled: bool,
    /// How many at most, up to 1000.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
    /// Only accounts behind this address: the next page begins after the last address of the one before.
    #[arg(long, default_value = "", value_name = "EMAIL", hide_default_value = true)]
    after: String,
}

pub async fn list(realms: Vec<RealmConfig>, arguments: &Arguments, output: Output) -> anyhow::Result<()> {
    let realm = open(realms, &arguments.realm).await?;
    let disabled = (arguments.disabled || arguments.enabled).then_some(arguments.disabled);
    let query = Query {
        search: &arguments.search,
        filter: Filter { role: arguments.role.as_deref(), disabled },
        after: &arguments.after,
        limit: usize::from(arguments.limit).min(MOST),
    };
    let page = accounts::list(&realm, query).await?;
    let mut table = Table::new(&["ADDRESS", "STATE", "FACTOR", "ROLES", "MADE", "SUBJECT", "NAME"]);
    for Entry { account, name, roles } in &page.entries {
        let made = when::iso(account.created_at);
        table.row(&[
            &account.email,
            state(account),
            factors(account),
            &roles.join(","),
            &made,
            &account.id,
            name,
        ]);
    }
    let users: Vec<_> = page.entries.iter().map(as_json).collect();
    output.show(&table.to_string(), &json!({ "users": users, "next": page.next }))?;
    if let (Some(next), false) = (&page.next, output.json) {
        complain(format_args!("there may be more: --after {next}"));
    }
    Ok(())
}

/// The state of an account; `invited` means that nobody can sign in to it yet.
fn state(account: &Listed) -> &'static str {
    match (account.disabled_at, account.has_password + account.passkeys) {
        (Some(_), _) => "disabled",
        (None, 0) => "invited",
        (None, _) => "active",
    }
}

fn factors(account: &Listed) -> &'static str {
    match (account.apps > 0, account.passkeys > 0) {
        (true, true) => "totp,passkey",
        (true, false) => "totp",
        (false, true) => "passkey",
        (false, false) => "",
    }
}

fn as_json(entry: &Entry) -> serde_json::Value {
    let Entry { account, name, roles } = entry;
    json!({
        "id": account.id,
        "email": account.email,
        "email_verified": account.email_verified_at.is_some(),
        "name": name,
        "roles": roles,
        "state": state(account),
        "second_factor": account.apps + account.passkeys > 0,
        "passkeys": account.passkeys,
        "created_at": when::iso(account.created_at),
    })
}
