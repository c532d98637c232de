//! Saves the facts of a realm in a file that is independent of the kind of database, and loads them again.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use database::{Column, Db, Error, Kind, Result, Row, Table, Tx, Val, record, sql};
use openssl::sha::Sha256;
use serde::{Deserialize, Serialize};

use super::migrations::{FACTS, FACTS_SET};

/// The tables in a backup; each comes after the tables that it refers to.
pub const TABLES: &[&str] = &[
    "users",
    "user_roles",
    "totp_factors",
    "recovery_codes",
    "passkeys",
    "upstream_identities",
    "setup_links",
    "sessions",
    "known_browsers",
    "attempts",
    "grants",
    "consents",
    "revoked_tokens",
    "logout_deliveries",
    "outbox",
    "audit_events",
    "realm_state",
];
/// The tables that no backup has. A restored realm makes new signing keys, and a stolen backup signs nothing. Attempts
/// under way, ceremonies of passkeys and mailed links are over by then, and nobody but the form's own browser can use the
/// outcome of a form.
pub const LEFT_OUT: &[&str] =
    &["signing_keys", "attempts_under_way", "form_outcomes", "used_challenges", "mailed_links"];

/// The version of the file's format.
pub const FORMAT: i64 = 1;

/// What a backup says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the file's format.
    pub format: i64,
    /// The version of the program that made it.
    pub program: String,
    /// The realm's name.
    pub realm: String,
    /// The realm's issuer.
    pub issuer: String,
    /// When it was made, Unix seconds.
    pub made_at: i64,
    /// What was copied.
    pub content: Content,
}

/// What was copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The version of the schema it was copied from.
    pub schema: i64,
    /// How many rows each table has.
    pub rows: BTreeMap<String, i64>,
    /// SHA-256 over all rows in the order of the file.
    pub digest: String,
}

/// A manifest as it is stored in the file.
#[derive(Debug, Default)]
pub struct Sealed {
    /// The manifest as JSON.
    pub manifest: String,
    /// A value made with the realm's key, to tell a wrong key from a damaged file.
    pub key_check: String,
    /// The MAC of the manifest, made with the realm's key.
    pub seal: String,
}

/// Copies every fact, as of one moment, into an empty file. The manifest that `seal` makes of it comes last.
pub async fn save(facts: &Db, file: &Db, seal: impl FnOnce(Content) -> Sealed) -> Result<()> {
    let mut from = facts.snapshot().await?;
    let mut to = file.begin().await?;
    let mut content = Content { schema: from.schema_level(FACTS_SET).await?, ..Content::empty() };
    let mut digest = Digest::default();
    for name in TABLES {
        // a schema from before the step that adds the table doesn't have it
        let Some(table) = from.table(name).await? else { continue };
        to.create_table(&table).await?;
        content.rows.insert((*name).to_owned(), copy(&table, &mut from, &mut to, &mut digest).await?);
    }
    content.digest = digest.finish();
    write_manifest(&mut to, seal(content)).await?;
    to.commit().await
}

/// Replaces the schema in `to` by one of the backup's version, fills it, and migrates it to this program's version. The
/// change is final when the caller commits.
pub async fn load(from: &mut Tx, to: &mut Tx, content: &Content) -> Result<()> {
    to.migrate_down(FACTS_SET, FACTS, 0).await?;
    let then: Vec<_> = FACTS.iter().filter(|step| step.version <= content.schema).copied().collect();
    to.migrate(FACTS_SET, &then).await?;
    let mut digest = Digest::default();
    let mut rows = BTreeMap::new();
    for name in TABLES {
        let Some(table) = to.table(name).await? else { continue };
        if from.table(name).await?.as_ref() != Some(&table) {
            return Err(damaged());
        }
        // a migration may have put rows there
        to.clear(&table).await?;
        rows.insert((*name).to_owned(), copy(&table, from, to, &mut digest).await?);
    }
    if rows != content.rows || digest.finish() != content.digest {
        return Err(damaged());
    }
    to.migrate(FACTS_SET, FACTS).await?;
    Ok(())
}

/// Whether the realm was ever used: one that was only started has neither accounts nor an audit trail.
pub async fn has_content(tx: &mut Tx) -> Result<bool> {
    record! { struct Found { n: i64 } }
    if tx.table("audit_events").await?.is_none() {
        // no released program made a schema from before that step
        return Ok(tx.table("users").await?.is_some());
    }
    let found: Found =
        sql("SELECT (SELECT COUNT(*) FROM users) + (SELECT COUNT(*) FROM audit_events) AS n").one(tx).await?;
    Ok(found.n > 0)
}

/// Reads the manifest of a file.
pub async fn read_manifest(from: &mut Tx) -> Result<Sealed> {
    if from.table(MANIFEST).await?.as_ref() != Some(&manifest_table()) {
        return Err(damaged());
    }
    let mut sealed = Sealed::default();
    from.each_page(&manifest_table(), async |page| {
        for row in page {
            if let [Val::Text(Some(name)), Val::Text(Some(value))] = row.as_slice() {
                match name.as_str() {
                    "manifest" => sealed.manifest.clone_from(value),
                    "key_check" => sealed.key_check.clone_from(value),
                    "seal" => sealed.seal.clone_from(value),
                    _ => {}
                }
            }
        }
        Ok(())
    })
    .await?;
    Ok(sealed)
}

const MANIFEST: &str = "manifest";

fn manifest_table() -> Table {
    let column = |name: &str| Column { name: name.to_owned(), kind: Kind::Text };
    Table { name: MANIFEST.to_owned(), columns: vec![column("name"), column("value")] }
}

async fn write_manifest(to: &mut Tx, sealed: Sealed) -> Result<()> {
    let rows = [("manifest", sealed.manifest), ("key_check", sealed.key_check), ("seal", sealed.seal)];
    let rows = rows.map(|(name, value)| vec![Val::from(name), Val::from(value)]);
    to.create_table(&manifest_table()).await?;
    to.insert(&manifest_table(), &rows).await
}

/// Copies a table. Returns the number of its rows.
async fn copy(table: &Table, from: &mut Tx, to: &mut Tx, digest: &mut Digest) -> Result<i64> {
    let mut count = 0;
    digest.text(&table.name);
    from.each_page(table, async |page| {
        for row in &page {
            count += 1;
            digest.row(row);
        }
        to.insert(table, &page).await
    })
    .await?;
    Ok(count)
}

fn damaged() -> Error {
    Error::Schema("the file is damaged, or no backup".to_owned())
}

impl Content {
    fn empty() -> Self {
        Self { schema: 0, rows: BTreeMap::new(), digest: String::new() }
    }
}

/// SHA-256 over rows. Each value follows its kind and length, so that different lists of rows are different input.
#[derive(Default)]
struct Digest(Sha256);

impl Digest {
    fn row(&mut self, row: &Row) {
        for value in row {
            match value {
                Val::Int(None) | Val::Text(None) => self.0.update(&[0]),
                Val::Int(Some(number)) => {
                    self.0.update(&[1]);
                    self.0.update(&number.to_be_bytes());
                }
                Val::Text(Some(text)) => self.text(text),
            }
        }
    }

    fn text(&mut self, text: &str) {
        self.0.update(&[2]);
        self.0.update(&(text.len() as u64).to_be_bytes());
        self.0.update(text.as_bytes());
    }

    fn finish(self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.finish())
    }
}
