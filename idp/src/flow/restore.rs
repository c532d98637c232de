//! Replaces the content of a realm's database by a backup, on whichever kind of database. This is one transaction: if
//! it is refused or interrupted, everything stays as it was.

use std::{path::Path, time::Duration};

use anyhow::{Context, bail, ensure};
use database::{Db, Opening};
use protocol::secret;

use super::{
    backup::{key_check, mac_of},
    served,
};
use crate::{
    authn::totp,
    realm::{RealmConfig, Secrets},
    store::{
        self, Store,
        archive::{self, FORMAT, Manifest, Sealed},
        audit::{self, Event},
        migrations::{FACTS, FACTS_SET},
        restored,
    },
};

/// The resolution of a not-before.
const SECOND: Duration = Duration::from_secs(1);

/// Restores the backup and records that as an audit event with this id and time. Sessions, grants and codes in it end,
/// since nobody knows which were used, ended or revoked later.
pub async fn restore(
    config: &RealmConfig,
    path: &Path,
    replace: bool,
    id: String,
    now: i64,
) -> anyhow::Result<Manifest> {
    served::ensure_stopped(config).await?;
    let missing = store::missing_file(&config.database);
    let restored = restore_into(config, path, replace, id, now).await;
    if let (Err(_), Some(file)) = (&restored, missing) {
        // an empty database left here would be started as a realm without accounts
        let _ = std::fs::remove_file(&file);
        database::remove_companions(&file);
    }
    restored
}

async fn restore_into(
    config: &RealmConfig,
    path: &Path,
    replace: bool,
    id: String,
    now: i64,
) -> anyhow::Result<Manifest> {
    let file = Db::open_archive(path).await.with_context(|| path.display().to_string())?;
    let mut from = file.snapshot().await?;
    let sealed = archive::read_manifest(&mut from).await.with_context(|| path.display().to_string())?;
    let manifest = admit(config, &sealed)?;

    let facts = Store::connect_facts(&config.database).await;
    let facts = facts.map_err(|error| Opening::of(&config.database, &error))?;
    let mut to = facts.lock_schema().await?;
    let (level, known) = (to.schema_level(FACTS_SET).await?, newest());
    ensure!(level <= known, "the database's schema is at {level}, this program knows only {known}");
    if !replace && archive::has_content(&mut to).await? {
        bail!("the database of realm `{}` isn't empty: --replace gives up what is in it", config.name);
    }
    archive::load(&mut from, &mut to, &manifest.content).await?;
    restored::end_the_past(&mut to, now, totp::newest_step(now)).await?;
    let detail = format!("backup of {}", manifest.made_at);
    let event = Event {
        id,
        at: now,
        kind: "realm.restored",
        actor: Some(audit::COMMAND_LINE),
        detail: Some(&detail),
        ..Event::default()
    };
    audit::record(&mut to, &event).await?;
    to.commit().await?;
    facts.close().await;
    // a replica that is started at once must not find a session from before, and a sign-in there has to be later than
    // the not-before
    match config.redis {
        Some(_) => cache::outlive_copies().await,
        None => tokio::time::sleep(SECOND).await,
    }
    Ok(manifest)
}

/// The manifest, if this realm and this program can use the file.
fn admit(config: &RealmConfig, sealed: &Sealed) -> anyhow::Result<Manifest> {
    let manifest: Manifest = serde_json::from_str(&sealed.manifest)
        .context("the file is damaged, or of another version of this program")?;
    // the realm is checked first, so that a backup of another realm is reported as such
    let (realm, issuer) = (&manifest.realm, &manifest.issuer);
    ensure!(*realm == config.name, "the backup is of realm `{realm}`");
    ensure!(*issuer == config.issuer, "the backup is of issuer {issuer}, this realm's is {}", config.issuer);
    let secrets = Secrets::derive(&config.secrets)?;
    let same = |one: &str, other: &str| secret::eq(one.as_bytes(), other.as_bytes());
    let mut keys = secrets.backup.accepted();
    let Some(key) = keys.find(|key| same(&key_check(key), &sealed.key_check)) else {
        bail!("the backup was made with another key-encryption key than this realm has");
    };
    ensure!(same(&mac_of(key, &sealed.manifest), &sealed.seal), "the file is damaged");
    ensure!(
        manifest.format == FORMAT && manifest.content.schema <= newest(),
        "the backup has format {} and schema {}, this program knows {FORMAT} and {}: restore it with a newer one",
        manifest.format,
        manifest.content.schema,
        newest()
    );
    Ok(manifest)
}

fn newest() -> i64 {
    FACTS.iter().map(|step| step.version).max().unwrap_or_default()
}
