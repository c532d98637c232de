//! A system on SQLite that was started once as it is shipped. Most tests begin with a copy of its folder, so that schemas,
//! keys and the demo customer are made once in a test program.

use std::{
    fs::{self, Permissions},
    io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use clock::{Clock, ManualClock, SystemClock};
use stack::DemoCustomer;
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::start::{all_overrides, start_somewhere};

/// What two systems can't have both.
const LOCK: &str = "lock";

/// Its data folder after it was stopped, in memory: nobody would remove a folder after the last test.
#[derive(Debug)]
pub(crate) struct Begun {
    /// The customer that the first start made.
    pub demo: DemoCustomer,
    /// Folders before what is in them.
    saved: Vec<Saved>,
}

#[derive(Debug)]
struct Saved {
    /// Relative to the data folder.
    path: PathBuf,
    permissions: Permissions,
    /// None for a folder.
    content: Option<Vec<u8>>,
}

impl Begun {
    /// The one of this test program, started when it is first asked for.
    pub async fn once() -> &'static Self {
        static BEGUN: OnceCell<Begun> = OnceCell::const_new();
        BEGUN.get_or_init(Self::begin).await
    }

    async fn begin() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let clock = Arc::new(ManualClock::new(SystemClock.now()));
        let (_, running) = start_somewhere(folder.path(), &clock, &all_overrides(&[])).await;
        let welcome = running.welcome().await.expect("the first start makes accounts");
        running.stop().await.expect("a system stops");
        let mut saved = Vec::new();
        save(folder.path(), Path::new(""), &mut saved).expect("a data folder");
        Self { demo: welcome.demo_customer.expect("a demo customer on the first start"), saved }
    }

    /// Writes all of it into an empty folder, which is its owner's only then: one with something in it has to be.
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
