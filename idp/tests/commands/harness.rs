//! A folder with one realm file, and the program run on it.

use std::process::Command;

use database::{DatabaseUrl, testing::Place};
use tempfile::TempDir;

const FILE: &str = r#"name = "test"
issuer = "http://localhost:7001"
[session]
prefix = "test"
"#;

pub struct Operator {
    realms: TempDir,
    database: String,
    _place: Place,
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
        let realms = tempfile::tempdir().unwrap();
        std::fs::write(realms.path().join("test.toml"), FILE).unwrap();
        let place = Place::new();
        Self { realms, database: place.address().await, _place: place }
    }

    pub fn database(&self) -> DatabaseUrl {
        self.database.parse().unwrap()
    }

    /// Runs `idp` with those words.
    pub fn run(&self, words: &str) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_idp"))
            .env_clear()
            .env("REALMKEEP_TEST__DATABASE", &self.database)
            .env("REALMKEEP_TEST__SECRETS__KEY_ENCRYPTION_KEY", "oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8nHe5Tq")
            .env("REALMKEEP_TEST__SECRETS__PEPPER", "Zt2VbW7sLk8nHe5oO4cQ1yAqX9Yp0dJmRw")
            .arg("--realms")
            .arg(self.realms.path())
            .args(words.split(' '))
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}
