//! Files with secrets.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

/// Writes a file that only its owner may access; returns its path.
pub fn write(folder: &Path, name: &str, value: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, value).expect("a file that can be written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("a file of its own");
    path.display().to_string()
}
