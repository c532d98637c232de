//! Runs a realm: its listener and its background jobs.

use std::{net::TcpListener, sync::Arc, time::Duration};

use clock::{SharedClock, random::SharedRandom};
use runtime::shutdown::Shutdown;
use web::server;

use crate::{
    flow::{
        clocks::{self, Finding},
        deletion, issued, outbox, profile, served, signing_keys,
    },
    http::routes,
    realm::Realm,
    store::{
        addresses::{self, Double},
        reaper,
    },
};

/// How long connections to the databases may take to close.
const CLOSE: Duration = Duration::from_secs(5);
/// How often expired rows are removed, and accounts without a username get one.
const REAPER_PERIOD: Duration = Duration::from_mins(5);

/// Serves the realm until shutdown and runs its jobs meanwhile.
pub async fn realm(
    realm: Arc<Realm>,
    listener: TcpListener,
    ambient: (SharedClock, SharedRandom),
    shutdown: Shutdown,
) -> std::io::Result<()> {
    for warning in &realm.config.warnings {
        tracing::warn!(realm = realm.config.name, "{warning}");
    }
    let id = realm.new_id();
    tell_doubles(&realm).await;
    let jobs = [
        tokio::spawn(tell(realm.clone(), id.clone())),
        tokio::spawn(outbox::run(realm.clone(), shutdown.clone())),
        tokio::spawn(reap(realm.clone(), shutdown.clone())),
        tokio::spawn(look_after_keys(realm.clone(), shutdown.clone())),
        tokio::spawn(look_after_clock(realm.clone(), shutdown.clone())),
        tokio::spawn(write_issued(realm.clone(), shutdown.clone())),
    ];
    let router = routes::router(&realm, ambient.0, ambient.1);
    let outcome = server::serve(listener, router, realm.config.listener.clone(), shutdown).await;
    for job in jobs {
        job.abort();
    }
    // the events of the last answers are recorded too; a database that hangs must not delay the shutdown
    if !matches!(tokio::time::timeout(CLOSE, realm.issued.write(&realm.store.facts)).await, Ok(Ok(0))) {
        tracing::error!(realm = realm.config.name, "events of issued tokens could not be written");
    }
    let close = async {
        served::leave(&realm, &id).await;
        realm.store.close().await;
    };
    let _ = tokio::time::timeout(CLOSE, close).await;
    outcome
}

async fn tell(realm: Arc<Realm>, id: String) {
    served::tell(&realm, &id).await;
}

/// Logs each account that nobody can sign in to because another account has its address in another form.
async fn tell_doubles(realm: &Realm) {
    let realm_name = &realm.config.name;
    match addresses::doubles(&realm.store.facts).await {
        Ok(doubles) => {
            for Double { id, holder_id, .. } in doubles {
                let text = "two accounts have one address, written in two ways: see `idp user doubles`";
                tracing::warn!(realm = realm_name, account = id, keeps_it = holder_id, "{text}");
            }
        }
        Err(error) => {
            tracing::warn!(
                realm = realm_name, %error,
                "the search for accounts that share an address failed"
            );
        }
    }
}

async fn look_after_keys(realm: Arc<Realm>, shutdown: Shutdown) {
    signing_keys::run(&realm, shutdown).await;
}

async fn look_after_clock(realm: Arc<Realm>, shutdown: Shutdown) {
    clocks::run(&realm, shutdown).await;
}

async fn write_issued(realm: Arc<Realm>, shutdown: Shutdown) {
    issued::run(&realm, shutdown).await;
}

async fn reap(realm: Arc<Realm>, shutdown: Shutdown) {
    let mut ticks = tokio::time::interval(REAPER_PERIOD);
    while !shutdown.is_fired() {
        ticks.tick().await;
        // nothing expires by a clock that is known to be wrong
        if matches!(clocks::compare(&realm).await, Ok(Finding::Apart(_))) {
            continue;
        }
        match reaper::reap(&realm.store, realm.now(), realm.config.audit_retention).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(realm = realm.config.name, removed, "expired rows removed"),
            Err(error) => {
                tracing::warn!(
                    realm = realm.config.name, %error,
                    "expired rows could not be removed; the next round tries again"
                );
            }
        }
        match deletion::carry_out(&realm).await {
            Ok(0) => {}
            Ok(deleted) => {
                tracing::info!(realm = realm.config.name, deleted, "accounts of people who left deleted");
            }
            Err(error) => {
                tracing::warn!(
                    realm = realm.config.name, %error,
                    "accounts of people who left could not be deleted; the next round tries again"
                );
            }
        }
        match profile::name_the_unnamed(&realm).await {
            Ok(0) => {}
            Ok(named) => tracing::info!(realm = realm.config.name, named, "accounts got their usernames"),
            Err(error) => {
                tracing::warn!(
                    realm = realm.config.name, %error,
                    "older accounts could not be given usernames; the next round tries again"
                );
            }
        }
    }
}
