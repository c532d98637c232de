//! Restoring access for owners who can't get into their accounts.

use database::again;
use protocol::secret;

use super::{Result, by_operator};
use crate::{
    flow::{
        mail_links,
        notices::{self, Notice},
        setup, sign_out, throttle,
    },
    realm::Realm,
    session::copies,
    store::{
        audit, factors, identities, sessions,
        setup_links::{self, Owner},
        users,
    },
};

/// Ends the waits of an account, so that its owner can try again at once, whoever caused the waits and wherever that
/// was (H9). `false` when there is no such account. A network address that failed for many accounts keeps waiting,
/// since it has a counter of its own.
pub async fn unlock(realm: &Realm, email: &str) -> Result<bool> {
    let facts = &realm.store.facts;
    let Some(user) = users::by_email(facts, email).await? else { return Ok(false) };
    throttle::forgive(realm, &[email, &user.id]).await?;
    audit::record(facts, &by_operator(realm, "account.unlocked", &user.id)).await?;
    Ok(true)
}

/// Restores access for the owner of an account who lost the second factor (MF8). Password, factors and sessions are
/// removed at once. Returns a link with which the owner makes password and factor anew; `None` when there is no such
/// active account.
pub async fn reset_factors(realm: &Realm, email: &str, life_seconds: i64) -> Result<Option<String>> {
    let Some(user) = users::by_email(&realm.store.facts, email).await? else { return Ok(None) };
    let (token, now) = (realm.new_token(), realm.now());
    let reset = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        if !users::remove_password(&mut tx, &user.id, now).await? {
            return Ok(false);
        }
        factors::remove(&mut tx, &user.id).await?;
        identities::sever_since(&mut tx, &user.id, 0, now).await?;
        sessions::forget_browsers(&mut tx, &user.id).await?;
        let dead_ids = sign_out::end_everything_in(realm, &mut tx, &user.id, "factors_reset").await?;
        mail_links::forget_of(&mut tx, &user.id).await?;
        let owner = Owner { user_id: &user.id, role: "" };
        setup_links::issue_for(&mut tx, &secret::hash(&token), owner, now, now + life_seconds).await?;
        audit::record(&mut tx, &by_operator(realm, "account.factors_reset", &user.id)).await?;
        notices::tell_of_operator(realm, &mut tx, &user.id, Notice::FactorsTaken).await?;
        dead_ids.commit(realm, tx).await?;
        Result::Ok(true)
    })?;
    if !reset {
        return Ok(None);
    }
    // also copies under ids that were replaced a moment before
    copies::outlive(realm).await;
    throttle::forgive(realm, &[email, &user.id]).await?;
    Ok(Some(setup::url(realm, &token)))
}
