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

/// Shell code that finds the commands of PostgreSQL and runs them as a user that the server accepts.
const AS_OWNER: &str = include_str!("as_owner.sh");
const SCRIPT: &str = include_str!("postgres.sh");
const TRIES: usize = 5;

/// A cluster. Its superuser is `postgres`, with the password `postgres`.
#[derive(Debug)]
pub struct Postgres {
    kept: Kept,
    port: Port,
}

impl Postgres {
    /// The cluster of this test program, started at first use.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// A separate cluster, for a test that stops or changes it.
    ///
    /// # Panics
    /// When it can't be started. It needs the packages `postgresql` and `util-linux`.
    pub fn start() -> Self {
        Self::try_start("fsync=off auth=password").unwrap_or_else(|| panic!("PostgreSQL does not start"))
    }

    /// A cluster with TLS as well, with a certificate for `localhost`.
    ///
    /// # Panics
    /// When it can't be started. It also needs the package `openssl`.
    pub fn with_tls() -> Self {
        Self::try_start("fsync=off tls=on").unwrap_or_else(|| panic!("PostgreSQL does not start"))
    }

    /// The file of the certificate authority of [`Postgres::with_tls`].
    pub fn authority(&self) -> PathBuf {
        self.kept.folder().join("ca.pem")
    }

    /// A cluster whose commits reach the disk, for measurements; `None` when it can't be started.
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

    /// The URL for the superuser.
    pub fn superuser(&self) -> String {
        self.url("postgres")
    }

    /// The URL for a role whose password is its name.
    pub fn url(&self, role: &str) -> String {
        self.url_of(role, "postgres")
    }

    /// As [`Postgres::url`], for another database of the cluster.
    pub fn url_of(&self, role: &str, database: &str) -> String {
        format!("postgres://{role}:{role}@127.0.0.1:{}/{database}", self.port.number())
    }

    /// The URL for a role, without a password.
    pub fn address(&self, role: &str) -> String {
        format!("postgres://{role}@127.0.0.1:{}/postgres", self.port.number())
    }

    /// A name for a role and schema that no other test of this program uses.
    pub fn fresh_name() -> String {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed))
    }

    /// Stops it as a crash would and starts it again; every connection is lost.
    ///
    /// # Panics
    /// When it doesn't start again.
    pub fn crash_and_restart(&self) {
        self.shell("as_owner pg_ctl --pgdata=data --mode=immediate --wait restart --log=log");
    }

    /// Suspends all of its processes (SIGSTOP): connections stay open, but nothing answers.
    ///
    /// # Panics
    /// When the signal can't be sent.
    pub fn freeze(&self) {
        self.shell("pid=$(head -n 1 data/postmaster.pid); kill -STOP $pid $(ps -o pid= --ppid $pid)");
    }

    /// Resumes all of its processes.
    ///
    /// # Panics
    /// When the signal can't be sent.
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
