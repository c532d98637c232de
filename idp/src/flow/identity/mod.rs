//! Accounts of upstream providers that are connected with accounts here.
//!
//! * [`connect`]: by a proof of both
//! * [`waiting`]: what an upstream said, until its person has decided

pub mod connect;
pub mod waiting;

use database::{On, Tx};

use super::Result;
use crate::{
    realm::Realm,
    realm::upstream::Assertion,
    store::{
        factors,
        identities::{self, At, Identity},
        not_before, users,
    },
};

/// Who somebody is at an upstream.
pub fn at(assertion: &Assertion) -> At<'_> {
    At { upstream: &assertion.upstream, issuer: &assertion.issuer, subject: &assertion.subject }
}

/// Connects the upstream account with an account here. Returns whether it is connected with that account now: of two
/// accounts that want it, only one gets it.
pub async fn add(realm: &Realm, tx: &mut Tx, user_id: &str, assertion: &Assertion) -> Result<Connected> {
    let new = Identity {
        id: realm.new_id(),
        upstream: assertion.upstream.clone(),
        issuer: assertion.issuer.clone(),
        subject: assertion.subject.clone(),
        user_id: user_id.to_owned(),
        email: assertion.email.clone(),
        created_at: realm.now(),
        last_used_at: None,
    };
    if identities::add(&mut *tx, &new).await? {
        return Ok(Connected::Now);
    }
    let owner = identities::owner(tx, at(assertion)).await?;
    Ok(if owner.as_deref() == Some(user_id) { Connected::Before } else { Connected::Elsewhere })
}

/// Whether an upstream account is connected with the account that wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connected {
    /// It was connected just now.
    Now,
    /// It was connected with that account before.
    Before,
    /// It is connected with another account.
    Elsewhere,
}

/// Whether somebody can sign in to the account, were it not disabled: with a password, with a passkey where the realm has
/// those, or at an upstream that it still has.
pub async fn has_way_in(realm: &Realm, tx: &mut Tx, user_id: &str) -> Result<bool> {
    let user = users::by_id(&mut *tx, user_id).await?;
    if user.is_some_and(|user| user.password_hash.is_some()) {
        return Ok(true);
    }
    if realm.passkeys.is_some() && factors::enrolled(&mut *tx, user_id).await?.passkey {
        return Ok(true);
    }
    let connected = identities::of_user(tx, user_id).await?;
    Ok(connected.iter().any(|identity| is_offered(realm, identity)))
}

/// Whether the realm still has the upstream of this account, with the same issuer.
pub fn is_offered(realm: &Realm, identity: &Identity) -> bool {
    let upstream = realm.upstream(&identity.upstream);
    upstream.is_some_and(|upstream| upstream.config.issuer == identity.issuer)
}

/// When the person counts as signed in by an upstream account, Unix seconds: as it tells. A provider that doesn't may have
/// let somebody through who sat down at another person's browser, so its sign-in is as old as one can be. Never before the
/// realm's not-before: the new session would end at once.
pub async fn signed_in_at(realm: &Realm, on: impl Into<On<'_>>, assertion: &Assertion) -> Result<i64> {
    let now = realm.now();
    let at = assertion.auth_time.unwrap_or(now - realm.config.session.absolute);
    Ok(at.max(not_before::get(on).await? + 1).min(now))
}
