//! Redis, with the configuration in `deploy/`.

use std::{
    process::{Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use crate::{kept::Kept, port::Port};

const SCRIPT: &str = include_str!("redis.sh");
/// The folder with the shipped configuration.
const DEPLOY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy");
const TRIES: usize = 5;

/// A server with the shipped users, on one port without TLS and on the next one with TLS.
#[derive(Debug)]
pub struct Redis {
    kept: Kept,
    port: Port,
}

impl Redis {
    /// The server of this test program, started at first use.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Redis> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// A separate server, for a test that stops or changes it.
    ///
    /// # Panics
    /// When it can't be started. It needs the packages `redis-server` and `openssl`.
    pub fn start() -> Self {
        for _ in 0..TRIES {
            let port = Port::reserve();
            if let Some(kept) = Kept::start(&format!("DEPLOY='{DEPLOY}'\n{SCRIPT}"), port.number()) {
                return Self { kept, port };
            }
        }
        panic!("Redis does not start")
    }

    /// The URL for a user, without the password.
    pub fn address(&self, user: &str) -> String {
        format!("redis://{user}@127.0.0.1:{}", self.port.number())
    }

    /// As [`Redis::address`], for the numbered database that nobody else of this test program uses.
    pub fn own_database(&self) -> impl Fn(&str) -> String {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let (port, number) = (self.port.number(), NEXT.fetch_add(1, Ordering::Relaxed));
        move |user| format!("redis://{user}@127.0.0.1:{port}/{number}")
    }

    /// The URL for TLS.
    pub fn tls_address(&self, user: &str) -> String {
        format!("rediss://{user}@127.0.0.1:{}", self.port.number() + 1)
    }

    /// The password of a shipped user.
    pub fn password(user: &str) -> String {
        format!("{user}-may-come-in")
    }

    /// The certificate of the authority that signed the server's one, in PEM.
    ///
    /// # Panics
    /// When it can't be read.
    pub fn authority(&self) -> Vec<u8> {
        std::fs::read(self.kept.folder().join("ca.pem")).expect("the certificate of the authority")
    }

    /// Runs a command as the operator and returns the server's answer.
    ///
    /// # Panics
    /// When the command can't be run.
    pub fn tell(&self, words: &[&str]) -> String {
        let port = self.port.number().to_string();
        let operator = ["--user", "operator", "--pass", "operator", "--no-auth-warning", "-p", &port];
        let output = Command::new("redis-cli").args(operator).args(words).output();
        String::from_utf8(output.expect("redis-cli").stdout).expect("text").trim_end().to_owned()
    }

    /// Whether a user can authenticate with this password.
    ///
    /// # Panics
    /// When the server can't be asked.
    pub fn lets_in(&self, user: &str, password: &str) -> bool {
        let port = self.port.number().to_string();
        let credentials = ["--user", user, "--pass", password, "--no-auth-warning", "-p", &port];
        let output = Command::new("redis-cli").args(credentials).arg("PING").output().expect("redis-cli");
        String::from_utf8(output.stdout).expect("text").trim() == "PONG"
    }

    /// Kills it; all data is lost.
    pub fn kill(&self) {
        self.shell("kill -KILL $(cat pid); while kill -0 $(cat pid) 2>/dev/null; do sleep 0.02; done");
    }

    /// Starts it again in the same folder and on the same ports.
    pub fn restart(&self) {
        self.shell("sh ./start");
    }

    /// Suspends it (SIGSTOP): connections stay open, but nothing answers.
    pub fn freeze(&self) {
        self.shell("kill -STOP $(cat pid)");
    }

    /// Resumes it.
    pub fn thaw(&self) {
        self.shell("kill -CONT $(cat pid)");
    }

    fn shell(&self, command: &str) {
        let mut shell = Command::new("sh");
        let shell = shell.args(["-ec", command]).current_dir(self.kept.folder()).stdout(Stdio::null());
        assert!(shell.status().is_ok_and(|status| status.success()), "Redis can't be told: {command}");
    }
}
