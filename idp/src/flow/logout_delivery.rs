//! Delivering back-channel logout notices from the outbox (OUT-3, L4).
//!
//! A notice is taken by one worker at a time; one that dies leaves it to the next. A relying party that doesn't answer
//! is tried again, ever more slowly, and given up after a day: it never holds up a sign-out or another party.

use http::HeaderMap;
use protocol::{
    jose,
    logout::{self, LogoutSubject},
};
use serde_json::Map;

use std::sync::Arc;

use tokio::{sync::Semaphore, task::JoinSet};

use super::{Error, Result};
use crate::{
    realm::Realm,
    store::logout::{self as outbox, Delivery},
};

/// Nobody else takes a notice while one try may still be under way (the outbound time-out is 5), seconds.
const LEASE_SECONDS: i64 = 10;
/// How many notices are under way at once.
const AT_ONCE: usize = 32;
/// After the last of these waits (seconds) a notice is given up.
const RETRY_SECONDS: [i64; 8] = [5, 15, 60, 300, 1800, 7200, 21600, 57600];

/// Tries every notice that is due; the answer is how many were taken.
pub async fn deliver_due(realm: &Arc<Realm>) -> Result<usize> {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut tries = JoinSet::new();
    for id in outbox::due(&realm.store.facts, realm.now()).await? {
        let (realm, places) = (realm.clone(), places.clone());
        tries.spawn(async move {
            let _place = places.acquire_owned().await;
            deliver(&realm, &id).await
        });
    }
    let mut taken = 0;
    while let Some(tried) = tries.join_next().await {
        taken += usize::from(tried.map_err(|error| Error::Internal(error.into()))??);
    }
    Ok(taken)
}

/// Tries one notice, if nobody else has it; a slow relying party only holds up its own.
async fn deliver(realm: &Realm, id: &str) -> Result<bool> {
    let now = realm.now();
    let Some(delivery) = outbox::take(&realm.store.facts, id, now, now + LEASE_SECONDS).await? else {
        return Ok(false);
    };
    settle(realm, &delivery).await?;
    Ok(true)
}

async fn settle(realm: &Realm, delivery: &Delivery) -> Result<()> {
    let facts = &realm.store.facts;
    let now = realm.now();
    let client_id = delivery.client_id.as_str();
    match send(realm, delivery).await {
        Ok(()) => outbox::close(facts, &delivery.id, now).await?,
        Err(error) => {
            let retry = usize::try_from(delivery.attempts - 1).ok().and_then(|n| RETRY_SECONDS.get(n));
            if let Some(seconds) = retry {
                tracing::warn!(client_id, attempts = delivery.attempts, %error, "logout notice not delivered");
                outbox::put_off(facts, &delivery.id, now + seconds).await?;
            } else {
                tracing::error!(client_id, %error, "logout notice given up");
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
        // a try whose answer was lost has used its id up at the relying party (L3)
        &format!("{}.{}", delivery.id, delivery.attempts),
        realm.now(),
    );
    let keys = realm.keys.ready().await.ok_or_else(|| anyhow::anyhow!("no signing keys"))?;
    let token = keys.sign(client.id_token_alg, jose::LOGOUT_TOKEN, &claims)?;
    let answer = realm.outbound.post_form(uri, &[("logout_token", token.as_str())], HeaderMap::new()).await?;
    anyhow::ensure!(matches!(answer.status.as_u16(), 200 | 204), "answered {}", answer.status);
    Ok(())
}
