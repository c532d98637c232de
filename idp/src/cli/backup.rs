//! `idp backup` and `idp restore`.

use std::path::Path;

use anyhow::Context;
use clock::{random, when};
use serde_json::json;

use super::{
    output::Output,
    realms::{ambient, named},
};
use crate::{
    flow::{backup, restore, signing_keys},
    realm::{Realm, RealmConfig},
};

pub async fn backup(realms: Vec<RealmConfig>, name: &str, file: &Path, output: Output) -> anyhow::Result<()> {
    let config = named(realms, name)?;
    let (clock, random) = ambient();
    let manifest = backup::back_up(&config, random.as_ref(), clock.now(), file).await?;
    let (schema, rows): (i64, i64) = (manifest.content.schema, manifest.content.rows.values().sum());
    let made_at = when::iso(manifest.made_at);
    let json = json!({ "realm": name, "file": file, "rows": rows, "schema": schema, "made_at": made_at });
    let text = format!("{name}  {rows} rows, schema {schema}  {}", file.display());
    output.made(&text, &json, &format!("it is in {}", file.display()))
}

/// Restores a backup, and makes the realm's new signing keys.
pub async fn restore(
    realms: Vec<RealmConfig>,
    name: &str,
    file: &Path,
    replace: bool,
    output: Output,
) -> anyhow::Result<()> {
    let config = named(realms, name)?;
    let (clock, random) = ambient();
    let now = clock.now();
    let id = random::uuid_v7(now, random.as_ref());
    let manifest = restore::restore(&config, file, replace, id, now).await?;
    let maintained = match Realm::open(config, clock, random).await {
        Ok(realm) => signing_keys::maintain(&realm).await,
        Err(error) => Err(error),
    };
    let made_at = when::iso(manifest.made_at);
    let text = format!("{name}  restored as of {made_at}; everybody has to sign in again");
    output.done(&text, &json!({ "realm": name, "restored_as_of": made_at }))?;
    maintained.context("the data is restored; the signing keys are made at the start")
}
