//! The realms that the commands work on.

use std::{path::Path, sync::Arc};

use anyhow::bail;
use clock::{
    SharedClock, SystemClock,
    random::{OsRandom, SharedRandom},
};
use settings::{Document, Mistake, Mistakes};

use crate::realm::{Realm, RealmConfig, set};

/// The file that documents every key. It is in the folder of the realm files, but is not one itself.
const DEFAULTS: &str = "default.toml";

/// Reads every realm file. The error contains the mistakes of all files.
pub fn read(folder: &Path) -> Result<Vec<RealmConfig>, Mistakes> {
    let in_folder = |message: String| Mistakes::from_iter([Mistake::in_file(folder, message)]);
    let entries = std::fs::read_dir(folder).map_err(|error| in_folder(error.to_string()))?;
    let mut files: Vec<_> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .filter(|path| path.file_name().is_some_and(|name| name != DEFAULTS))
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(in_folder("no realm file here".to_owned()));
    }
    let variables: Vec<_> = std::env::vars_os().collect();
    let realms = set::load(files.iter().map(|file| Document::read(file)), &variables)?;
    Ok(realms.into_iter().map(|realm| realm.config).collect())
}

/// The machine's clock and randomness.
pub fn ambient() -> (SharedClock, SharedRandom) {
    (Arc::new(SystemClock), Arc::new(OsRandom))
}

/// The one realm of that name.
pub fn named(mut realms: Vec<RealmConfig>, name: &str) -> anyhow::Result<RealmConfig> {
    let at = realms.iter().position(|realm| realm.name == name);
    let Some(at) = at else {
        let known: Vec<&str> = realms.iter().map(|realm| realm.name.as_str()).collect();
        bail!("there is no realm of that name: `{name}`; there are {}", known.join(", "));
    };
    Ok(realms.swap_remove(at))
}

/// All realms, or the one of that name.
pub fn chosen(realms: Vec<RealmConfig>, only: Option<&str>) -> anyhow::Result<Vec<RealmConfig>> {
    match only {
        None => Ok(realms),
        Some(name) => Ok(vec![named(realms, name)?]),
    }
}

/// Opens the realm of that name.
pub async fn open(realms: Vec<RealmConfig>, name: &str) -> anyhow::Result<Arc<Realm>> {
    let (clock, random) = ambient();
    Realm::open(named(realms, name)?, clock, random).await
}

/// The message about a role that the realm file doesn't define.
pub fn unknown_role(realm: &Realm, role: &str) -> String {
    let known: Vec<&str> = realm.config.roles.keys().map(String::as_str).collect();
    format!("realm `{}` has no role `{role}`; it has {}", realm.config.name, known.join(", "))
}
