//! Whether a realm is being served. Commands that replace its data check this first.

use std::time::Duration;

use anyhow::ensure;
use database::Opening;

use crate::{
    realm::{Realm, RealmConfig},
    store::{Store, servers},
};

/// How often a server records that it is running.
const PERIOD: Duration = Duration::from_secs(5);
/// How long to watch the records of servers that may have been killed: longer than a period, on a busy machine too.
const LOOK: Duration = Duration::from_secs(8);
const PAUSE: Duration = Duration::from_millis(250);

/// Records again and again, without end, that the server of this id serves the realm.
pub async fn tell(realm: &Realm, id: &str) {
    loop {
        // a failure is no reason to stop: the readiness check reports what is wrong with the database
        let _ = servers::beat(&realm.store.pending, id, realm.now()).await;
        tokio::time::sleep(PERIOD).await;
    }
}

/// Records that this server stops.
pub async fn leave(realm: &Realm, id: &str) {
    // after a failure the record stays, but no longer changes, which `is_served` sees
    let _ = servers::leave(&realm.store.pending, id).await;
}

/// Fails while any server serves the realm.
///
/// # Errors
/// When the realm is served, or when that can't be found out.
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
    // the record of a server that was killed does not change
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
