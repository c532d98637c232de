//! Redis, as it is shipped in `deploy/`.

use std::{
    process::{Command, Stdio},
    sync::OnceLock,
};

use crate::{kept::Kept, port::Port};

const SCRIPT: &str = include_str!("redis.sh");
/// The folder with the shipped configuration.
const DEPLOY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy");
const TRIES: usize = 5;

/// A server with the shipped users, on a port without TLS and on one with it.
#[derive(Debug)]
pub struct Redis {
    kept: Kept,
    port: Port,
}

impl Redis {
    /// The one of this test program, started when it is first asked for.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Redis> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// One for a test that does things to it.
    ///
    /// # Panics
    /// When it can't be started: the packages `redis-server` and `openssl` bring what is needed.
    pub fn start() -> Self {
        for _ in 0..TRIES {
            let port = Port::reserve();
            if let Some(kept) = Kept::start(&format!("DEPLOY='{DEPLOY}'\n{SCRIPT}"), port.number()) {
                return Self { kept, port };
            }
        }
        panic!("Redis does not start")
    }

    /// The address for a user, without the password.
    pub fn address(&self, user: &str) -> String {
        format!("redis://{user}@127.0.0.1:{}", self.port.number())
    }

    /// The same with TLS.
    pub fn tls_address(&self, user: &str) -> String {
        format!("rediss://{user}@127.0.0.1:{}", self.port.number() + 1)
    }

    /// The password of a shipped user.
    pub fn password(user: &str) -> String {
        format!("{user}-may-come-in")
    }

    /// The certificate of the authority that signed the one for TLS, PEM.
    ///
    /// # Panics
    /// When it is not there.
    pub fn authority(&self) -> Vec<u8> {
        std::fs::read(self.kept.folder().join("ca.pem")).expect("the certificate of the authority")
    }

    /// What the server says to its operator.
    ///
    /// # Panics
    /// When nothing can be said.
    pub fn tell(&self, words: &[&str]) -> String {
        let port = self.port.number().to_string();
        let operator = ["--user", "operator", "--pass", "operator", "--no-auth-warning", "-p", &port];
        let output = Command::new("redis-cli").args(operator).args(words).output();
        String::from_utf8(output.expect("redis-cli").stdout).expect("text").trim_end().to_owned()
    }

    /// Whether a user comes in with that password.
    ///
    /// # Panics
    /// When it can't be asked.
    pub fn lets_in(&self, user: &str, password: &str) -> bool {
        let port = self.port.number().to_string();
        let credentials = ["--user", user, "--pass", password, "--no-auth-warning", "-p", &port];
        let output = Command::new("redis-cli").args(credentials).arg("PING").output().expect("redis-cli");
        String::from_utf8(output.stdout).expect("text").trim() == "PONG"
    }

    /// Ends it at once; all it had is gone.
    pub fn kill(&self) {
        self.shell("kill -KILL $(cat pid); while kill -0 $(cat pid) 2>/dev/null; do sleep 0.02; done");
    }

    /// Starts it again where it was.
    pub fn restart(&self) {
        self.shell("sh ./start");
    }

    /// Stops it where it is (SIGSTOP): connections stay open and nothing answers.
    pub fn freeze(&self) {
        self.shell("kill -STOP $(cat pid)");
    }

    /// Lets it go on.
    pub fn thaw(&self) {
        self.shell("kill -CONT $(cat pid)");
    }

    fn shell(&self, command: &str) {
        let mut shell = Command::new("sh");
        let shell = shell.args(["-ec", command]).current_dir(self.kept.folder()).stdout(Stdio::null());
        assert!(shell.status().is_ok_and(|status| status.success()), "Redis can't be told: {command}");
    }
}
