//! Accounts made and managed by operators, not by their owners.

use database::again;
use protocol::secret;

use super::{Result, register, setup, sign_out, throttle};
use crate::{
    realm::Realm,
    session::copies,
    store::{
        audit::{self, Event},
        factors, grants, sessions, setup_links, users,
    },
};

/// Makes an account with a role; the answer is a field that can't be accepted.
pub async fn add(
    realm: &Realm,
    form: register::Form<'_>,
    role: &str,
) -> Result<std::result::Result<String, register::Fault>> {
    let turn = realm.hasher.queue.turn().await?;
    let user = match register::account(realm, form, role, turn).await? {
        Ok(user) => user,
        Err(fault) => return Ok(Err(fault)),
    };
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        match users::insert(&mut tx, &user, realm.now()).await {
            Err(error) if error.is_conflict() => return Ok(Err(register::taken())),
            other => other?,
        }
        audit::record(&mut tx, &by_operator(realm, "account.added", &user.id)).await?;
        tx.commit().await?;
        Ok(Ok(user.id.clone()))
    })
}

/// Disables an account: its sessions and everything granted in them are dead in the same transaction. `false` when
/// there is no such account, or it was disabled before.
pub async fn disable(realm: &Realm, email: &str) -> Result<bool> {
    let Some(user) = users::by_email(&realm.store.facts, email).await? else { return Ok(false) };
    let disabled = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        if users::disable(&mut tx, &user.id, realm.now()).await? == 0 {
            return Ok(false);
        }
        let dead_ids = sign_out::end_all_in(realm, &mut tx, &user.id, "account_disabled").await?;
        // also what outlived its session
        grants::revoke_of_user(&mut tx, &user.id, "account_disabled", realm.now()).await?;
        audit::record(&mut tx, &by_operator(realm, "account.disabled", &user.id)).await?;
        dead_ids.commit(realm, tx).await?;
        Result::Ok(true)
    })?;
    // also of ids that were replaced a moment before
    copies::outlive(realm).await;
    Ok(disabled)
}

/// Lets an account's owner try again at once, after others or the owner ran its counts up, wherever that was (H9).
/// `false` when there is no such account. An address that failed for many accounts keeps waiting: its count is its own.
pub async fn unlock(realm: &Realm, email: &str) -> Result<bool> {
    let facts = &realm.store.facts;
    let Some(user) = users::by_email(facts, email).await? else { return Ok(false) };
    throttle::forgive(realm, &[email, &user.id]).await?;
    audit::record(facts, &by_operator(realm, "account.unlocked", &user.id)).await?;
    Ok(true)
}

/// Leads the owner of an account back in who lost the second factor (MF8): password, factors and sessions are gone at
/// once, and the answer is a link behind which both are made anew. `None` when there is no such active account.
pub async fn reset_factors(realm: &Realm, email: &str, life_seconds: i64) -> Result<Option<String>> {
    let Some(user) = users::by_email(&realm.store.facts, email).await? else { return Ok(None) };
    let (token, now) = (realm.new_token(), realm.now());
    let reset = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        if !users::remove_password(&mut tx, &user.id, now).await? {
            return Ok(false);
        }
        factors::remove(&mut tx, &user.id).await?;
        sessions::forget_browsers(&mut tx, &user.id).await?;
        let dead_ids = sign_out::end_all_in(realm, &mut tx, &user.id, "factors_reset").await?;
        grants::revoke_of_user(&mut tx, &user.id, "factors_reset", now).await?;
        setup_links::issue_for(&mut tx, &secret::hash(&token), &user.id, now, now + life_seconds).await?;
        audit::record(&mut tx, &by_operator(realm, "account.factors_reset", &user.id)).await?;
        dead_ids.commit(realm, tx).await?;
        Result::Ok(true)
    })?;
    if !reset {
        return Ok(None);
    }
    // also of ids that were replaced a moment before
    copies::outlive(realm).await;
    throttle::forgive(realm, &[email, &user.id]).await?;
    Ok(Some(setup::url(realm, &token)))
}

/// An event of somebody at the command line.
pub(super) fn by_operator<'a>(realm: &Realm, kind: &'static str, user_id: &'a str) -> Event<'a> {
    Event { id: realm.new_id(), at: realm.now(), kind, user_id: Some(user_id), ..Event::default() }
}
