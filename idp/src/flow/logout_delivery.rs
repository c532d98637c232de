//! Delivering back-channel logout notices from the outbox (OUT-3, L4).
//!
//! Each relying party has a lane of its own, so that one that hangs does not delay the notices of others. One worker at
//! a time takes a notice; if it dies, another takes the notice later. A relying party that doesn't answer is tried
//! again at growing intervals. Its notice is given up after a day.

use std::{collections::HashMap, sync::Arc, time::Duration};

use http::HeaderMap;
use protocol::{
    jose,
    logout::{self, LogoutSubject},
};
use runtime::shutdown::Shutdown;
use serde_json::Map;
use tokio::task::{self, JoinSet};

use super::Result;
use crate::{
    realm::Realm,
    store::logout::{self as outbox, Delivery},
};

/// How often the outbox is read when nothing wakes the job.
const PERIOD: Duration = Duration::from_secs(5);
/// How long a notice belongs to the worker that took it, in seconds: longer than a try, whose time-out is 5 s.
const LEASE_SECONDS: i64 = 10;
/// The waits between tries, in seconds. After the last of them a notice is given up.
const RETRY_SECONDS: [i64; 8] = [5, 15, 60, 300, 1800, 7200, 21600, 57600];

/// Delivers notices as they come, and notices that are due again, until shutdown.
pub async fn run(realm: Arc<Realm>, shutdown: Shutdown) {
    let mut lanes = Lanes::default();
    while !shutdown.is_fired() {
        match outbox::due_clients(&realm.store.facts, realm.now()).await {
            Ok(clients) => clients.into_iter().for_each(|client| lanes.open(&realm, client)),
            Err(error) => {
                tracing::warn!(
                    realm = realm.config.name, %error,
                    "the logout outbox could not be read; the next round tries again"
                );
            }
        }
        tokio::select! {
            () = realm.outbox.notified() => {}
            // a notice that came during the lane's last try is still due
            () = lanes.one_ends() => {}
            () = tokio::time::sleep(PERIOD) => {}
        }
    }
}

/// The relying parties that notices are being sent to now.
#[derive(Default)]
struct Lanes {
    tasks: JoinSet<()>,
    clients: HashMap<task::Id, String>,
}

impl Lanes {
    fn open(&mut self, realm: &Arc<Realm>, client_id: String) {
        if self.clients.values().any(|open| *open == client_id) {
            return;
        }
        let lane = self.tasks.spawn(lane(realm.clone(), client_id.clone()));
        self.clients.insert(lane.id(), client_id);
    }

    /// Waits until a lane is done, or for ever when none is open.
    async fn one_ends(&mut self) {
        match self.tasks.join_next_with_id().await {
            Some(Ok((id, ()))) => self.clients.remove(&id),
            Some(Err(error)) => self.clients.remove(&error.id()),
            None => std::future::pending().await,
        };
    }
}

/// Tries the notices due for one relying party, a few at once, until none is due.
async fn lane(realm: Arc<Realm>, client_id: String) {
    loop {
        match try_some(&realm, &client_id).await {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => {
                let realm = realm.config.name.as_str();
                tracing::warn!(
                    realm,
                    client_id,
                    error = format!("{error:#}"),
                    "a due logout notice could not be read or signed; the next round tries again"
                );
                return tokio::time::sleep(PERIOD).await;
            }
        }
    }
}

/// Tries some of the due notices; returns how many.
async fn try_some(realm: &Arc<Realm>, client_id: &str) -> anyhow::Result<usize> {
    let mut tries = JoinSet::new();
    for id in outbox::due_of(&realm.store.facts, client_id, realm.now()).await? {
        let realm = realm.clone();
        tries.spawn(async move { deliver(&realm, &id).await });
    }
    let count = tries.len();
    let mut outcome = Ok(count);
    while let Some(ended) = tries.join_next().await {
        // a notice that fails doesn't stop the others
        if let Err(error) = ended.map_err(anyhow::Error::from).and_then(|done| Ok(done?)) {
            outcome = Err(error);
        }
    }
    outcome
}

/// Tries one notice, unless another worker has it.
async fn deliver(realm: &Realm, id: &str) -> Result<()> {
    let now = realm.now();
    match outbox::take(&realm.store.facts, id, now, now + LEASE_SECONDS).await? {
        Some(delivery) => settle(realm, &delivery).await,
        None => Ok(()),
    }
}

async fn settle(realm: &Realm, delivery: &Delivery) -> Result<()> {
    let facts = &realm.store.facts;
    let now = realm.now();
    let (name, client_id) = (realm.config.name.as_str(), delivery.client_id.as_str());
    match send(realm, delivery).await {
        Ok(()) => outbox::close(facts, &delivery.id, now).await?,
        Err(error) => {
            let retry = usize::try_from(delivery.attempts - 1).ok().and_then(|n| RETRY_SECONDS.get(n));
            if let Some(seconds) = retry {
                tracing::warn!(
                    realm = name, client_id, attempts = delivery.attempts, %error,
                    "logout notice not delivered"
                );
                outbox::put_off(facts, &delivery.id, now + seconds).await?;
            } else {
                tracing::error!(realm = name, client_id, %error, "logout notice given up");
                outbox::close(facts, &delivery.id, now).await?;
            }
        }
    }
    Ok(())
}

async fn send(realm: &Realm, delivery: &Delivery) -> anyhow::Result<()> {
    let client = realm.client(&delivery.client_id);
    let Some((client, uri)) =
        client.and_then(|client| client.backchannel_logout_uri.as_ref().map(|uri| (client, uri)))
    else {
        // the client is gone or no longer wants notices: nothing to do
        return Ok(());
    };
    let claims: Map<_, _> = logout::logout_token_claims(
        &realm.config.issuer,
        &client.id,
        LogoutSubject { sub: &delivery.user_id, sid: Some(&delivery.sid) },
        // each try has an id of its own: a try whose answer was lost has used its id up at the relying party (L3)
        &format!("{}.{}", delivery.id, delivery.attempts),
        realm.now(),
    );
    let keys = realm.keys.ready().await.ok_or_else(|| anyhow::anyhow!("no signing keys"))?;
    let token = keys.sign(client.id_token_alg, jose::LOGOUT_TOKEN, &claims)?;
    let answer = realm.outbound.post_form(uri, &[("logout_token", token.as_str())], HeaderMap::new()).await?;
    anyhow::ensure!(matches!(answer.status.as_u16(), 200 | 204), "answered {}", answer.status);
    Ok(())
}
