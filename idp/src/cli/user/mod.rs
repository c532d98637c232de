//! `idp user`: commands for accounts.

mod access;
mod add;
mod delete;
mod disable;
mod doubles;
mod export;
mod import;
mod list;
mod roles;
mod set;
mod show;

use std::sync::Arc;

use anyhow::Context as _;
use clap::{Args, Subcommand};

use super::{output::Output, realms::open};
use crate::{
    flow::accounts,
    realm::{Realm, RealmConfig},
    store::users::User,
};

/// Whose account.
#[derive(Debug, Args)]
pub struct Who {
    /// The realm.
    #[arg(long)]
    realm: String,
    /// The account's e-mail address or, without an `@`, its subject.
    #[arg(value_name = "EMAIL")]
    who: String,
}

/// `idp user`
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// List accounts in the order of their addresses.
    List(list::Arguments),
    /// Show what is known of an account.
    Show(Who),
    /// Make an account, and print a one-time link behind which its owner chooses the password.
    Add(add::Arguments),
    /// Let a disabled account sign in again.
    Enable(Who),
    /// Disable an account; its sessions and tokens end at once.
    Disable(Who),
    /// Set what an account tells of its person: the standard claims of OpenID Connect.
    Set(set::Arguments),
    /// Note that the address of an account is its owner's.
    VerifyEmail(Who),
    /// Show an account's roles, or change them.
    Roles(roles::Arguments),
    /// Print a one-time link for somebody who lost the second factor; password, factors and sessions end at once.
    ResetFactors(Who),
    /// Let an account that was locked by failed attempts sign in again.
    Unlock(Who),
    /// List accounts whose address is another account's, written in another way: nobody can sign in to the second one.
    Doubles(doubles::Arguments),
    /// Import accounts from another program, with their password hashes: one JSON object a line.
    Import(import::Arguments),
    /// Print all accounts, one JSON object a line, as `import` reads them. Passwords are not among them.
    Export(export::Arguments),
    /// Delete an account with everything that is known of its owner; its sessions and tokens end at once.
    Delete(delete::Arguments),
}

/// Runs a command.
pub async fn perform(realms: Vec<RealmConfig>, command: UserCommand, output: Output) -> anyhow::Result<()> {
    match command {
        UserCommand::List(arguments) => list::list(realms, &arguments, output).await,
        UserCommand::Show(who) => show::show(realms, &who, output).await,
        UserCommand::Add(arguments) => add::add(realms, &arguments, output).await,
        UserCommand::Enable(who) => disable::enable(realms, &who, output).await,
        UserCommand::Disable(who) => disable::disable(realms, &who, output).await,
        UserCommand::Set(arguments) => set::set(realms, &arguments, output).await,
        UserCommand::VerifyEmail(who) => set::verify_email(realms, &who, output).await,
        UserCommand::Roles(arguments) => Box::pin(roles::roles(realms, arguments, output)).await,
        UserCommand::ResetFactors(who) => access::reset_factors(realms, &who, output).await,
        UserCommand::Unlock(who) => access::unlock(realms, &who, output).await,
        UserCommand::Doubles(arguments) => doubles::list(realms, &arguments, output).await,
        UserCommand::Import(arguments) => Box::pin(import::import(realms, &arguments, output)).await,
        UserCommand::Export(arguments) => export::export(realms, &arguments).await,
        UserCommand::Delete(arguments) => delete::delete(realms, &arguments, output).await,
    }
}

/// The realm, and the account in it.
async fn account(realms: Vec<RealmConfig>, who: &Who) -> anyhow::Result<(Arc<Realm>, User)> {
    let realm = open(realms, &who.realm).await?;
    let user = accounts::find(&realm, &who.who).await?;
    let user = user.with_context(|| no_account(&who.realm))?;
    Ok((realm, user))
}

/// The named roles, or else the role of whoever registers, if there is one.
fn roles_or_usual(realm: &Realm, named: &[String]) -> Vec<String> {
    let usual = &realm.config.registration.role;
    if named.is_empty() && !usual.is_empty() { vec![usual.clone()] } else { named.to_vec() }
}

fn no_account(realm: &str) -> String {
    format!("realm `{realm}` has no account with that address or subject")
}

fn last_with(role: &str) -> String {
    format!(
        "nobody else who can sign in has every permission: give another account the role `{role}` first, \
         or make one with `idp user add --role {role}`"
    )
}
