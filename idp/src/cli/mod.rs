//! The command line.
//!
//! * `command`: every command with its arguments
//! * `realms`: the realms that the commands work on
//! * `output`, `exit`: what the commands print, and their exit codes
//! * the others: what the commands do

mod backup;
mod command;
mod exit;
mod keys;
mod migrate;
mod output;
mod realms;
mod secrets;
mod serve;
mod sessions;
mod setup_link;
mod user;

use std::{path::PathBuf, process::ExitCode};

use clap::Parser;
use serde_json::json;

pub use command::{Command, KeysCommand, MigrateCommand, SecretsCommand, SessionsCommand};
pub use user::UserCommand;

use self::output::Output;
use crate::realm::RealmConfig;

/// The provider: serves realms and looks after them.
#[derive(Debug, Parser)]
#[command(name = "idp", version)]
pub struct Cli {
    /// The folder with one TOML file per realm.
    #[arg(long, global = true, default_value = "realms", value_name = "DIR")]
    realms: PathBuf,
    /// Answer with one JSON document.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

/// Runs the command of this process.
pub async fn run(cli: Cli) -> ExitCode {
    match realms::read(&cli.realms) {
        Ok(realms) => execute(cli.command, realms, cli.json).await,
        Err(mistakes) => exit::misconfigured(&mistakes, cli.json),
    }
}

/// Runs a command on these realms; with `json` it answers with one JSON document.
pub async fn execute(command: Command, realms: Vec<RealmConfig>, json: bool) -> ExitCode {
    match Box::pin(perform(command, realms, Output { json })).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => exit::failed(&error, json),
    }
}

async fn perform(command: Command, realms: Vec<RealmConfig>, output: Output) -> anyhow::Result<()> {
    match command {
        Command::CheckConfig => {
            let warnings: Vec<String> =
                realms.iter().flat_map(|realm| &realm.warnings).map(ToString::to_string).collect();
            for warning in &warnings {
                eprintln!("warning: {warning}");
            }
            let names: Vec<&str> = realms.iter().map(|realm| realm.name.as_str()).collect();
            let summary = json!({ "realms": names, "warnings": warnings });
            output.show(&format!("{} realm(s): ok", realms.len()), &summary)
        }
        Command::Serve { realm } => Box::pin(serve::serve(realms, realm.as_deref())).await,
        Command::SetupLink { realm, role } => setup_link::setup_link(realms, &realm, &role, output).await,
        Command::Migrate { command } => migrate(command, realms, output).await,
        Command::Keys { command } => keys(command, realms, output).await,
        Command::Secrets { command: SecretsCommand::Reseal { realm } } => {
            secrets::reseal(realms, &realm, output).await
        }
        Command::User { command } => Box::pin(user::perform(realms, command, output)).await,
        Command::Sessions { command: SessionsCommand::EndAll { realm, yes } } => {
            sessions::end_all(realms, &realm, yes, output).await
        }
        Command::Backup { realm, file } => backup::backup(realms, &realm, &file, output).await,
        Command::Restore { realm, file, replace } => {
            backup::restore(realms, &realm, &file, replace, output).await
        }
    }
}

async fn migrate(command: MigrateCommand, realms: Vec<RealmConfig>, output: Output) -> anyhow::Result<()> {
    match command {
        MigrateCommand::Status { realm } => migrate::status(realms, realm.as_deref(), output).await,
        MigrateCommand::Up { realm } => migrate::up(realms, realm.as_deref(), output).await,
        MigrateCommand::Down { realm, to, yes } => migrate::down(realms, &realm, to, yes, output).await,
    }
}

async fn keys(command: KeysCommand, realms: Vec<RealmConfig>, output: Output) -> anyhow::Result<()> {
    match command {
        KeysCommand::List { realm } => keys::list(realms, &realm, output).await,
        KeysCommand::Rotate { realm, algorithm } => {
            keys::rotate(realms, &realm, algorithm.as_deref(), output).await
        }
        KeysCommand::Revoke { realm, kid } => keys::revoke(realms, &realm, &kid, output).await,
    }
}
