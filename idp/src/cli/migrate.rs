//! `idp migrate`: the schemas of a realm's databases. `serve` migrates them by itself. These commands show their
//! versions, migrate them before a new program serves, and go back to an earlier version.

use anyhow::{Context, bail};
use database::Opening;
use serde_json::json;

use super::{
    output::{Output, Table},
    realms::{chosen, named},
};
use crate::{
    flow::served,
    realm::RealmConfig,
    store::{Store, migrations::FACTS},
};

/// Shows the versions of the schemas. Fails when one isn't the version of this program.
pub async fn status(realms: Vec<RealmConfig>, only: Option<&str>, output: Output) -> anyhow::Result<()> {
    let (mut table, mut all) = (Table::new(&["REALM", "SCHEMA", "VERSION", "STATE"]), Vec::new());
    let mut all_current = true;
    for realm in chosen(realms, only)? {
        for (what, level) in ["facts", "pending"].into_iter().zip(connect(&realm).await?.levels().await?) {
            let (state, advice) = match level.applied - level.known {
                0 => ("current", "current"),
                ..0 => ("behind", "behind: run `idp migrate up`"),
                1.. => ("newer", "newer than this program"),
            };
            let (name, applied, known) = (&realm.name, level.applied, level.known);
            table.row(&[name, what, &format!("{applied} of {known}"), advice]);
            all.push(
                json!({ "realm": name, "schema": what, "applied": applied, "known": known, "state": state }),
            );
            all_current &= level.is_current();
        }
    }
    output.show(&table.to_string(), &json!({ "schemas": all }))?;
    if all_current { Ok(()) } else { bail!("not every schema is current") }
}

/// Migrates the schemas to this program's version.
pub async fn up(realms: Vec<RealmConfig>, only: Option<&str>, output: Output) -> anyhow::Result<()> {
    let (mut lines, mut names) = (Vec::new(), Vec::new());
    for realm in chosen(realms, only)? {
        connect(&realm).await?.migrate().await?;
        lines.push(format!("{}  current", realm.name));
        names.push(realm.name);
    }
    output.done(&lines.join("\n"), &json!({ "current": names }))
}

/// Reverts the steps of the facts above `version`, and all steps of the pending sign-ins, if `confirmed`.
pub async fn down(
    realms: Vec<RealmConfig>,
    name: &str,
    version: i64,
    confirmed: bool,
    output: Output,
) -> anyhow::Result<()> {
    let realm = named(realms, name)?;
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
    let steps: Vec<&str> = steps.map(|step| step.name).collect();
    let mut lines: Vec<String> = steps.iter().map(|step| format!("{name}  takes back {step}")).collect();
    lines.push(format!("{name}  gives up what is half-finished"));
    let answer = |done: bool| json!({ "realm": name, "takes_back": steps, "to": version, "done": done });
    if !confirmed {
        output.show(&lines.join("\n"), &answer(false))?;
        bail!("what these steps added is lost with them: stop every replica, make a backup, then add --yes");
    }
    served::ensure_stopped(&realm).await?;
    store.migrate_down(version).await?;
    lines.push(format!("{name}  at {version}"));
    output.done(&lines.join("\n"), &answer(true))
}

async fn connect(realm: &RealmConfig) -> anyhow::Result<Store> {
    let connected = Store::connect(&realm.database).await;
    let store = connected.map_err(|error| Opening::of(&realm.database, &error));
    store.with_context(|| format!("realm `{}`", realm.name))
}
