//! The data folder: readable by its owner only, like every secret in it.

use std::{
    fs,
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
};

use anyhow::Context;
use service::{random::SharedRandom, secret_file};

/// The data folder.
#[derive(Debug, Clone)]
pub struct Files {
    data: PathBuf,
    random: SharedRandom,
}

impl Files {
    /// Makes the folder, for its owner only.
    pub fn prepare(data: &Path, random: SharedRandom) -> anyhow::Result<Self> {
        let told = || format!("the data folder {} can't be used", data.display());
        fs::DirBuilder::new().recursive(true).mode(0o700).create(data).with_context(told)?;
        fs::set_permissions(data, fs::Permissions::from_mode(0o700)).with_context(told)?;
        let data = fs::canonicalize(data).with_context(told)?;
        Ok(Self { data, random })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.data
    }

    /// A SQLite database of that name, as a URL.
    pub fn database(&self, name: &str) -> String {
        format!("sqlite:{}", self.data.join(format!("{name}.db")).display())
    }

    /// The file of a secret, with a random one in it from the first time on.
    pub fn secret(&self, name: &str) -> anyhow::Result<PathBuf> {
        let path = self.data.join("secrets").join(name);
        secret_file::read_or_create(&path, self.random.as_ref())
            .with_context(|| path.display().to_string())?;
        Ok(path)
    }
}
