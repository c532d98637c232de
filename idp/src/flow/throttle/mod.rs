//! Slowing down guesses: each attempt is counted before it is checked (W8, W9, MF3).
//!
//! An attempt first takes places (`under way`), then gets a verdict. Only a stored verdict makes it a failure: an
//! attempt that ends in an error of the provider counts against nobody.
//!
//! * `counters`: taking places in the stored counters, and counting failures in them

use std::net::IpAddr;

use cache::Limiter;
use database::{Tx, again};
use protocol::stored_time::LEEWAY;
use web::client_address::subscriber;

use self::counters::{admit, count_failures, hold};
use super::{Error, Result};
use crate::{
    authn::throttle::{
        self, Bucket, FAILURES_OF_A_SUCCESS, Key,
        limits::{Decision, Limits, decide},
    },
    realm::Realm,
    session::Visit,
    store::{
        attempts,
        audit::{self, Event},
        sessions,
    },
};

mod counters;

const DAY: i64 = 86_400;

/// An attempt that was admitted and has no verdict yet.
#[derive(Debug)]
pub struct Attempt {
    id: String,
    keys: Vec<Key>,
}

/// Counts a password attempt for an e-mail address as typed, whether or not it has an account. Failures of strangers
/// don't hold up a browser that signed in to the account before, until that browser has failed so often that it counts
/// as a stranger itself.
pub async fn password(realm: &Realm, visit: &Visit, email: &str, user_id: Option<&str>) -> Result<Attempt> {
    let browser = visit.browser_hash();
    // an address without an account is looked up with an empty id, so that it costs the same query (S24)
    let known = sessions::knows_browser(&realm.store.facts, user_id.unwrap_or_default(), &browser).await?;
    if known {
        match admit(realm, vec![throttle::browser_key(email, &browser)]).await {
            Err(Error::Wait { until: i64::MAX }) => {}
            counted => return counted,
        }
    }
    admit(realm, throttle::stranger_keys(email, visit.origin.address)).await
}

/// The owner of an account, who has just typed its password.
#[derive(Debug, Clone, Copy)]
pub struct Owner<'a> {
    /// The address as typed.
    pub email: &'a str,
    /// The account.
    pub user_id: &'a str,
}

/// Part of a sign-in with the right password. Forgives the failures of this browser, and those for this account from
/// this network address. The browser counts as known again, and other users of the address get more room.
pub async fn password_succeeded(
    realm: &Realm,
    tx: &mut Tx,
    visit: &Visit,
    Owner { email, user_id }: Owner<'_>,
    attempt: &Attempt,
) -> Result<()> {
    let address = visit.origin.address;
    // in the order in which attempts lock their counters, so that there is no deadlock
    for key in [throttle::browser_key(email, &visit.browser_hash()), throttle::source_key(email, address)] {
        attempts::forgive(&mut *tx, &realm.secrets.hidden(&key.key)).await?;
    }
    let (now, success) = (realm.now(), throttle::success_key(user_id, address));
    // once a day: a person who signs in again and again must not make room for guesses
    if attempts::first_since(tx, &realm.secrets.hidden(&success.key), now, now - DAY, now + LEEWAY).await?
        && let Limits::Pace { seconds, .. } = Bucket::Address.limits()
    {
        let shared = realm.secrets.hidden(&throttle::sign_in_key(address).key);
        attempts::give_back(&mut *tx, &shared, FAILURES_OF_A_SUCCESS * seconds).await?;
    }
    Ok(attempts::end(tx, &attempt.id).await?)
}

/// Counts an attempt at an account's second factor. All factors of the account share one counter in this browser.
/// Browsers in which none was ever proved share a second counter. A person with the password and no factor can only
/// exhaust the second one, so the owner can still sign in from a browser used before.
pub async fn second_factor(realm: &Realm, visit: &Visit, user_id: &str) -> Result<Attempt> {
    let browser = visit.browser_hash();
    if sessions::proved_factor_in(&realm.store.facts, user_id, &browser).await? {
        return confirmation(realm, visit, user_id).await;
    }
    admit(realm, throttle::strange_factor_keys(user_id, &browser)).await
}

/// Counts an attempt to confirm a seed that this browser was shown.
pub async fn confirmation(realm: &Realm, visit: &Visit, user_id: &str) -> Result<Attempt> {
    admit(realm, vec![throttle::factor_key(user_id, &visit.browser_hash())]).await
}

/// Part of the change that a right code leads to: forgives the attempt's counters and ends the attempt.
pub async fn factor_succeeded(realm: &Realm, tx: &mut Tx, attempt: &Attempt) -> Result<()> {
    for key in &attempt.keys {
        attempts::forgive(&mut *tx, &realm.secrets.hidden(&key.key)).await?;
    }
    Ok(attempts::end(tx, &attempt.id).await?)
}

/// Counts a failed client secret, or a registration, against the address it came from.
pub async fn address(realm: &Realm, what: &str, address: IpAddr) -> Result<()> {
    at_once(realm, &[throttle::address_key(what, address)]).await
}

/// Counts a mail to an address that somebody asks for from `source`, whether or not it has an account (S24).
pub async fn mail(realm: &Realm, source: IpAddr, address: &str) -> Result<()> {
    at_once(realm, &throttle::mail_keys(address, source)).await
}

/// Counts a mail that the owner of an account asks for, to the account's own address.
pub async fn own_mail(realm: &Realm, user_id: &str) -> Result<()> {
    at_once(realm, &[throttle::own_mail_key(user_id)]).await
}

/// Counts a code of a mail to `address`, before it is judged.
pub async fn mailed_code(realm: &Realm, address: &str) -> Result<Attempt> {
    admit(realm, vec![throttle::mailed_code_key(address)]).await
}

/// Forgives the wrong codes of an address, and ends the attempt.
pub async fn mailed_code_succeeded(realm: &Realm, attempt: &Attempt) -> Result<()> {
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        factor_succeeded(realm, &mut tx, attempt).await?;
        Result::Ok(tx.commit().await?)
    })
}

/// Counts a notice to an account, within the transaction of what it tells; `false` when there were enough of that kind a
/// moment before.
pub async fn has_room_for_notice(realm: &Realm, tx: &mut Tx, user_id: &str, kind: &str) -> Result<bool> {
    let keys = [throttle::notice_key(user_id, kind)];
    let held = hold(realm, tx, &keys).await?;
    if !matches!(decide(&held, realm.now()), Decision::Admitted { .. }) {
        return Ok(false);
    }
    count_failures(realm, tx, &keys, &held).await?;
    Ok(true)
}

/// Counts something whose verdict is known at once.
async fn at_once(realm: &Realm, keys: &[Key]) -> Result<()> {
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let held = hold(realm, &mut tx, keys).await?;
        if let Decision::Wait(until) | Decision::Promised(until) = decide(&held, realm.now()) {
            return Err(Error::Wait { until });
        }
        count_failures(realm, &mut tx, keys, &held).await?;
        Ok(tx.commit().await?)
    })
}

/// Counts one more request of a kind from an address, whatever it asks for: `Ok`, or [`Error::TooMany`].
pub async fn request(realm: &Realm, kind: &str, limiter: &Limiter, address: IpAddr) -> Result<()> {
    let (name, now) =
        (realm.secrets.hidden(&[kind, &subscriber(address).to_string()].join("\u{1f}")), realm.now());
    if limiter.admit(&name, now).await? {
        return Ok(());
    }
    Err(Error::TooMany { until: now + limiter.pace().retry_seconds() })
}

/// Counts a failed attempt as a failure and records its event, in one transaction.
pub async fn failed(realm: &Realm, attempt: &Attempt, event: &Event<'_>) -> Result<()> {
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let held = hold(realm, &mut tx, &attempt.keys).await?;
        count_failures(realm, &mut tx, &attempt.keys, &held).await?;
        attempts::end(&mut tx, &attempt.id).await?;
        audit::record(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
}

/// Runs the work that follows after an attempt was admitted. If the work returns an error, the attempt is nobody's
/// failure. If that can't be written now, it is written as soon as possible.
pub async fn unless_failing<T>(
    realm: &Realm,
    attempt: &Attempt,
    work: impl Future<Output = Result<T>>,
) -> Result<T> {
    let done = work.await;
    match &done {
        Ok(_) => {}
        // a request that waited for the database in vain doesn't wait for it once more
        Err(Error::Unavailable(_)) => realm.unsettled.add([attempt.id.clone()]),
        Err(_) => take_back(realm, attempt).await,
    }
    done
}

/// Ends an attempt without a verdict and gives its places back.
pub async fn take_back(realm: &Realm, attempt: &Attempt) {
    release(realm, attempt.id.clone()).await;
}

/// Ends every wait of the accounts with these addresses or ids, whoever caused it.
pub async fn forgive(realm: &Realm, accounts: &[&str]) -> Result<()> {
    let facts = &realm.store.facts;
    for account in accounts {
        attempts::forgive_account(facts, &realm.secrets.hidden(&throttle::account_name(account))).await?;
        attempts::forgive(facts, &realm.secrets.hidden(&throttle::account_key(account).key)).await?;
    }
    Ok(())
}

/// The id of the event of a wait until `until`: the same for each attempt during the wait, so that it is recorded once.
/// A wait without an end is recorded once a day.
pub fn id_of_wait(realm: &Realm, waits: &Event<'_>, until: i64) -> String {
    let until = if until == i64::MAX { format!("day {}", waits.at / DAY) } else { until.to_string() };
    let address = waits.address.map(|address| subscriber(address).to_string()).unwrap_or_default();
    let who = waits.user_id.map_or(address, str::to_owned);
    realm.secrets.hidden(&["wait", waits.kind, &who, &until].join("\u{1f}"))
}

async fn release(realm: &Realm, id: String) {
    if let Err(error) = attempts::end(&realm.store.facts, &id).await {
        tracing::debug!(%error, "an attempt without a verdict could not be ended yet");
        realm.unsettled.add([id]);
    }
}

/// Ends the attempts that could not be ended before, as far as the database can be written.
pub async fn settle(realm: &Realm) {
    let mut unsettled = realm.unsettled.take();
    while let Some(id) = unsettled.pop() {
        if attempts::end(&realm.store.facts, &id).await.is_err() {
            unsettled.push(id);
            break;
        }
    }
    realm.unsettled.add(unsettled);
}
