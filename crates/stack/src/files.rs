//! The data folder. Only its owner may read it, because it contains secrets.

use std::{
    fs::{self, File},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, ensure};
use clock::random::SharedRandom;
use settings::secret_file;

/// The data folder.
#[derive(Debug, Clone)]
pub struct Files {
    data: PathBuf,
    random: SharedRandom,
    // the lock ends with the process, however the process ends
    _lock: Option<Arc<File>>,
}

impl Files {
    /// Creates the folder with access for its owner only, or opens a folder that is private. Locks it against other
    /// processes.
    pub fn prepare(data: &Path, random: SharedRandom) -> anyhow::Result<Self> {
        let message = || format!("the data folder {} can't be used", data.display());
        fs::DirBuilder::new().recursive(true).mode(0o700).create(data).with_context(message)?;
        make_private(data).with_context(message)?;
        let data = fs::canonicalize(data).with_context(message)?;
        let lock = File::create(data.join("lock"))?;
        ensure!(lock.try_lock().is_ok(), "{} is in use by another realmkeep", data.display());
        Ok(Self { data, random, _lock: Some(Arc::new(lock)) })
    }

    /// Opens the folder of a system that was started before and may be running.
    pub fn of(data: &Path, random: SharedRandom) -> anyhow::Result<Self> {
        let message = || format!("{} is no data folder of realmkeep", data.display());
        let data = fs::canonicalize(data).with_context(message)?;
        ensure!(data.join("secrets").is_dir(), message());
        Ok(Self { data, random, _lock: None })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.data
    }

    /// The URL of the SQLite database with this name.
    pub fn database(&self, name: &str) -> String {
        format!("sqlite:{}", self.data.join(format!("{name}.db")).display())
    }

    /// The folder of the realms' mails.
    pub fn mails(&self) -> PathBuf {
        self.data.join("mail")
    }

    /// The path of a secret's file. The first call creates it with a random secret.
    pub fn secret(&self, name: &str) -> anyhow::Result<PathBuf> {
        let path = self.data.join("secrets").join(name);
        secret_file::read_or_create(&path, self.random.as_ref())
            .with_context(|| path.display().to_string())?;
        Ok(path)
    }
}

/// Makes an empty folder private. A folder with content may belong to somebody else, so its mode is never changed.
fn make_private(folder: &Path) -> anyhow::Result<()> {
    let open_to_others = fs::metadata(folder)?.permissions().mode() & 0o077;
    if open_to_others == 0 {
        return Ok(());
    }
    ensure!(
        fs::read_dir(folder)?.next().is_none(),
        "others may read it; if it is meant for this: chmod 700 {}",
        folder.display()
    );
    Ok(fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?)
}

#[cfg(test)]
mod tests {
    use clock::random::OsRandom;

    use super::*;

    fn prepare(folder: &Path) -> anyhow::Result<Files> {
        Files::prepare(folder, Arc::new(OsRandom))
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn d1_the_data_folder_is_its_owners_only() {
        let parent = tempfile::tempdir().unwrap();
        let new = parent.path().join("a/b");
        prepare(&new).unwrap();
        assert_eq!(mode(&new), 0o700);
        let empty = parent.path().join("empty");
        fs::DirBuilder::new().mode(0o755).create(&empty).unwrap();
        prepare(&empty).unwrap();
        assert_eq!(mode(&empty), 0o700);
    }

    #[test]
    fn e6_a_folder_with_something_in_it_that_others_may_read_is_refused_and_left_as_it_is() {
        let parent = tempfile::tempdir().unwrap();
        let shared = parent.path().join("shared");
        fs::DirBuilder::new().mode(0o755).create(&shared).unwrap();
        fs::set_permissions(&shared, fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(shared.join("theirs"), "").unwrap();
        let refused = format!("{:#}", prepare(&shared).unwrap_err());
        assert!(refused.contains("chmod 700"), "{refused}");
        assert_eq!(mode(&shared), 0o755);
        fs::set_permissions(&shared, fs::Permissions::from_mode(0o700)).unwrap();
        prepare(&shared).unwrap();
    }

    #[test]
    fn a_folder_that_no_system_was_started_on_is_none_and_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        for path in [folder.path().to_owned(), folder.path().join("missing")] {
            let refused = Files::of(&path, Arc::new(OsRandom)).unwrap_err().to_string();
            assert!(refused.contains("no data folder"), "{refused}");
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn o9_a_folder_is_used_by_one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let first = prepare(folder.path()).unwrap();
        let refused = prepare(folder.path()).unwrap_err().to_string();
        assert!(refused.contains("in use"), "{refused}");
        drop(first);
        prepare(folder.path()).unwrap();
    }
}
