//! The stored counters of attempts: taking a place in each, giving it back, and counting a failure.

use database::{Tx, again};
use protocol::stored_time::LEEWAY;

use super::Attempt;
use crate::{
    authn::throttle::{
        Bucket, Key,
        limits::{Decision, Standing, decide},
    },
    flow::{Error, Result},
    realm::Realm,
    store::attempts::{self, Count, Counter, UNDER_WAY_SECONDS},
};

/// Takes a place for an attempt in each of its counters, or in none. A refused attempt is nobody's failure. Counters of
/// one account or browser come first and those that many share come later, so that there is no deadlock.
pub(super) async fn admit(realm: &Realm, keys: Vec<Key>) -> Result<Attempt> {
    let (id, unsettled) = (realm.new_id(), realm.unsettled.take());
    let decision = again!(take_places(realm, &id, &keys, &unsettled));
    match decision {
        Ok(Decision::Admitted { in_turn }) => Ok(Attempt { id, keys: taken(keys, in_turn) }),
        Ok(Decision::Wait(until) | Decision::Promised(until)) => Err(Error::Wait { until }),
        Err(failure) => {
            realm.unsettled.add(unsettled);
            // it may have been stored in spite of the error
            realm.unsettled.add([id]);
            Err(failure)
        }
    }
}

/// Also ends the unsettled attempts in the same transaction, so that a request waits only once for a database that is
/// away.
async fn take_places(realm: &Realm, id: &str, keys: &[Key], unsettled: &[String]) -> Result<Decision> {
    let mut tx = realm.store.facts.begin().await?;
    for id in unsettled {
        attempts::end(&mut tx, id).await?;
    }
    let held = hold(realm, &mut tx, keys).await?;
    let now = realm.now();
    let decision = decide(&held, now);
    match decision {
        Decision::Wait(_) if unsettled.is_empty() => return Ok(decision),
        Decision::Wait(_) => {}
        Decision::Promised(at) => promise(realm, &mut tx, keys, &held, at).await?,
        Decision::Admitted { in_turn } => {
            let names = names(realm, &taken(keys.to_vec(), in_turn));
            attempts::begin(&mut tx, id, three(&names), now + UNDER_WAY_SECONDS).await?;
        }
    }
    tx.commit().await?;
    Ok(decision)
}

/// The counters in which an attempt takes a place. In a promised turn it takes none in the account's counter, which has
/// counted the promise.
fn taken(mut keys: Vec<Key>, in_turn: bool) -> Vec<Key> {
    keys.retain(|key| !(in_turn && key.bucket == Bucket::Account));
    keys
}

/// Stores the time of the promised turn in the source's counter, and counts the promise in the account's counter.
async fn promise(
    realm: &Realm,
    tx: &mut Tx,
    keys: &[Key],
    held: &[(Bucket, Standing)],
    at: i64,
) -> Result<()> {
    for (key, (bucket, standing)) in keys.iter().zip(held) {
        let (failures, last_at) = match bucket {
            Bucket::AccountAndSource => (0, at),
            Bucket::Account => bucket.limits().after_promise(standing, realm.now()),
            _ => continue,
        };
        attempts::put(tx, &realm.secrets.hidden(&key.key), Count { failures, last_at }).await?;
    }
    Ok(())
}

/// Locks the counters of an attempt and returns their content, in the order of `keys`.
pub(super) async fn hold(realm: &Realm, tx: &mut Tx, keys: &[Key]) -> Result<Vec<(Bucket, Standing)>> {
    let (names, now) = (names(realm, keys), realm.now());
    let mut counts = Vec::with_capacity(keys.len());
    for (key, name) in keys.iter().zip(&names) {
        let account = key.account.as_ref().map(|account| realm.secrets.hidden(account));
        let counter = Counter { key: name, account: account.as_deref() };
        counts.push(attempts::hold(tx, counter).await?);
    }
    // read when all are locked, so that places which others took before are seen
    let latest = now + UNDER_WAY_SECONDS + LEEWAY;
    let under_way = attempts::under_way(tx, three(&names), now, latest).await?;
    Ok(keys
        .iter()
        .zip(names)
        .zip(counts)
        .map(|((key, name), Count { failures, last_at })| {
            let under_way = under_way.get(&name).copied().unwrap_or_default();
            (key.bucket, Standing { count: failures, last_at, under_way })
        })
        .collect())
}

pub(super) async fn count_failures(
    realm: &Realm,
    tx: &mut Tx,
    keys: &[Key],
    held: &[(Bucket, Standing)],
) -> Result<()> {
    for (key, (bucket, standing)) in keys.iter().zip(held) {
        let (failures, last_at) = bucket.limits().after_failure(standing, realm.now());
        attempts::put(tx, &realm.secrets.hidden(&key.key), Count { failures, last_at }).await?;
    }
    Ok(())
}

fn names(realm: &Realm, keys: &[Key]) -> Vec<String> {
    keys.iter().map(|key| realm.secrets.hidden(&key.key)).collect()
}

/// An attempt has at most three counters; where it has fewer, the last name is repeated.
fn three(names: &[String]) -> [&str; 3] {
    let last = names.last().map_or("", String::as_str);
    [0, 1, 2].map(|n| names.get(n).map_or(last, String::as_str))
}
