//! The realms of one process, read together. Each must be valid by itself, and no two may share what keeps realms apart
//! (H1, P3).

use std::ffi::OsString;

use database::DatabaseUrl;
use settings::{Document, Mistake, Mistakes, Reader, strangers};

use super::{RealmConfig, config::DEFAULTS};
use crate::store::pending_url;

/// The prefix of the environment variables of all realms.
const FAMILY: &str = "REALMKEEP_";

/// A realm as it was read from its file.
#[derive(Debug)]
pub struct RealmFile {
    /// The file over the defaults, and the environment over both.
    pub document: Document,
    /// The configuration that the document describes.
    pub config: RealmConfig,
}

impl RealmFile {
    /// The prefix of the realm's variables, without the two underscores after it.
    pub fn variable_prefix(&self) -> String {
        variable_prefix(&self.config.name)
    }
}

/// Reads the files of all realms over the defaults, and the environment over both. All mistakes are reported together,
/// including values that two realms share and variables that belong to no realm.
pub fn load(
    files: impl IntoIterator<Item = Result<Document, Mistakes>>,
    variables: &[(OsString, OsString)],
) -> Result<Vec<RealmFile>, Mistakes> {
    let mut realms: Vec<RealmFile> = Vec::new();
    let mut mistakes = Mistakes::default();
    let mut all_are_named = true;
    for file in files {
        match file.and_then(|file| merged(file, variables)) {
            Ok(document) => {
                let (config, checked) = RealmConfig::read_all(&document);
                mistakes.merge(checked.err().unwrap_or_default());
                let realm = RealmFile { document, config };
                mistakes.merge(shared(&realms, &realm));
                all_are_named &= !realm.config.name.is_empty();
                realms.push(realm);
            }
            Err(unreadable) => {
                mistakes.merge(unreadable);
                all_are_named = false;
            }
        }
    }
    if all_are_named {
        let known: Vec<String> = realms.iter().map(RealmFile::variable_prefix).collect();
        mistakes.merge(strangers(FAMILY, &known, variables.iter().map(|(name, _)| name.as_os_str())));
    }
    mistakes.into_result().map(|()| realms)
}

fn merged(file: Document, variables: &[(OsString, OsString)]) -> Result<Document, Mistakes> {
    let document = Document::parse("default.toml", DEFAULTS)?.overlaid_by(file);
    let name = Reader::new(&document).opt_text("name").unwrap_or_default();
    Ok(document.with_environment(&variable_prefix(&name), variables.iter().cloned()))
}

fn variable_prefix(name: &str) -> String {
    format!("{FAMILY}{}", name.to_uppercase().replace('-', "_"))
}

/// The mistakes of a realm that shares values with an earlier one.
fn shared(others: &[RealmFile], realm: &RealmFile) -> Mistakes {
    let mistakes = |other: &RealmFile| -> Vec<Mistake> {
        let message = format!("realm `{}` has the same; each needs its own", other.config.name);
        let keys = shared_keys(&other.config, &realm.config);
        keys.into_iter().map(|key| realm.document.mistake(key, message.as_str())).collect()
    };
    others.iter().flat_map(mistakes).collect()
}

/// The keys whose values must differ between two realms, and don't. A value that could not be read equals no other.
fn shared_keys(one: &RealmConfig, other: &RealmConfig) -> Vec<&'static str> {
    let (ours, theirs) = (&one.secrets, &other.secrets);
    let (kek, pepper) = (&ours.key_encryption_key, &ours.pepper);
    let same_name = |one: &str, other: &str| !one.is_empty() && one == other;
    let compared = [
        ("name", same_name(&one.name, &other.name)),
        ("issuer", same_name(&one.issuer, &other.issuer)),
        ("listen", one.listen.port() != 0 && one.listen == other.listen),
        ("database", share_a_database(one, other)),
        ("session.prefix", same_name(&one.session.prefix, &other.session.prefix)),
        ("secrets.key_encryption_key", !kek.is_empty() && *kek == theirs.key_encryption_key),
        ("secrets.pepper", !pepper.is_empty() && *pepper == theirs.pepper),
    ];
    compared.into_iter().filter(|(_, equal)| *equal).map(|(key, _)| key).collect()
}

/// Whether two realms have a database in common, of facts or of pending state.
fn share_a_database(one: &RealmConfig, other: &RealmConfig) -> bool {
    let unread = |url: &DatabaseUrl| matches!(url, DatabaseUrl::Sqlite(path) if path.as_os_str().is_empty());
    let of = |realm: &RealmConfig| [realm.database.clone(), pending_url(&realm.database)];
    let theirs = of(other);
    of(one).iter().any(|database| !unread(database) && theirs.contains(database))
}
