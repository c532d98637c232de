//! Slowing down whoever guesses: each attempt is counted before it is checked (W8, W9, MF3).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::secret;

use super::{Error, Result};
use crate::{
    authn::throttle::{self, Bucket, Key},
    realm::Realm,
    session::Visit,
    store::{
        attempts::{self, Count},
        sessions,
    },
};

/// How often a count is judged anew when parallel attempts change it in between; beyond that the attempt waits.
const TRIES: usize = 64;

/// Counts a password attempt for an address (e-mail) as typed, whether or not it has an account. A browser that
/// signed in to the account before is not held up by strangers. The answer is for [`succeeded`].
pub async fn password(realm: &Realm, visit: &Visit, email: &str, user_id: Option<&str>) -> Result<Vec<Key>> {
    let familiar = match user_id {
        Some(id) => sessions::knows_browser(&realm.store.facts, id, &visit.browser_hash()).await?,
        None => false,
    };
    count(realm, &throttle::password_keys(email, visit.origin.address, familiar)).await?;
    // the right password clears every count of the account, also what strangers ran up
    Ok(throttle::password_keys(email, visit.origin.address, false))
}

/// Counts an attempt at an account's second factor: one count for all its factors, whatever the source.
pub async fn second_factor(realm: &Realm, user_id: &str) -> Result<Vec<Key>> {
    let keys = vec![throttle::second_factor_key(user_id)];
    count(realm, &keys).await?;
    Ok(keys)
}

/// Counts a failed client secret, or a registration, against the address it came from.
pub async fn address(realm: &Realm, what: &str, address: std::net::IpAddr) -> Result<()> {
    count(realm, &[throttle::address_key(what, address)]).await
}

/// After a success the account's counts are gone; what many accounts share gets only this attempt back.
pub async fn succeeded(realm: &Realm, keys: &[Key]) -> Result<()> {
    for key in keys {
        match key.bucket {
            Bucket::Address => attempts::give_back(&realm.store.facts, &stored(realm, key)).await?,
            _ => attempts::forgive(&realm.store.facts, &stored(realm, key)).await?,
        }
    }
    Ok(())
}

/// After an attempt that could not be checked: it was nobody's failure.
pub async fn take_back(realm: &Realm, keys: &[Key]) -> Result<()> {
    for key in keys {
        attempts::give_back(&realm.store.facts, &stored(realm, key)).await?;
    }
    Ok(())
}

/// The name a count is stored under: keyed, so that whoever reads the database can't guess whose it is.
fn stored(realm: &Realm, key: &Key) -> String {
    URL_SAFE_NO_PAD.encode(secret::hmac(&realm.secrets.counting, &[&key.key]))
}

async fn count(realm: &Realm, keys: &[Key]) -> Result<()> {
    for key in keys {
        count_one(realm, key).await?;
    }
    Ok(())
}

async fn count_one(realm: &Realm, key: &Key) -> Result<()> {
    let limits = key.bucket.limits();
    let facts = &realm.store.facts;
    let name = stored(realm, key);
    for _ in 0..TRIES {
        let now = realm.now();
        let seen = attempts::read(facts, &name).await?;
        let failures = seen.map_or(0, |count| limits.left(count.failures, count.last_at, now));
        let open_at = limits.open_at(failures, seen.map_or(0, |count| count.last_at));
        if open_at > now {
            return Err(Error::Wait { until: open_at });
        }
        if attempts::advance(facts, &name, seen, Count { failures: failures + 1, last_at: now }).await? {
            return Ok(());
        }
    }
    Err(Error::Wait { until: realm.now() + 1 })
}
