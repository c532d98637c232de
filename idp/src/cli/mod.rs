//! The command line: `idp serve`, `idp setup-link`, `idp user`, `idp migrate`, `idp keys`, `idp secrets`,
//! `idp check-config`.

mod commands;
mod keys;
mod migrate;
mod realms;
mod secrets;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

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

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve every realm of the folder, or one.
    Serve {
        /// Only this realm.
        #[arg(long)]
        realm: Option<String>,
    },
    /// Say everything that is wrong with the realm files, and start nothing.
    CheckConfig,
    /// Print a new one-time link that makes an account with a second factor; older ones for the role stop working.
    SetupLink {
        /// The realm.
        #[arg(long)]
        realm: String,
        /// The role of the account.
        #[arg(long, default_value = "super_admin")]
        role: String,
    },
    /// Look after the schema of a realm's database.
    Migrate {
        #[command(subcommand)]
        command: MigrateCommand,
    },
    /// Look after signing keys.
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Look after secrets that rotate.
    Secrets {
        #[command(subcommand)]
        command: SecretsCommand,
    },
    /// Look after accounts.
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
}

#[derive(Debug, Subcommand)]
enum MigrateCommand {
    /// Say where the schemas stand; exit code 1 when one isn't current.
    Status {
        /// Only this realm.
        #[arg(long)]
        realm: Option<String>,
    },
    /// Bring the schemas up, as `serve` does by itself.
    Up {
        /// Only this realm.
        #[arg(long)]
        realm: Option<String>,
    },
    /// Take steps back, to run an earlier version of this program.
    Down {
        /// The realm.
        #[arg(long)]
        realm: String,
        /// The version to go back to.
        #[arg(long, value_name = "VERSION")]
        to: i64,
        /// Do it; without, it is only said what would be done.
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Debug, Subcommand)]
enum KeysCommand {
    /// Say which signing keys there are, what each does and since when.
    List {
        /// The realm.
        #[arg(long)]
        realm: String,
    },
    /// Let the next key sign now instead of when its predecessor is old enough.
    Rotate {
        /// The realm.
        #[arg(long)]
        realm: String,
        /// Only this algorithm: ES256 or RS256.
        #[arg(long)]
        algorithm: Option<String>,
    },
    /// Remove a key that others may have: everything it signed is refused as soon as caches look again.
    Revoke {
        /// The realm.
        #[arg(long)]
        realm: String,
        /// The key's id, as `keys list` and the key set have it.
        kid: String,
    },
}

#[derive(Debug, Subcommand)]
enum SecretsCommand {
    /// Seal signing keys and authenticator seeds with the current key-encryption key, so that the previous one can go.
    Reseal {
        /// The realm.
        #[arg(long)]
        realm: String,
    },
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Let an account that was locked by failed attempts sign in again.
    Unlock {
        /// The realm.
        #[arg(long)]
        realm: String,
        /// The account's e-mail address.
        email: String,
    },
    /// Print a one-time link for somebody who lost the second factor; password, factors and sessions end at once.
    ResetFactors {
        /// The realm.
        #[arg(long)]
        realm: String,
        /// The account's e-mail address.
        email: String,
    },
    /// Disable an account; its sessions and tokens end at once.
    Disable {
        /// The realm.
        #[arg(long)]
        realm: String,
        /// The account's e-mail address.
        email: String,
    },
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
    let done = match cli.command {
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
        Command::User { command: UserCommand::Disable { realm, email } } => {
            commands::disable_user(realms, &realm, &email).await
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
