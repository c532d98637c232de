//! `idp user delete`

use std::io;

use anyhow::bail;
use clap::Args;
use protocol::email;
use runtime::terminal::{complain, printable};
use serde_json::json;

use super::{Who, account, last_with};
use crate::{
    cli::output::Output,
    flow::accounts::{self, Deletion},
    realm::RealmConfig,
    store::users::User,
};

/// Which account.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    who: Who,
    /// Do it without asking for the address again.
    #[arg(long)]
    yes: bool,
}

pub async fn delete(realms: Vec<RealmConfig>, arguments: &Arguments, output: Output) -> anyhow::Result<()> {
    let (realm, user) = account(realms, &arguments.who).await?;
    if !arguments.yes && !is_confirmed(&user)? {
        bail!("nothing was deleted: repeat the address, or add --yes");
    }
    let changed = match accounts::delete(&realm, &user).await? {
        Deletion::Done => true,
        Deletion::DoneBefore => false,
        Deletion::LastWith(role) => bail!(last_with(&role)),
    };
    let text = if changed { "deleted" } else { "somebody else deleted it meanwhile" };
    output.done(text, &json!({ "id": user.id, "email": user.email, "state": "deleted", "changed": changed }))
}

/// Asks on the terminal for the address again; whether the answer is the account's address.
fn is_confirmed(user: &User) -> io::Result<bool> {
    complain(format_args!(
        "This deletes the account of {} for good. Its address again, to go on:",
        printable(&user.email)
    ));
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(email::key(&line) == email::key(&user.email))
}
