//! What the commands do.

use std::{net::TcpListener, sync::Arc};

use anyhow::{Context, bail};
use service::{
    clock::{SharedClock, SystemClock},
    program,
    random::{OsRandom, SharedRandom},
    telemetry::Format,
};

use crate::{
    flow::{accounts, setup},
    realm::{Realm, RealmConfig},
    serve,
};

/// How long a setup link works, seconds.
pub const SETUP_LINK_SECONDS: i64 = 24 * 3600;

pub(super) fn ambient() -> (SharedClock, SharedRandom) {
    (Arc::new(SystemClock), Arc::new(OsRandom))
}

/// Serves the realms until the process is told to stop.
pub async fn serve(realms: Vec<RealmConfig>, only: Option<&str>) -> anyhow::Result<()> {
    let shutdown = program::begin(Format::Json, "info").map_err(anyhow::Error::from_boxed)?;
    let realms: Vec<RealmConfig> =
        realms.into_iter().filter(|realm| only.is_none_or(|only| only == realm.name)).collect();
    if realms.is_empty() {
        bail!("there is no realm of that name");
    }
    // all or none: one realm that can't be opened must not cut another one off each time it is tried again
    let mut opened = Vec::new();
    for config in realms {
        let listen = config.listen;
        let listener = TcpListener::bind(listen).with_context(|| format!("{}: {listen}", config.name))?;
        let (clock, random) = ambient();
        let name = config.name.clone();
        let realm = Realm::open(config, clock, random).await.with_context(|| name)?;
        opened.push((realm, listener));
    }
    let mut serving = tokio::task::JoinSet::new();
    for (realm, listener) in opened {
        let (name, listen) = (&realm.config.name, realm.config.listen);
        tracing::info!(realm = name, issuer = realm.config.issuer, %listen, "serving");
        serving.spawn(serve::realm(realm, listener, ambient(), shutdown.clone()));
    }
    let mut outcome = Ok(());
    while let Some(ended) = serving.join_next().await {
        // one listener that fails takes the process down, so that whoever watches it notices; the others finish first
        if let Err(error) = ended.map_err(anyhow::Error::from).and_then(|served| Ok(served?)) {
            shutdown.fire();
            outcome = outcome.and(Err(error));
        }
    }
    outcome
}

/// Prints a new setup link.
pub async fn setup_link(realms: Vec<RealmConfig>, name: &str, role: &str) -> anyhow::Result<()> {
    let realm = open(realms, name).await?;
    if !realm.config.roles.contains_key(role) {
        let roles: Vec<&str> = realm.config.roles.keys().map(String::as_str).collect();
        bail!("realm `{name}` has no role `{role}`; it has {}", roles.join(", "));
    }
    println!("{}", setup::issue_link(&realm, role, SETUP_LINK_SECONDS).await?);
    Ok(())
}

/// Disables an account.
pub async fn disable_user(realms: Vec<RealmConfig>, name: &str, email: &str) -> anyhow::Result<()> {
    let realm = open(realms, name).await?;
    if !accounts::disable(&realm, email).await? {
        bail!("realm `{name}` has no active account with that address");
    }
    println!("disabled");
    Ok(())
}

/// Clears what failed attempts ran up.
pub async fn unlock_user(realms: Vec<RealmConfig>, name: &str, email: &str) -> anyhow::Result<()> {
    let realm = open(realms, name).await?;
    if !accounts::unlock(&realm, email).await? {
        bail!("realm `{name}` has no account with that address");
    }
    println!("unlocked");
    Ok(())
}

/// Prints a link back into an account whose second factor is lost.
pub async fn reset_factors(realms: Vec<RealmConfig>, name: &str, email: &str) -> anyhow::Result<()> {
    let realm = open(realms, name).await?;
    let Some(link) = accounts::reset_factors(&realm, email, SETUP_LINK_SECONDS).await? else {
        bail!("realm `{name}` has no active account with that address");
    };
    println!("{link}");
    Ok(())
}

pub(super) async fn open(realms: Vec<RealmConfig>, name: &str) -> anyhow::Result<Arc<Realm>> {
    let config = realms.into_iter().find(|realm| realm.name == name);
    let config = config.with_context(|| format!("there is no realm `{name}`"))?;
    let (clock, random) = ambient();
    Realm::open(config, clock, random).await
}
