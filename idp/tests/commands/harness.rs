//! A folder with one realm file, and the program run on it.

use std::{path::Path, process::Command};

use database::{DatabaseUrl, testing::TestDatabases};
use tempfile::TempDir;

const FILE: &str = r#"name = "test"
issuer = "http://localhost:7001"
[session]
prefix = "test"
"#;

/// The variable with the realm's database.
pub const DATABASE: &str = "REALMKEEP_TEST__DATABASE";
/// The variable with the realm's key-encryption key, and its value.
pub const KEY: &str = "REALMKEEP_TEST__SECRETS__KEY_ENCRYPTION_KEY";
pub const KEK: &str = "oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8nHe5Tq";

pub struct Operator {
    name: &'static str,
    realms: TempDir,
    database: String,
    _place: TestDatabases,
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Operator {
    pub async fn new() -> Self {
        Self::named("test").await
    }

    /// One with a realm of that name.
    pub async fn named(name: &'static str) -> Self {
        let realms = tempfile::tempdir().unwrap();
        let file = format!("{name}.toml");
        std::fs::write(realms.path().join(file), FILE.replace("\"test\"", &format!("\"{name}\""))).unwrap();
        let place = TestDatabases::new();
        Self { name, realms, database: place.address().await, _place: place }
    }

    pub fn database(&self) -> DatabaseUrl {
        self.database.parse().unwrap()
    }

    /// The same as configurations have it.
    pub fn address(&self) -> &str {
        &self.database
    }

    /// Where the realm file is.
    pub fn folder(&self) -> &Path {
        self.realms.path()
    }

    /// Runs `idp` with those words.
    pub fn run(&self, words: &str) -> Said {
        self.run_with(&[], words)
    }

    /// Runs `idp` with further variables.
    pub fn run_with(&self, variables: &[(&str, &str)], words: &str) -> Said {
        let output = self.command(variables).args(words.split(' ')).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// `idp` on this folder with further variables, without a word yet what to do.
    pub fn command(&self, variables: &[(&str, &str)]) -> Command {
        let all = [
            (DATABASE, self.database.as_str()),
            (KEY, KEK),
            ("REALMKEEP_TEST__SECRETS__PEPPER", "Zt2VbW7sLk8nHe5oO4cQ1yAqX9Yp0dJmRw"),
            ("REALMKEEP_TEST__KEYS__RSA_BITS", "2048"),
        ];
        let mut command = Command::new(env!("CARGO_BIN_EXE_idp"));
        command
            .env_clear()
            .envs(all.map(|(name, value)| (name.replace("TEST", &self.name.to_uppercase()), value)))
            .envs(variables.iter().copied())
            .arg("--realms")
            .arg(self.realms.path());
        command
    }
}
