//! Whether a realm is being served, for what takes its data away from under a server.

use std::time::Duration;

use anyhow::ensure;
use database::Opening;

use crate::{
    realm::{Realm, RealmConfig},
    store::{Store, servers},
};

/// How often a server says that it is there.
const PERIOD: Duration = Duration::from_secs(5);
/// How long somebody looks who finds one that may have been killed: longer than a period, on a busy machine too.
const LOOK: Duration = Duration::from_secs(8);
const PAUSE: Duration = Duration::from_millis(250);

/// Says again and again that this realm is served, by the server of that id.
pub async fn tell(realm: &Realm, id: &str) {
    loop {
        // that it can't be said is no reason to stop: readiness tells what is wrong with the database
        let _ = servers::beat(&realm.store.pending, id, realm.now()).await;
        tokio::time::sleep(PERIOD).await;
    }
}

/// Says that this server stops.
pub async fn leave(realm: &Realm, id: &str) {
    // who can't say it is found out by not counting on
    let _ = servers::leave(&realm.store.pending, id).await;
}

/// Refuses while anybody serves the realm.
///
/// # Errors
/// That it is served, or that nobody can know.
pub async fn ensure_stopped(config: &RealmConfig) -> anyhow::Result<()> {
    let pending = Store::connect_pending(&config.database).await;
    let Some(pending) = pending.map_err(|error| Opening::of(&config.database, &error))? else {
        return Ok(());
    };
    let is_served = is_served(&pending).await;
    pending.close().await;
    ensure!(!is_served?, "realm `{}` is being served: stop every program that serves it first", config.name);
    Ok(())
}

async fn is_served(pending: &database::Db) -> database::Result<bool> {
    let first = servers::beats(pending).await?;
    let mut looked = Duration::ZERO;
    // whoever was killed stands still
    while !first.is_empty() && looked < LOOK {
        tokio::time::sleep(PAUSE).await;
        looked += PAUSE;
        let now = servers::beats(pending).await?;
        if now.iter().any(|beat| !first.contains(beat)) {
            return Ok(true);
        }
    }
    Ok(false)
}
