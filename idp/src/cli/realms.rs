//! The realm files of a folder.

use std::path::Path;

use service::config::Document;

use crate::{realm::RealmConfig, store::pending_url};

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
    let mut realms: Vec<RealmConfig> = Vec::new();
    let mut mistakes = Vec::new();
    for file in files {
        match Document::read(&file).and_then(RealmConfig::load) {
            Ok(realm) => {
                mistakes.extend(shared_with(&realms, &realm, &file));
                realms.push(realm);
            }
            Err(found) => mistakes.push(found.to_string()),
        }
    }
    if mistakes.is_empty() { Ok(realms) } else { Err(mistakes.join("\n")) }
}

/// What two realms must never share (H1).
fn shared_with(others: &[RealmConfig], realm: &RealmConfig, file: &Path) -> Vec<String> {
    let file = file.display();
    let mut mistakes = Vec::new();
    for other in others {
        let mut same = |equal: bool, key: &str| {
            if equal {
                mistakes.push(format!(
                    "{file}: `{key}`: realm `{}` has the same; each needs its own",
                    other.name
                ));
            }
        };
        same(other.name == realm.name, "name");
        same(other.issuer == realm.issuer, "issuer");
        same(other.listen == realm.listen && realm.listen.port() != 0, "listen");
        same(share_a_database(other, realm), "database");
        same(other.session.prefix == realm.session.prefix, "session.prefix");
        let (theirs, ours) = (&other.secrets, &realm.secrets);
        same(theirs.key_encryption_key == ours.key_encryption_key, "secrets.key_encryption_key");
        same(theirs.pepper == ours.pepper, "secrets.pepper");
    }
    mistakes
}

/// Whether any database of one realm, the one beside the named one included, is one of the other's.
fn share_a_database(one: &RealmConfig, other: &RealmConfig) -> bool {
    let of = |realm: &RealmConfig| [realm.database.clone(), pending_url(&realm.database)];
    let theirs = of(other);
    of(one).iter().any(|database| theirs.contains(database))
}
