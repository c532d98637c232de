//! Slowing down whoever guesses: each attempt is counted before it is checked (W8, W9, MF3).

use std::net::IpAddr;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use cache::Limiter;
use protocol::secret;

use super::{Error, Result};
use crate::{
    authn::throttle::{self, Bucket, Key},
    realm::Realm,
    session::Visit,
    store::{
        attempts::{self, Count, Counter},
        sessions,
    },
};

/// How often a count is judged anew when parallel attempts change it in between; beyond that the attempt waits.
const TRIES: usize = 64;

/// An attempt that was counted in one place, and what that place held before.
#[derive(Debug)]
pub struct Counted {
    key: Key,
    before: Option<Count>,
    now: Count,
}

/// Counts a password attempt for an address (e-mail) as typed, whether or not it has an account. A browser that
/// signed in to the account before is not held up by strangers, until it has failed so often that it is one itself.
pub async fn password(
    realm: &Realm,
    visit: &Visit,
    email: &str,
    user_id: Option<&str>,
) -> Result<Vec<Counted>> {
    let source = visit.origin.address;
    let browser = visit.browser_hash();
    // nobody's id for an address without an account, so that it costs the same look (S24)
    let known = sessions::knows_browser(&realm.store.facts, user_id.unwrap_or_default(), &browser).await?;
    if known {
        match count(realm, throttle::familiar_keys(email, source, &browser)).await {
            Err(Error::Wait { until: i64::MAX }) => {}
            counted => return counted,
        }
    }
    count(realm, throttle::stranger_keys(email, source)).await
}

/// After the right password: it also clears what strangers ran up for the account, and makes the browser known again.
pub async fn password_succeeded(
    realm: &Realm,
    visit: &Visit,
    email: &str,
    counted: &[Counted],
) -> Result<()> {
    succeeded(realm, counted).await?;
    for key in [throttle::account_key(email), throttle::browser_key(email, &visit.browser_hash())] {
        attempts::forgive(&realm.store.facts, &stored(realm, &key.key)).await?;
    }
    Ok(())
}

/// Counts an attempt at an account's second factor: one count for all its factors, whatever the source.
pub async fn second_factor(realm: &Realm, user_id: &str) -> Result<Vec<Counted>> {
    count(realm, vec![throttle::second_factor_key(user_id)]).await
}

/// Counts a failed client secret, or a registration, against the address it came from.
pub async fn address(realm: &Realm, what: &str, address: IpAddr) -> Result<()> {
    count(realm, vec![throttle::address_key(what, address)]).await.map(drop)
}

/// One more request of a kind from an address, whatever it is about: admitted, or one too many.
pub async fn request(realm: &Realm, kind: &str, limiter: &Limiter, address: IpAddr) -> Result<()> {
    let (name, now) = (stored(realm, &[kind, &throttle::place(address)].join("\u{1f}")), realm.now());
    if limiter.admit(&name, now).await? {
        return Ok(());
    }
    Err(Error::TooMany { until: now + limiter.pace().retry_seconds() })
}

/// After a success the account's counts are gone; what many accounts share gets only this attempt back.
pub async fn succeeded(realm: &Realm, counted: &[Counted]) -> Result<()> {
    let facts = &realm.store.facts;
    for Counted { key, .. } in counted {
        match key.bucket {
            Bucket::Address => give_back(realm, key).await?,
            _ => attempts::forgive(facts, &stored(realm, &key.key)).await?,
        }
    }
    Ok(())
}

/// After an attempt that could not be checked: it was nobody's failure, and nobody waits longer for it.
pub async fn take_back(realm: &Realm, counted: &[Counted]) -> Result<()> {
    let facts = &realm.store.facts;
    for Counted { key, before, now } in counted {
        let name = stored(realm, &key.key);
        let before = before.unwrap_or(Count { failures: 0, ..*now });
        // others may have counted on from here: then theirs stay
        if !attempts::advance(facts, name.as_str(), Some(*now), before).await? {
            give_back(realm, key).await?;
        }
    }
    Ok(())
}

async fn give_back(realm: &Realm, key: &Key) -> Result<()> {
    let weight = key.bucket.limits().weight();
    Ok(attempts::give_back(&realm.store.facts, &stored(realm, &key.key), weight).await?)
}

/// Ends every wait of the accounts with these identifiers or ids, whoever ran it up.
pub async fn forgive(realm: &Realm, accounts: &[&str]) -> Result<()> {
    for account in accounts {
        let name = stored(realm, &throttle::account_name(account));
        attempts::forgive_account(&realm.store.facts, &name).await?;
    }
    Ok(())
}

/// The name something is stored under: keyed, so that whoever reads the database can't guess whose it is.
fn stored(realm: &Realm, name: &str) -> String {
    URL_SAFE_NO_PAD.encode(secret::hmac(&realm.secrets.counting, &[name]))
}

/// Counts an attempt in all its places, or in none: one that is refused is nobody's failure.
async fn count(realm: &Realm, keys: Vec<Key>) -> Result<Vec<Counted>> {
    let mut counted = Vec::with_capacity(keys.len());
    for key in keys {
        match count_one(realm, key).await {
            Ok(one) => counted.push(one),
            Err(refused) => {
                take_back(realm, &counted).await?;
                return Err(refused);
            }
        }
    }
    Ok(counted)
}

async fn count_one(realm: &Realm, key: Key) -> Result<Counted> {
    let limits = key.bucket.limits();
    let facts = &realm.store.facts;
    let name = stored(realm, &key.key);
    let account = key.account.as_ref().map(|account| stored(realm, account));
    let counter = Counter { key: &name, account: account.as_deref() };
    for _ in 0..TRIES {
        let now = realm.now();
        let before = attempts::read(facts, &name).await?;
        let left = before.map_or(0, |count| limits.left(count.failures, count.last_at, now));
        let last_at = before.map_or(0, |count| count.last_at);
        let open_at = limits.open_at(left, last_at);
        // who owes no wait doesn't wait for the clock of another replica either, which may be ahead
        if open_at > now.max(last_at) {
            return Err(Error::Wait { until: open_at });
        }
        let next = Count { failures: left.saturating_add(limits.weight()), last_at: now };
        if attempts::advance(facts, counter, before, next).await? {
            return Ok(Counted { key, before, now: next });
        }
    }
    Err(Error::Wait { until: realm.now() + 1 })
}
