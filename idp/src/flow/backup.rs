//! A backup: every fact of a realm in one file, made while the realm is served.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use clock::random::{self, Random};
use database::{Db, Opening};
use protocol::secret;

use crate::{
    realm::{RealmConfig, Secrets},
    store::{
        Store,
        archive::{self, Content, FORMAT, Manifest, Sealed},
        to_json,
    },
};

/// Makes the backup. Fails if the file exists. A file that appears under that name is complete and on the disk.
pub async fn back_up(
    config: &RealmConfig,
    random: &dyn Random,
    now: i64,
    path: &Path,
) -> anyhow::Result<Manifest> {
    if path.exists() {
        bail!(is_there(path));
    }
    let store = Store::connect(&config.database).await;
    let store = store.map_err(|error| Opening::of(&config.database, &error))?;
    let [level, _] = store.levels().await?;
    if level.applied == 0 || level.applied > level.known {
        bail!("the schema is at {} and this program knows {}", level.applied, level.known);
    }
    let draft = draft_of(path, random)?;
    let made = write(config, &store, now, &draft).await;
    let placed = made.and_then(|manifest| {
        match place(&draft, path) {
            // another process made it meanwhile
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => bail!(is_there(path)),
            placed => placed.with_context(|| path.display().to_string())?,
        }
        Ok(manifest)
    });
    // removed in any case; a failure is ignored, since the draft may never have been made
    let _ = fs::remove_file(&draft);
    placed
}

fn is_there(path: &Path) -> String {
    format!("{} is there already", path.display())
}

async fn write(config: &RealmConfig, store: &Store, now: i64, draft: &Path) -> anyhow::Result<Manifest> {
    let key = Secrets::derive(&config.secrets)?.backup.current;
    let mut manifest = Err(anyhow::anyhow!("nothing was copied"));
    let file = Db::create_archive(draft)?;
    let saved = archive::save(&store.facts, &file, |content| {
        let made = describe(config, now, content);
        let sealed = seal(&key, &made);
        manifest = Ok(made);
        sealed
    });
    let saved = saved.await;
    file.close().await;
    saved?;
    manifest
}

fn describe(config: &RealmConfig, now: i64, content: Content) -> Manifest {
    Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        realm: config.name.clone(),
        issuer: config.issuer.clone(),
        made_at: now,
        content,
    }
}

fn seal(key: &[u8; 32], manifest: &Manifest) -> Sealed {
    let manifest = to_json(manifest);
    Sealed { key_check: key_check(key), seal: mac_of(key, &manifest), manifest }
}

/// A value that shows whether a backup was made with a key, without revealing the key.
pub(super) fn key_check(key: &[u8; 32]) -> String {
    URL_SAFE_NO_PAD.encode(secret::hmac(key, &["key check"]))
}

/// The MAC that authenticates a manifest.
pub(super) fn mac_of(key: &[u8; 32], manifest: &str) -> String {
    URL_SAFE_NO_PAD.encode(secret::hmac(key, &["manifest", manifest]))
}

/// The path of a draft beside the file, with a name that nobody else uses.
fn draft_of(path: &Path, random: &dyn Random) -> anyhow::Result<PathBuf> {
    let name = path.file_name().with_context(|| format!("{} is no file name", path.display()))?;
    Ok(path.with_file_name(format!(".{}.{}", name.to_string_lossy(), random::token(random))))
}

/// Gives the finished file its name. Fails if that name was taken meanwhile.
fn place(draft: &Path, path: &Path) -> io::Result<()> {
    File::open(draft)?.sync_all()?;
    fs::hard_link(draft, path)?;
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}
