//! PostgreSQL.

use std::{
    path::{Path, PathBuf},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use crate::{free_port, kept::Kept};

const SCRIPT: &str = include_str!("postgres.sh");
const TRIES: usize = 5;

/// A cluster with a superuser, both called `postgres`.
#[derive(Debug)]
pub struct Postgres {
    kept: Kept,
    port: u16,
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
        for _ in 0..TRIES {
            let port = free_port();
            if let Some(kept) = Kept::start(SCRIPT, port) {
                return Self { kept, port };
            }
        }
        panic!("PostgreSQL does not start")
    }

    /// The address for the superuser.
    pub fn superuser(&self) -> String {
        self.url("postgres")
    }

    /// The address for a role whose password is its name.
    pub fn url(&self, role: &str) -> String {
        format!("postgres://{role}:{role}@127.0.0.1:{}/postgres", self.port)
    }

    /// A name that no other test of this program uses for its role and schema.
    pub fn fresh_name() -> String {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed))
    }

    /// Where the server works; its process id is the first line of `data/postmaster.pid`.
    pub fn folder(&self) -> &Path {
        self.kept.folder()
    }

    /// The command of that name that belongs to the server.
    pub fn command(&self, name: &str) -> PathBuf {
        let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        let newest = versions.map(|version| version.path().join("bin").join(name)).max();
        newest.unwrap_or_else(|| PathBuf::from(name))
    }
}
