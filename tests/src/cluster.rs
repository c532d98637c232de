//! The topology of `docker-compose.yml` as processes on loopback, started by `scripts/cluster`: two replicas of the
//! provider, both services, PostgreSQL, Redis and the proxy. A process that ends is started again, as with compose.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::Value;

use crate::{Browser, RelyingParty, http_client, program, start};

/// Pause between two checks of a process.
const PAUSE: Duration = Duration::from_millis(50);
const LOOKS: usize = 1200;
/// Path of the trusted certificate authorities, below the cluster's folder.
const AUTHORITIES: &str = "tls/ca.pem";

/// A running cluster.
#[derive(Debug)]
pub struct Cluster {
    reported: Value,
    script: Child,
}

impl Cluster {
    /// Starts a cluster.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// Starts a cluster with further variables: those of a service in `docker-compose.yml`, or of the script itself.
    pub fn start_with(variables: &[(&str, &str)]) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/cluster");
        let mut command = Command::new(script);
        command.arg("--bin-dir").arg(program::binaries());
        for realm in ["CUSTOMER", "ADMIN"] {
            for (key, value) in start::CHEAP {
                let key = key.replace('.', "__").to_uppercase();
                command.env(format!("REALMKEEP_{realm}__{key}"), value);
            }
        }
        // tests only kill processes and don't cut the machine's power, so nothing has to reach the disk
        command.env("CLUSTER_POSTGRES", "-c fsync=off").envs(variables.iter().copied());
        let mut script =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("scripts/cluster");
        let output = script.stdout.take().expect("the output of the script");
        let line = BufReader::new(output).lines().next().and_then(Result::ok).unwrap_or_default();
        let reported: Value = serde_json::from_str(&line).expect(
            "a cluster: build its programs with `cargo build -p idp -p shop-api -p admin-api`, and see above",
        );
        Self { reported, script }
    }

    /// A value that the script reported: `customer_issuer`, `admin_issuer`, `storefront`, `console` or `setup_link`.
    pub fn url(&self, name: &str) -> String {
        self.reported
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("{name} was not told"))
            .to_owned()
    }

    /// The URL of a realm at replica 0 or 1, bypassing the proxy.
    pub fn replica(&self, index: usize, realm: &str) -> String {
        let port = self.reported.pointer(&format!("/replicas/{index}/{realm}")).expect("a port of a replica");
        format!("http://127.0.0.1:{port}")
    }

    /// The certificate authorities that the programs trust now, in PEM.
    pub fn authorities(&self) -> Vec<u8> {
        std::fs::read(self.file(AUTHORITIES)).expect("the authorities")
    }

    /// An HTTP client that trusts these authorities.
    pub fn http(&self) -> reqwest::Client {
        http_client::trusting(&self.authorities())
    }

    /// A browser that knows the four origins of the proxy.
    pub fn browser(&self) -> Browser {
        let origins = ["customer_issuer", "admin_issuer", "storefront", "console"].map(|name| self.url(name));
        Browser::new(self.http(), &origins)
    }

    /// The third-party client of a realm, through the proxy.
    pub async fn client(&self, realm: &str) -> RelyingParty {
        let secret = std::fs::read_to_string(self.file(&format!("secrets/{realm}.demo-web.secret")));
        let secret = secret.expect("the secret of a client").trim().to_owned();
        let issuer = self.url(&format!("{realm}_issuer"));
        RelyingParty::discover_with(self.http(), &issuer, "demo-web", &secret).await
    }

    /// The URL of the database for its superuser.
    pub fn superuser(&self) -> String {
        let password = std::fs::read_to_string(self.file("secrets/postgres.password")).expect("a password");
        let port = self.reported.get("postgres").expect("a port");
        format!("postgres://postgres:{}@127.0.0.1:{port}/realmkeep", password.trim())
    }

    /// The process id of a service now.
    pub fn pid(&self, service: &str) -> u32 {
        let pid = std::fs::read_to_string(self.file(&format!("run/{service}.pid"))).expect("a process id");
        pid.trim().parse().expect("a process id")
    }

    /// Sends a signal to a service. For PostgreSQL, SIGSTOP and SIGCONT also go to its sessions. A service that ends is
    /// started again.
    pub fn signal(&self, service: &str, signal: &str) {
        let pid = self.pid(service);
        let sessions = if ["STOP", "CONT"].contains(&signal) {
            format!("$(ps -o pid= --ppid {pid})")
        } else {
            String::new()
        };
        let reported = Command::new("sh").args(["-c", &format!("kill -{signal} {pid} {sessions}")]).status();
        assert!(reported.is_ok_and(|status| status.success()), "{service} can't be told {signal}");
    }

    /// Waits until a service has another process id than `before`.
    pub async fn restarted(&self, service: &str, before: u32) {
        self.wait(&format!("{service} is not started again"), async || self.pid(service) != before).await;
    }

    /// Stops a service and waits until it has started again, with the present content of its files.
    pub async fn restart(&self, service: &str) {
        let before = self.pid(service);
        self.signal(service, "TERM");
        self.restarted(service, before).await;
        self.settled().await;
        for side in ["storefront", "console"] {
            let url = self.url(side);
            self.wait(&format!("{side} does not come back"), async || self.answers(&url).await).await;
        }
    }

    /// Runs a command of `idp` as an operator does, with the configuration of the first replica. Returns its output and
    /// whether it succeeded.
    pub fn operate(&self, words: &str) -> (bool, String) {
        let variables = std::fs::read(format!("/proc/{}/environ", self.pid("idp-1"))).expect("variables");
        let variables = String::from_utf8(variables).expect("text");
        let mut command = Command::new(program::binaries().join("idp"));
        command.env_clear().envs(variables.split('\0').filter_map(|variable| variable.split_once('=')));
        command.arg("--realms").arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../realms"));
        let output = command.args(words.split(' ')).output().expect("idp runs");
        let reported = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(reported).expect("text"))
    }

    /// Whether a replica is ready for a realm.
    pub async fn is_ready(&self, index: usize, realm: &str) -> bool {
        self.answers(&self.replica(index, realm)).await
    }

    async fn answers(&self, server: &str) -> bool {
        let answer = self.http().get(format!("{server}/health/ready")).send().await;
        answer.is_ok_and(|answer| answer.status().is_success())
    }

    /// Waits until both replicas are ready for both realms.
    pub async fn settled(&self) {
        for index in [0, 1] {
            for realm in ["customer", "admin"] {
                let what = format!("{realm} at replica {index} does not come back");
                self.wait(&what, async || self.is_ready(index, realm).await).await;
            }
        }
    }

    /// The log of a service so far.
    pub fn log(&self, service: &str) -> String {
        std::fs::read_to_string(self.file(&format!("log/{service}"))).expect("a log")
    }

    /// The warnings of a service so far, for messages of failed tests.
    pub fn warnings(&self, service: &str) -> Vec<String> {
        self.log(service)
            .lines()
            .filter(|line| !line.contains(r#""level":"INFO""#))
            .map(str::to_owned)
            .collect()
    }

    async fn wait(&self, what: &str, check: impl AsyncFn() -> bool) {
        for _ in 0..LOOKS {
            if check().await {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("{what}");
    }

    /// The path of a file in the cluster's folder.
    pub fn file(&self, name: &str) -> PathBuf {
        Path::new(&self.url("folder")).join(name)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // closes the script's standard input, which ends all of its processes
        drop(self.script.stdin.take());
        let _ = self.script.wait();
    }
}
