//! `idp serve`

use anyhow::Context;
use runtime::{program, telemetry::Format};

use super::realms::{ambient, chosen};
use crate::{
    realm::{Realm, RealmConfig},
    serve,
};

/// Serves the realms until the process is told to stop.
pub async fn serve(realms: Vec<RealmConfig>, only: Option<&str>) -> anyhow::Result<()> {
    let shutdown = program::begin(Format::Json, "info").map_err(anyhow::Error::from_boxed)?;
    // opens all realms before it serves any: a realm that can't be opened must not interrupt the others at each restart
    let mut opened = Vec::new();
    for config in chosen(realms, only)? {
        let listen = config.listen;
        let listener = program::listen(listen).with_context(|| format!("realm `{}`", config.name))?;
        let (clock, random) = ambient();
        let realm = Realm::open(config, clock, random).await?;
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
        // when one listener fails the process ends, so that its supervisor notices; the other realms finish first
        if let Err(error) = ended.map_err(anyhow::Error::from).and_then(|served| Ok(served?)) {
            shutdown.fire();
            outcome = outcome.and(Err(error));
        }
    }
    outcome
}
