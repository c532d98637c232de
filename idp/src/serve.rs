//! A realm at work: its listener and its jobs.

use std::{net::TcpListener, sync::Arc, time::Duration};

use service::{
    clock::SharedClock,
    http::server::{self, Limits},
    random::SharedRandom,
    shutdown::Shutdown,
};

use crate::{
    flow::{logout_delivery, signing_keys},
    http::routes,
    realm::Realm,
    store::{
        addresses::{self, Double},
        reaper,
    },
};

/// How long connections to the databases may take to close.
const CLOSE: Duration = Duration::from_secs(5);
/// How often expired rows are removed.
const REAPER_PERIOD: Duration = Duration::from_mins(5);

/// Serves the realm until shutdown, with its jobs beside it.
pub async fn realm(
    realm: Arc<Realm>,
    listener: TcpListener,
    ambient: (SharedClock, SharedRandom),
    shutdown: Shutdown,
) -> std::io::Result<()> {
    tell_doubles(&realm).await;
    let jobs = [
        tokio::spawn(logout_delivery::run(realm.clone(), shutdown.clone())),
        tokio::spawn(reap(realm.clone(), shutdown.clone())),
        tokio::spawn(look_after_keys(realm.clone(), shutdown.clone())),
    ];
    let router = routes::router(&realm, ambient.0, ambient.1);
    let served = server::serve(listener, router, Limits::default(), shutdown).await;
    for job in jobs {
        job.abort();
    }
    // a server that hangs must not keep us from ending
    let _ = tokio::time::timeout(CLOSE, realm.store.close()).await;
    served
}

/// Tells of accounts that nobody can sign in to, because another one has their address in another form.
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
            tracing::warn!(realm = realm_name, %error, "nobody looked for accounts with one address")
        }
    }
}

async fn look_after_keys(realm: Arc<Realm>, shutdown: Shutdown) {
    signing_keys::run(&realm, shutdown).await;
}

async fn reap(realm: Arc<Realm>, shutdown: Shutdown) {
    let mut ticks = tokio::time::interval(REAPER_PERIOD);
    while !shutdown.is_fired() {
        ticks.tick().await;
        match reaper::reap(&realm.store, realm.now()).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(realm = realm.config.name, removed, "expired rows removed"),
            Err(error) => tracing::warn!(realm = realm.config.name, %error, "the reaper rests"),
        }
    }
}
