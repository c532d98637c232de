//! The command line.
//!
//! * `command`: every command with its arguments
//! * `realms`: the realm files they work on
//! * the others: what the commands do

mod backup;
mod command;
mod commands;
mod doubles;
mod keys;
mod migrate;
mod realms;
mod secrets;
mod sessions;

use std::{path::PathBuf, process::ExitCode};

use clap::Parser;

pub use command::{Command, KeysCommand, MigrateCommand, SecretsCommand, SessionsCommand, UserCommand};

use crate::realm::RealmConfig;

/// The provider: serves realms and looks after them.
#[derive(Debug, Parser)]
#[command(name = "idp", version)]
pub struct Cli {
    /// The folder with one TOML file per realm.
    #[arg(long, global = true, default_value = "realms", value_name = "DIR")]
    realms: PathBuf,
    #[command(subcommand)]
    command: Command,
}

/// Exit code for a configuration that can't be used.
const BAD_CONFIG: u8 = 2;

/// Runs the command of this process.
pub async fn run(cli: Cli) -> ExitCode {
    let realms = match realms::read(&cli.realms) {
        Ok(realms) => realms,
        Err(mistakes) => {
            eprintln!("{mistakes}");
            return ExitCode::from(BAD_CONFIG);
        }
    };
    execute(cli.command, realms).await
}

/// Runs a command on these realms.
pub async fn execute(command: Command, realms: Vec<RealmConfig>) -> ExitCode {
    match perform(command, realms).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn perform(command: Command, realms: Vec<RealmConfig>) -> anyhow::Result<()> {
    match command {
        Command::CheckConfig => {
            println!("{} realm(s): ok", realms.len());
            Ok(())
        }
        Command::Serve { realm } => commands::serve(realms, realm.as_deref()).await,
        Command::SetupLink { realm, role } => commands::setup_link(realms, &realm, &role).await,
        Command::Migrate { command: MigrateCommand::Status { realm } } => {
            migrate::status(realms, realm.as_deref()).await
        }
        Command::Migrate { command: MigrateCommand::Up { realm } } => {
            migrate::up(realms, realm.as_deref()).await
        }
        Command::Migrate { command: MigrateCommand::Down { realm, to, yes } } => {
            migrate::down(realms, &realm, to, yes).await
        }
        Command::Keys { command: KeysCommand::List { realm } } => keys::list(realms, &realm).await,
        Command::Keys { command: KeysCommand::Rotate { realm, algorithm } } => {
            keys::rotate(realms, &realm, algorithm.as_deref()).await
        }
        Command::Keys { command: KeysCommand::Revoke { realm, kid } } => {
            keys::revoke(realms, &realm, &kid).await
        }
        Command::Secrets { command: SecretsCommand::Reseal { realm } } => {
            secrets::reseal(realms, &realm).await
        }
        Command::User { command: UserCommand::Unlock { realm, email } } => {
            commands::unlock_user(realms, &realm, &email).await
        }
        Command::User { command: UserCommand::ResetFactors { realm, email } } => {
            commands::reset_factors(realms, &realm, &email).await
        }
        Command::User { command: UserCommand::Doubles { realm } } => doubles::list(realms, &realm).await,
        Command::User { command: UserCommand::Disable { realm, email } } => {
            commands::disable_user(realms, &realm, &email).await
        }
        Command::Sessions { command: SessionsCommand::EndAll { realm, yes } } => {
            sessions::end_all(realms, &realm, yes).await
        }
        Command::Backup { realm, file } => backup::backup(realms, &realm, &file).await,
        Command::Restore { realm, file, replace } => backup::restore(realms, &realm, &file, replace).await,
    }
}
