//! What the program is told, within bounds: nobody puts a machine under load for hours by a slip.

use std::{path::PathBuf, time::Duration};

use clap::{Args, Parser, Subcommand};
use url::Url;

use crate::{
    budget,
    ceilings::{cryptography::Cost, empty},
    http::loopback,
    operations::Operation,
    product::database::Kind,
};

/// Puts an OpenID provider on this machine under load, and tells what it does and what the machine could.
///
/// Without --issuer it starts this product on a fresh folder, and checks its budgets too.
#[derive(Debug, Parser)]
#[command(name = "load", version)]
pub struct Arguments {
    #[command(flatten)]
    pub provider: Option<Elsewhere>,
    /// Only these operations, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "OPERATION")]
    pub only: Vec<Operation>,
    /// Seconds for each operation and each ceiling
    #[arg(long, default_value = "4", value_parser = seconds, value_name = "SECONDS")]
    pub duration: Duration,
    /// How many ask at the same time
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u8).range(1..=64), value_name = "N")]
    pub connections: u8,
    /// Argon2id cost: what this product is started with, or what the provider has; it is measured as a ceiling
    #[arg(long, default_value_t = budget::COST, value_name = "COST")]
    pub argon2: Cost,
    /// Where this product keeps its facts
    #[arg(long, value_enum, default_value = "sqlite", conflicts_with = "issuer")]
    pub database: Kind,
    /// How many sign in at once in the storm; 0 for none
    #[arg(long, default_value_t = budget::STORM, value_parser = clap::value_parser!(u16).range(0..=1000), conflicts_with = "issuer", value_name = "N")]
    pub storm: u16,
    /// Tell the budgets, but end well when one is missed
    #[arg(long)]
    pub no_check: bool,
    /// Write everything that was measured to this file
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Draw it into this file
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Option<Internal>,
}

/// A provider that runs already.
#[derive(Debug, Args)]
#[group(requires_all = ["issuer", "client_id", "client_secret_file"])]
pub struct Elsewhere {
    /// A provider on this machine; its endpoints come from its discovery document
    #[arg(long, required = false, value_parser = on_this_machine, value_name = "URL")]
    pub issuer: Url,
    /// A client of it with a secret
    #[arg(long, required = false, value_name = "ID")]
    pub client_id: String,
    /// A file with its secret
    #[arg(long, required = false, value_name = "FILE")]
    pub client_secret_file: PathBuf,
    /// A redirect URI of it; nothing has to listen there
    #[arg(long, default_value = "http://localhost:8080/callback", value_name = "URL")]
    pub redirect_uri: Url,
    /// The scope of the code flow; by default the usual ones that are advertised
    #[arg(long, value_name = "SCOPE")]
    pub scope: Option<String>,
    /// Somebody with an account; without, nothing is measured that needs a person
    #[arg(long, requires = "password_file", value_name = "USER")]
    pub user: Option<String>,
    /// A file with their password
    #[arg(long, requires = "user", value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// The process whose memory and time on a core are told
    #[arg(long, value_name = "PID")]
    pub pid: Option<u32>,
}

/// What this program starts itself with.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum Internal {
    /// The handler with nothing behind it
    #[command(name = empty::COMMAND, hide = true)]
    ServeNothing,
}

impl Arguments {
    /// What is measured, in the order of the table.
    pub fn operations(&self) -> Vec<Operation> {
        let wanted = |operation: &Operation| self.only.is_empty() || self.only.contains(operation);
        Operation::ALL.into_iter().filter(wanted).collect()
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    if (0.05..=60.0).contains(&seconds) {
        Ok(Duration::from_secs_f64(seconds))
    } else {
        Err("between 0.05 and 60 seconds".to_owned())
    }
}

fn on_this_machine(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    loopback::is_here(&url).map(|()| url).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &str) -> Result<Arguments, String> {
        let words = std::iter::once("load").chain(arguments.split_whitespace());
        Arguments::try_parse_from(words).map_err(|error| error.to_string())
    }

    #[test]
    fn without_arguments_everything_of_this_product_is_measured() {
        let arguments = parsed("").unwrap();
        assert!(arguments.provider.is_none());
        assert_eq!(arguments.operations(), Operation::ALL);
        let some = parsed("--only refresh,discovery").unwrap().operations();
        assert_eq!(some, [Operation::Discovery, Operation::Refresh]);
    }

    #[test]
    fn bounds_are_told() {
        for (arguments, reported) in [
            ("--duration 61", "between 0.05 and 60 seconds"),
            ("--duration NaN", "between 0.05 and 60 seconds"),
            ("--duration soon", "not a number"),
            ("--connections 0", "1..=64"),
            ("--connections 65", "1..=64"),
            ("--storm 1001", "0..=1000"),
            ("--only refresh,everything", "everything"),
            ("--argon2 65536", "m=65536,t=3,p=1"),
        ] {
            let refused = parsed(arguments).unwrap_err();
            assert!(refused.contains(reported), "{arguments}: {refused}");
        }
    }

    const CLIENT: &str = "--client-id c --client-secret-file s";

    #[test]
    fn a_provider_comes_with_a_client_and_a_user_with_a_password() {
        let provider = parsed(&format!("--issuer http://localhost:8080/realms/x {CLIENT}")).unwrap().provider;
        assert_eq!(provider.unwrap().issuer.path(), "/realms/x");
        for (arguments, reported) in [
            ("--issuer http://localhost:1", "--client-id"),
            (CLIENT, "--issuer"),
            ("--user ada", "--password-file"),
            ("--pid 1", "--issuer"),
        ] {
            let refused = parsed(arguments).unwrap_err();
            assert!(refused.contains(reported), "{arguments}: {refused}");
        }
        let both = parsed(&format!("--issuer http://localhost:1 {CLIENT} --storm 5")).unwrap_err();
        assert!(both.contains("cannot be used with"), "{both}");
    }

    #[test]
    fn a_provider_on_another_machine_is_refused() {
        for issuer in ["http://id.example.com", "http://10.0.0.1", "https://localhost", "localhost:7001"] {
            assert!(parsed(&format!("--issuer {issuer} {CLIENT}")).is_err(), "{issuer}");
        }
    }
}
