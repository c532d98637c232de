//! The whole system as a separate program, which tests can kill.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
};

use database::testing::TestDatabases;
use serde_json::Value;
use tempfile::TempDir;

use crate::{Browser, RelyingParty, databases::databases, http_client, mailbox::Mailbox, start, system};

/// Name of its log file, in its folder.
const LOG: &str = "log";

/// A running `realmkeep` with its own folder.
#[derive(Debug)]
pub struct Program {
    /// Its output when it became ready.
    pub reported: Value,
    /// Its output at the first start, which alone has the setup link and the demo customer.
    pub first_told: Value,
    child: Child,
    folder: TempDir,
    base_port: u16,
    variables: Vec<(String, String)>,
    _place: TestDatabases,
}

impl Program {
    /// Starts a new program.
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// Starts a new program with other values in its realm files: realm, key, value.
    pub async fn start_with(values: &[(&str, &str, &str)]) -> Self {
        // the log is in the folder already, and a data folder with content has to be private
        let private = std::fs::Permissions::from_mode(0o700);
        let folder = tempfile::Builder::new().permissions(private).tempdir().expect("a temporary folder");
        let place = TestDatabases::new();
        let values = values.iter().map(|(realm, key, value)| [realm, key, value].map(ToString::to_string));
        let values = values.map(|[realm, key, value]| (realm, key, value));
        let variables = variables(databases(&place).await.into_iter().chain(values));
        for _ in 0..50 {
            let base_port = start::next_base();
            let mut child = spawn(folder.path(), base_port, &variables);
            if let Some(reported) = ready(&mut child) {
                let first_told = reported.clone();
                return Self { first_told, reported, child, folder, base_port, variables, _place: place };
            }
            child.wait().expect("a program that ended");
        }
        panic!("realmkeep does not start");
    }

    /// Kills it (SIGKILL) and starts it again on its folder.
    pub fn kill_and_restart(&mut self) {
        self.kill();
        self.child = spawn(self.folder.path(), self.base_port, &self.variables);
        self.reported = ready(&mut self.child).expect("realmkeep starts again after it was killed");
    }

    /// As [`Program::kill_and_restart`], for a start that has to fail. Returns its error output.
    pub fn kill_and_fail_to_start(&mut self) -> String {
        self.kill();
        let before = self.log().len();
        self.child = spawn(self.folder.path(), self.base_port, &self.variables);
        assert!(ready(&mut self.child).is_none(), "realmkeep starts");
        self.child.wait().expect("an exit");
        self.log().split_off(before)
    }

    /// Sets a variable for its next start, and for commands of the operator from now on.
    pub fn set(&mut self, variable: &str, value: &str) {
        self.unset(variable);
        self.variables.push((variable.to_owned(), value.to_owned()));
    }

    /// Removes a variable of [`Program::set`].
    pub fn unset(&mut self, variable: &str) {
        self.variables.retain(|(name, _)| name != variable);
    }

    /// Limits the size of its files in bytes, which has the effect of a full disk; `None` removes the limit.
    pub fn limit_files(&self, bytes: Option<u64>) {
        let limit = bytes.map_or_else(|| "unlimited".to_owned(), |bytes| bytes.to_string());
        let pid = self.child.id().to_string();
        let mut command = Command::new("prlimit");
        let status = command.args(["--pid", &pid, &format!("--fsize={limit}:unlimited")]).status();
        assert!(status.is_ok_and(|status| status.success()), "prlimit of the package util-linux works");
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    /// What its realms write to people.
    pub fn mailbox(&self) -> Mailbox {
        Mailbox::of(self.data())
    }

    /// Kills it. Does nothing if it was killed before.
    pub fn kill(&mut self) {
        self.child.kill().expect("a signal");
        self.child.wait().expect("an exit");
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: &str) {
        let reported =
            Command::new("kill").arg(format!("-{signal}")).arg(self.child.id().to_string()).status();
        assert!(reported.is_ok_and(|status| status.success()), "it can't be told {signal}");
    }

    /// Its exit status; `None` while it is running.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("a process")
    }

    /// Runs a command of `idp` on its realms, as an operator does. Returns its output and whether it succeeded.
    pub fn operate(&self, words: &str) -> (bool, String) {
        let mut command = command(self.folder.path(), self.base_port, &self.variables);
        let output = command.arg("idp").args(words.split(' ')).output().expect("realmkeep runs");
        let reported = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(reported).expect("text"))
    }

    /// A URL or a link in its output.
    pub fn url(&self, name: &str) -> String {
        self.first_told
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("{name} was not told"))
            .to_owned()
    }

    /// The demo customer's e-mail address and password.
    pub fn demo(&self) -> (String, String) {
        let member = |name: &str| {
            let text = self.first_told.pointer(&format!("/demo_customer/{name}")).and_then(Value::as_str);
            text.expect("a demo customer").to_owned()
        };
        (member("email"), member("password"))
    }

    /// Its log so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join(LOG)).expect("the log")
    }

    /// A browser that knows its four origins.
    pub fn browser(&self) -> Browser {
        let origins = ["customer_issuer", "admin_issuer", "storefront", "console"].map(|name| self.url(name));
        Browser::new(http_client::client(), &origins)
    }

    /// The third-party client of a realm.
    pub async fn client(&self, realm: &str) -> RelyingParty {
        let secret = system::client_secret(self.folder.path(), realm, "demo-web");
        RelyingParty::discover(&self.url(&format!("{realm}_issuer")), "demo-web", &secret).await
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // it may have ended before
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The environment variables for values of the parts.
fn variables(values: impl Iterator<Item = (String, String, String)>) -> Vec<(String, String)> {
    let named = |(part, key, value): (String, String, String)| {
        let prefix = if part.ends_with("-api") { String::new() } else { "realmkeep_".to_owned() };
        (format!("{prefix}{part}__{key}").replace('-', "_").replace('.', "__").to_uppercase(), value)
    };
    values.map(named).collect()
}

fn command(data: &Path, base_port: u16, variables: &[(String, String)]) -> Command {
    // beyond the file size limit, writing must fail as on a full disk, instead of ending the program
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(binary());
    command.arg("--data").arg(data).args(["--base-port", &base_port.to_string(), "--log", "info"]);
    for realm in ["CUSTOMER", "ADMIN"] {
        command.env(format!("REALMKEEP_{realm}__PASSWORDS__MEMORY_KIB"), "19456");
        command.env(format!("REALMKEEP_{realm}__PASSWORDS__ITERATIONS"), "2");
        command.env(format!("REALMKEEP_{realm}__KEYS__RSA_BITS"), "2048");
    }
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    // without a `realms` folder, so that the shipped files are tested
    command.current_dir(data);
    command
}

fn spawn(data: &Path, base_port: u16, variables: &[(String, String)]) -> Child {
    let path = binary();
    assert!(path.is_file(), "{} is missing: build it with `cargo build -p stack`", path.display());
    let log = File::options().create(true).append(true).open(data.join(LOG)).expect("a log file");
    let mut command = command(data, base_port, variables);
    command.arg("--json");
    command.stdout(Stdio::piped()).stderr(log).spawn().expect("a shell")
}

/// The line of output that says that it is ready; `None` when it ends without one.
fn ready(child: &mut Child) -> Option<Value> {
    let output = child.stdout.take()?;
    let line = BufReader::new(output).lines().next()?.ok()?;
    serde_json::from_str(&line).ok()
}

/// The program that was built together with this test.
fn binary() -> PathBuf {
    binaries().join("realmkeep")
}

/// The folder of built programs.
pub fn binaries() -> PathBuf {
    let test = std::env::current_exe().expect("the path of this test");
    test.ancestors().nth(2).expect("the folder of built programs").to_owned()
}
