//! `idp migrate`: the schema of a realm's database. `serve` brings it up by itself; these commands are for looking, for
//! bringing it up before a new version serves, and for going back to an earlier one.

use anyhow::{Context, bail};

use crate::{
    realm::RealmConfig,
    store::{Store, migrations::FACTS},
};

/// Says where the schemas stand; fails when one isn't the one that this program works on.
pub async fn status(realms: Vec<RealmConfig>, only: Option<&str>) -> anyhow::Result<()> {
    let mut all_current = true;
    for realm in chosen(realms, only)? {
        for (what, level) in ["facts", "pending"].into_iter().zip(connect(&realm).await?.levels().await?) {
            let state = match level.applied - level.known {
                0 => "current",
                ..0 => "behind: run `idp migrate up`",
                1.. => "newer than this program",
            };
            println!("{}  {what:<7}  {} of {}  {state}", realm.name, level.applied, level.known);
            all_current &= level.is_current();
        }
    }
    if all_current { Ok(()) } else { bail!("not every schema is current") }
}

/// Brings the schemas up.
pub async fn up(realms: Vec<RealmConfig>, only: Option<&str>) -> anyhow::Result<()> {
    for realm in chosen(realms, only)? {
        connect(&realm).await?.migrate().await?;
        println!("{}  current", realm.name);
    }
    Ok(())
}

/// Takes the facts' steps above `version` back and all of the pending state's, if that is confirmed.
pub async fn down(realms: Vec<RealmConfig>, name: &str, version: i64, confirmed: bool) -> anyhow::Result<()> {
    let realm = chosen(realms, Some(name))?.pop().context("a realm")?;
    let store = connect(&realm).await?;
    let [facts, pending] = store.levels().await?;
    for (level, lowest) in [(&facts, version), (&pending, 0)] {
        if !(0..=level.applied).contains(&lowest) || level.applied > level.known {
            let (applied, known) = (level.applied, level.known);
            bail!(
                "the schema is at {applied} and this program knows {known}: there is no way down to {lowest}"
            );
        }
    }
    let steps = FACTS.iter().rev().filter(|step| step.version > version && step.version <= facts.applied);
    for step in steps {
        println!("{name}  takes back {}", step.name);
    }
    println!("{name}  gives up what is half-finished");
    if !confirmed {
        bail!("what these steps added is lost with them: stop every replica, make a backup, then add --yes");
    }
    store.migrate_down(version).await?;
    println!("{name}  at {version}");
    Ok(())
}

async fn connect(realm: &RealmConfig) -> anyhow::Result<Store> {
    Store::connect(&realm.database).await.with_context(|| format!("{}: {:?}", realm.name, realm.database))
}

fn chosen(mut realms: Vec<RealmConfig>, only: Option<&str>) -> anyhow::Result<Vec<RealmConfig>> {
    realms.retain(|realm| only.is_none_or(|only| only == realm.name));
    if realms.is_empty() {
        bail!("there is no realm of that name");
    }
    Ok(realms)
}
