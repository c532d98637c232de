//! `idp backup` and `idp restore`.

use std::path::Path;

use anyhow::Context;
use service::random;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::commands::{ambient, open};
use crate::{
    flow::{backup, restore, signing_keys},
    realm::RealmConfig,
};

/// Makes a backup.
pub async fn backup(realms: Vec<RealmConfig>, name: &str, file: &Path) -> anyhow::Result<()> {
    let config = find(&realms, name)?;
    let (clock, random) = ambient();
    let manifest = backup::back_up(config, random.as_ref(), clock.now(), file).await?;
    let rows: i64 = manifest.content.rows.values().sum();
    println!("{name}  {rows} rows, schema {}  {}", manifest.content.schema, file.display());
    Ok(())
}

/// Restores one, and makes the realm's new signing keys.
pub async fn restore(realms: Vec<RealmConfig>, name: &str, file: &Path, replace: bool) -> anyhow::Result<()> {
    let config = find(&realms, name)?;
    let (clock, random) = ambient();
    let now = clock.now();
    let id = random::uuid_v7(now, random.as_ref());
    let manifest = restore::restore(config, file, replace, (id, now)).await?;
    let made = OffsetDateTime::from_unix_timestamp(manifest.made_at)?.format(&Rfc3339)?;
    println!("{name}  restored as of {made}; everybody has to sign in again");
    let realm = open(realms, name).await?;
    signing_keys::tend(&realm).await.context("the data is restored; the signing keys are made at the start")
}

fn find<'a>(realms: &'a [RealmConfig], name: &str) -> anyhow::Result<&'a RealmConfig> {
    realms.iter().find(|realm| realm.name == name).with_context(|| format!("there is no realm `{name}`"))
}
