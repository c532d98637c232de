//! PostgreSQL.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use crate::{kept::Kept, port::Port};

/// Finds the commands, and runs them as a user whom the server accepts.
const AS_OWNER: &str = include_str!("as_owner.sh");
const SCRIPT: &str = include_str!("postgres.sh");
const TRIES: usize = 5;

/// A cluster with a superuser, both called `postgres`.
#[derive(Debug)]
pub struct Postgres {
    kept: Kept,
    port: Port,
}

impl Postgres {
    /// The one of this test program, started when it is first asked for.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// One for a test that does things to it.
    ///
    /// # Panics
    /// When it can't be started: the packages `postgresql` and `util-linux` bring what is needed.
    pub fn start() -> Self {
        Self::try_start("fsync=off").unwrap_or_else(|| panic!("PostgreSQL does not start"))
    }

    /// One that speaks TLS too, with a certificate for `localhost`.
    ///
    /// # Panics
    /// When it can't be started: the package `openssl` brings what is needed besides.
    pub fn with_tls() -> Self {
        Self::try_start("fsync=off tls=on").unwrap_or_else(|| panic!("PostgreSQL does not start"))
    }

    /// The certificate of the authority that signed the one for TLS.
    pub fn authority(&self) -> PathBuf {
        self.kept.folder().join("ca.pem")
    }

    /// One whose commits reach the disk, for whoever measures them; `None` when it can't be started.
    pub fn durable() -> Option<Self> {
        Self::try_start("fsync=on")
    }

    fn try_start(settings: &str) -> Option<Self> {
        let script = format!("{settings}\n{AS_OWNER}\n{SCRIPT}");
        (0..TRIES).find_map(|_| {
            let port = Port::reserve();
            Some(Self { kept: Kept::start(&script, port.number())?, port })
        })
    }

    /// The address for the superuser.
    pub fn superuser(&self) -> String {
        self.url("postgres")
    }

    /// The address for a role whose password is its name.
    pub fn url(&self, role: &str) -> String {
        format!("postgres://{role}:{role}@127.0.0.1:{}/postgres", self.port.number())
    }

    /// The address for a role, without a password.
    pub fn address(&self, role: &str) -> String {
        format!("postgres://{role}@127.0.0.1:{}/postgres", self.port.number())
    }

    /// A name that no other test of this program uses for its role and schema.
    pub fn fresh_name() -> String {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed))
    }

    /// Ends it as a crash would, and starts it again; every connection is lost.
    ///
    /// # Panics
    /// When it does not come back.
    pub fn crash_and_restart(&self) {
        self.shell("as_owner pg_ctl --pgdata=data --mode=immediate --wait restart --log=log");
    }

    /// Stops all of its processes where they are (SIGSTOP): connections stay open and nothing answers.
    ///
    /// # Panics
    /// When they can't be told.
    pub fn freeze(&self) {
        self.shell("pid=$(head -n 1 data/postmaster.pid); kill -STOP $pid $(ps -o pid= --ppid $pid)");
    }

    /// Lets them go on.
    ///
    /// # Panics
    /// When they can't be told.
    pub fn thaw(&self) {
        self.shell("pid=$(head -n 1 data/postmaster.pid); kill -CONT $pid $(ps -o pid= --ppid $pid)");
    }

    fn shell(&self, command: &str) {
        let script = format!("{AS_OWNER}\n{command}");
        let mut shell = Command::new("sh");
        let shell = shell.args(["-ec", &script]).current_dir(self.kept.folder()).stdout(Stdio::null());
        assert!(shell.status().is_ok_and(|status| status.success()), "PostgreSQL can't be told: {command}");
    }
}
