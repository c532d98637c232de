//! The commands and their arguments.

use std::path::PathBuf;

use clap::Subcommand;

use super::user::UserCommand;

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
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
        /// What to do.
        #[command(subcommand)]
        command: MigrateCommand,
    },
    /// Look after signing keys.
    Keys {
        /// What to do.
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Look after secrets that rotate.
    Secrets {
        /// What to do.
        #[command(subcommand)]
        command: SecretsCommand,
    },
    /// Look after accounts.
    User {
        /// What to do.
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Look after sessions.
    Sessions {
        /// What to do.
        #[command(subcommand)]
        command: SessionsCommand,
    },
    /// Write every fact of a realm into a new file, also while it is served.
    Backup {
        /// The realm.
        #[arg(long)]
        realm: String,
        /// The file to make; one that is there is refused.
        file: PathBuf,
    },
    /// Put a backup in the place of what the realm's database has; every session and token of before is worthless then.
    Restore {
        /// The realm.
        #[arg(long)]
        realm: String,
        /// What `backup` made.
        file: PathBuf,
        /// Do it although there is something in the database already, which is lost.
        #[arg(long)]
        replace: bool,
    },
}

/// `idp sessions`
#[derive(Debug, Subcommand)]
pub enum SessionsCommand {
    /// Break-glass: end every session, grant and token of the realm at once, and replace its signing keys.
    EndAll {
        /// The realm.
        #[arg(long)]
        realm: String,
        /// Do it; without, it is only said what would end.
        #[arg(long)]
        yes: bool,
    },
}

/// `idp migrate`
#[derive(Debug, Subcommand)]
pub enum MigrateCommand {
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

/// `idp keys`
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
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
        // one in 64 begins with a hyphen
        #[arg(allow_hyphen_values = true)]
        kid: String,
    },
}

/// `idp secrets`
#[derive(Debug, Subcommand)]
pub enum SecretsCommand {
    /// Seal signing keys and authenticator seeds with the current key-encryption key, so that the previous one can go.
    Reseal {
        /// The realm.
        #[arg(long)]
        realm: String,
    },
}
