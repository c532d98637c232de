//! Slowing down whoever guesses: each attempt is counted before it is checked (W8, W9, MF3).

use std::net::IpAddr;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use cache::Limiter;
use database::{Tx, again};
use protocol::secret;

use super::{Error, Result};
use crate::{
    authn::throttle::{self, Bucket, Key},
    realm::Realm,
    session::Visit,
    store::{
        attempts::{self, Count, Counter},
        audit::Event,
        sessions,
    },
};

const DAY: i64 = 24 * 3600;

/// An attempt that was counted in one place, and what that place held before.
#[derive(Debug)]
pub struct Counted {
    key: Key,
    before: Count,
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
        match count(realm, &throttle::familiar_keys(email, source, &browser)).await {
            Err(Error::Wait { until: i64::MAX }) => {}
            counted => return counted,
        }
    }
    count(realm, &throttle::stranger_keys(email, source)).await
}

/// After the right password, as part of signing in: it also clears what strangers ran up for the account, and makes the
/// browser known again.
pub async fn password_succeeded(
    realm: &Realm,
    tx: &mut Tx,
    visit: &Visit,
    email: &str,
    counted: &[Counted],
) -> Result<()> {
    // in the order in which attempts take hold of their counts, so that no two wait for each other
    let browser = throttle::browser_key(email, &visit.browser_hash());
    attempts::forgive(&mut *tx, &stored(realm, &browser.key)).await?;
    succeeded(realm, tx, counted).await?;
    Ok(attempts::forgive(tx, &stored(realm, &throttle::account_key(email).key)).await?)
}

/// Counts an attempt at an account's second factor: one count for all its factors, whatever the source.
pub async fn second_factor(realm: &Realm, user_id: &str) -> Result<Vec<Counted>> {
    count(realm, &[throttle::second_factor_key(user_id)]).await
}

/// Counts a failed client secret, or a registration, against the address it came from.
pub async fn address(realm: &Realm, what: &str, address: IpAddr) -> Result<()> {
    count(realm, &[throttle::address_key(what, address)]).await.map(drop)
}

/// One more request of a kind from an address, whatever it is about: admitted, or one too many.
pub async fn request(realm: &Realm, kind: &str, limiter: &Limiter, address: IpAddr) -> Result<()> {
    let (name, now) = (stored(realm, &[kind, &throttle::place(address)].join("\u{1f}")), realm.now());
    if limiter.admit(&name, now).await? {
        return Ok(());
    }
    Err(Error::TooMany { until: now + limiter.pace().retry_seconds() })
}

/// After a success, as part of what it leads to: the account's counts are gone; what many accounts share gets only this
/// attempt back.
pub async fn succeeded(realm: &Realm, tx: &mut Tx, counted: &[Counted]) -> Result<()> {
    for Counted { key, .. } in counted {
        let name = stored(realm, &key.key);
        match key.bucket {
            Bucket::Address => attempts::give_back(&mut *tx, &name, key.bucket.limits().weight()).await?,
            _ => attempts::forgive(&mut *tx, &name).await?,
        }
    }
    Ok(())
}

/// After an attempt that could not be checked: it was nobody's failure, and nobody waits longer for it.
pub async fn take_back(realm: &Realm, counted: &[Counted]) -> Result<()> {
    let facts = &realm.store.facts;
    for Counted { key, before, now } in counted {
        let name = stored(realm, &key.key);
        // others may have counted on from here: then theirs stay
        if !attempts::take_back(facts, &name, *now, *before).await? {
            attempts::give_back(facts, &name, key.bucket.limits().weight()).await?;
        }
    }
    Ok(())
}

/// Ends every wait of the accounts with these identifiers or ids, whoever ran it up.
pub async fn forgive(realm: &Realm, accounts: &[&str]) -> Result<()> {
    for account in accounts {
        let name = stored(realm, &throttle::account_name(account));
        attempts::forgive_account(&realm.store.facts, &name).await?;
    }
    Ok(())
}

/// The id of the event that somebody has to wait `until` then: the same for each attempt in that time. A wait without an
/// end is told once a day.
pub fn id_of_wait(realm: &Realm, waits: &Event<'_>, until: i64) -> String {
    let until = if until == i64::MAX { format!("day {}", waits.at / DAY) } else { until.to_string() };
    let address = waits.address.map(throttle::place).unwrap_or_default();
    let who = waits.user_id.map_or(address, str::to_owned);
    stored(realm, &["wait", waits.kind, &who, &until].join("\u{1f}"))
}

/// The name of an address, or an IPv6 /64, in what is stored about it.
pub fn source(realm: &Realm, address: IpAddr) -> String {
    stored(realm, &["source", &throttle::place(address)].join("\u{1f}"))
}

/// The name something is stored under: keyed, so that whoever reads the database can't guess whose it is.
fn stored(realm: &Realm, name: &str) -> String {
    URL_SAFE_NO_PAD.encode(secret::hmac(&realm.secrets.counting, &[name]))
}

/// Counts an attempt in all its places, or in none: one that is refused is nobody's failure. Narrow places come first and
/// those that many share later, so that no two attempts wait for each other.
async fn count(realm: &Realm, keys: &[Key]) -> Result<Vec<Counted>> {
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let mut counted = Vec::with_capacity(keys.len());
        for key in keys {
            counted.push(count_one(realm, &mut tx, key).await?);
        }
        tx.commit().await?;
        Ok(counted)
    })
}

async fn count_one(realm: &Realm, tx: &mut Tx, key: &Key) -> Result<Counted> {
    let limits = key.bucket.limits();
    let (name, now) = (stored(realm, &key.key), realm.now());
    let account = key.account.as_ref().map(|account| stored(realm, account));
    let counter = Counter { key: &name, account: account.as_deref() };
    let before = attempts::hold(tx, counter, now).await?;
    let left = limits.left(before.failures, before.last_at, now);
    let open_at = limits.open_at(left, before.last_at);
    // who owes no wait doesn't wait for the clock of another replica either, which may be ahead
    if open_at > now.max(before.last_at) {
        return Err(Error::Wait { until: open_at });
    }
    // what leaks must not leak the difference of two clocks each time they take turns
    let last_at = if limits.leak_seconds.is_some() { now.max(before.last_at) } else { now };
    let next = Count { failures: left.saturating_add(limits.weight()), last_at };
    attempts::put(tx, &name, next).await?;
    Ok(Counted { key: key.clone(), before, now: next })
}
