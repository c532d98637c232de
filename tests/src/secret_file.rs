//! Secrets as programs read them.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

/// A file for its owner only, made or overwritten; its path.
pub fn write(folder: &Path, name: &str, value: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, value).expect("a file that can be written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("a file of its own");
    path.display().to_string()
}
