//! The realm files of a folder.

use std::path::Path;

use service::config::Document;

use crate::realm::{RealmConfig, set};

/// The documentation of every key lies beside the realm files and is none itself.
const DEFAULTS: &str = "default.toml";

/// Reads every realm file; the mistakes of all of them come together.
pub fn read(folder: &Path) -> Result<Vec<RealmConfig>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<_> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .filter(|path| path.file_name().is_some_and(|name| name != DEFAULTS))
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(format!("{}: no realm file here", folder.display()));
    }
    let variables: Vec<_> = std::env::vars_os().collect();
    let realms = set::load(files.iter().map(|file| Document::read(file)), &variables);
    let realms = realms.map_err(|mistakes| mistakes.to_string())?;
    Ok(realms.into_iter().map(|realm| realm.config).collect())
}
