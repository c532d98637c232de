//! This product, started on a fresh data folder: the program that was built beside this one.
//!
//! * [`database`]: where it keeps its facts
//! * [`commits`]: how many of them an operation costs

pub mod commits;
pub mod database;

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    num::NonZero,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::available_parallelism,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use database::Database;
use protocol::discovery::path;
use serde_json::Value;
use tempfile::TempDir;
use tokio::{task::spawn_blocking, time::timeout};
use url::Url;

use crate::{
    ceilings::cryptography::Cost,
    http::{Client, client},
    process::Process,
};

/// The client of the shipped realm file that may do everything here.
pub const CLIENT: &str = "demo-web";
/// How many passwords a realm checks at the same time at most.
const WORKERS: u32 = 4;
/// Longer than the first start takes, which makes keys, in a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);
const LOG: &str = "log";
/// What it has of the caller's environment. Settings of another installation would be overlaid over the shipped ones, a
/// database of facts that matter among them, and settings of libraries would be measured too.
const INHERITED: [&str; 6] = ["PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH"];

/// How many passwords a realm checks at the same time on this machine: one processor is left to everything else.
pub fn workers() -> u32 {
    let processors = available_parallelism().map_or(1, NonZero::get);
    let others = u32::try_from(processors.saturating_sub(1)).unwrap_or(WORKERS);
    WORKERS.min(others).max(1)
}

/// The program at work. It ends with this value.
#[derive(Debug)]
pub struct Product {
    reported: Value,
    child: Child,
    ready: Duration,
    cost: Cost,
    folder: TempDir,
    database: Database,
}

impl Product {
    /// Starts it on a fresh folder, with that cost of a password hash and everything else as it is shipped.
    pub async fn start(cost: Cost, database: Database) -> anyhow::Result<Self> {
        let private = fs::Permissions::from_mode(0o700);
        let folder = tempfile::Builder::new().prefix("load.").permissions(private).tempdir()?;
        let (child, reported, ready) = start(folder.path(), cost, &database).await?;
        Ok(Self { reported, child, ready, cost, folder, database })
    }

    /// Ends it and starts it again on its folder: nothing is migrated or made any more, and no memory is in use yet.
    pub async fn restart(&mut self) -> anyhow::Result<()> {
        self.end();
        (self.child, self.reported, self.ready) =
            start(self.folder.path(), self.cost, &self.database).await?;
        Ok(())
    }

    /// From its start until both realms answered.
    pub fn ready(&self) -> Duration {
        self.ready
    }

    /// The customer realm's issuer. Another port after each start.
    pub fn issuer(&self) -> anyhow::Result<Url> {
        issuer(&self.reported, "customer")
    }

    /// The secret of [`CLIENT`].
    pub fn client_secret(&self) -> anyhow::Result<String> {
        let path = self.folder().join("secrets").join(format!("customer.{CLIENT}.secret"));
        Ok(fs::read_to_string(&path).with_context(|| path.display().to_string())?.trim().to_owned())
    }

    /// The process.
    pub fn process(&self) -> Process {
        Process(self.child.id())
    }

    /// Its data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where its facts are.
    pub fn database(&self) -> &Database {
        &self.database
    }

    fn end(&mut self) {
        // it may have ended before
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Product {
    fn drop(&mut self) {
        self.end();
    }
}

/// A process that ends when this is dropped before it was ready.
struct Starting(Option<Child>);

impl Drop for Starting {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

async fn start(folder: &Path, cost: Cost, database: &Database) -> anyhow::Result<(Child, Value, Duration)> {
    let path = beside()?;
    let log = File::options().create(true).append(true).open(folder.join(LOG))?;
    let mut command = Command::new(&path);
    command.arg("--data").arg(folder).args(["--base-port", "0", "--json", "--log", "error"]);
    // away from any `realms` folder: the shipped files are what is measured
    command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
    command.env_clear().envs(INHERITED.iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
    for realm in ["CUSTOMER", "ADMIN"] {
        let mut set = |key: &str, value: u32| {
            command.env(format!("REALMKEEP_{realm}__PASSWORDS__{key}"), value.to_string());
        };
        set("MEMORY_KIB", cost.memory);
        set("ITERATIONS", cost.passes);
        set("PARALLELISM", cost.lanes);
        // people register at once: nobody here reads mails
        command.env(format!("REALMKEEP_{realm}__MAIL__ENABLED"), "false");
    }
    command.envs(database.variables());
    let begun = Instant::now();
    let mut starting = Starting(Some(command.spawn().with_context(|| path.display().to_string())?));
    let output = starting.0.as_mut().and_then(|child| child.stdout.take()).context("no output")?;
    let line = spawn_blocking(move || BufReader::new(output).lines().next());
    let line = timeout(PATIENCE, line).await.context("realmkeep does not get ready")??;
    let Some(line) = line else { bail!("realmkeep does not start: {}", last_words(folder)) };
    let reported: Value = serde_json::from_str(&line?)?;
    for realm in ["customer", "admin"] {
        let url = issuer(&reported, realm)?.join(path::CONFIGURATION)?;
        Client::default().body(client::get(&url)?).await?;
    }
    let ready = begun.elapsed();
    let child = starting.0.take().context("a process")?;
    Ok((child, reported, ready))
}

fn issuer(reported: &Value, realm: &str) -> anyhow::Result<Url> {
    let issuer = reported.get(format!("{realm}_issuer")).and_then(Value::as_str);
    Ok(Url::parse(issuer.context("realmkeep does not tell its issuers")?)?)
}

/// The end of its log.
fn last_words(folder: &Path) -> String {
    let log = fs::read_to_string(folder.join(LOG)).unwrap_or_default();
    let mut lines: Vec<&str> = log.lines().rev().take(5).collect();
    lines.reverse();
    lines.join("\n")
}

/// The program that was built beside this one.
fn beside() -> anyhow::Result<PathBuf> {
    let path = std::env::current_exe()?.with_file_name("realmkeep");
    ensure!(path.is_file(), "{} is missing: build it in the profile of this program", path.display());
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget;

    #[test]
    fn what_it_is_started_with_is_what_is_shipped() {
        let shipped = include_str!("../../../../realms/default.toml");
        for (key, value) in [
            ("memory_kib", budget::COST.memory),
            ("iterations", budget::COST.passes),
            ("parallelism", budget::COST.lanes),
            ("workers", WORKERS),
        ] {
            assert!(shipped.contains(&format!("\n{key} = {value}\n")), "{key}");
        }
    }
}
