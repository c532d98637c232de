//! A system after its first start with the shipped configuration. Most tests start with a copy of its folder and
//! databases, so that schemas, keys and the demo customer are created only once in a test program.

use std::{
    fs::{self, Permissions},
    io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use clock::{Clock, ManualClock, SystemClock};
use database::testing::TestDatabases;
use stack::DemoCustomer;
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::{
    databases::databases,
    start::{all_overrides, start_somewhere},
};

/// The lock file, which isn't copied: two systems can't share it.
const LOCK: &str = "lock";

/// A stopped system. Its data folder is kept in memory, because a folder on disk would not be removed after the last
/// test.
#[derive(Debug)]
pub(crate) struct Begun {
    /// The demo customer of the first start.
    pub demo: DemoCustomer,
    /// Its databases, where they are on a server.
    pub place: TestDatabases,
    /// Files and folders; a folder comes before its content.
    saved: Vec<Saved>,
}

#[derive(Debug)]
struct Saved {
    /// Relative to the data folder.
    path: PathBuf,
    permissions: Permissions,
    /// `None` for a folder.
    content: Option<Vec<u8>>,
}

impl Begun {
    /// The system of this test program, created at first use.
    pub async fn once() -> &'static Self {
        static BEGUN: OnceCell<Begun> = OnceCell::const_new();
        BEGUN.get_or_init(Self::begin).await
    }

    async fn begin() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let clock = Arc::new(ManualClock::new(SystemClock.now()));
        let place = TestDatabases::original().await;
        let overrides: Vec<_> = databases(&place).await.into_iter().chain(all_overrides(&[])).collect();
        let (_, running) = start_somewhere(folder.path(), &clock, &overrides).await;
        let welcome = running.welcome().await.expect("the first start makes accounts");
        running.stop().await.expect("a system stops");
        let mut saved = Vec::new();
        save(folder.path(), Path::new(""), &mut saved).expect("a data folder");
        Self { demo: welcome.demo_customer.expect("a demo customer on the first start"), place, saved }
    }

    /// Writes everything into an empty folder and makes the folder private: a data folder with content has to be
    /// private.
    pub fn put_into(&self, folder: &Path) -> io::Result<()> {
        fs::set_permissions(folder, Permissions::from_mode(0o700))?;
        for Saved { path, permissions, content } in &self.saved {
            let path = folder.join(path);
            match content {
                Some(content) => fs::write(&path, content)?,
                None => fs::create_dir(&path)?,
            }
            fs::set_permissions(&path, permissions.clone())?;
        }
        Ok(())
    }
}

fn save(root: &Path, below: &Path, to: &mut Vec<Saved>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(below))? {
        let entry = entry?;
        let (path, kind) = (below.join(entry.file_name()), entry.file_type()?);
        if path == Path::new(LOCK) {
            continue;
        }
        let permissions = Permissions::from_mode(entry.metadata()?.permissions().mode());
        let content = if kind.is_dir() { None } else { Some(fs::read(entry.path())?) };
        to.push(Saved { path: path.clone(), permissions, content });
        if kind.is_dir() {
            save(root, &path, to)?;
        }
    }
    Ok(())
}
