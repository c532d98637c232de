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
    store::identities::{self, At, Identity},
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

/// Whether somebody can sign in to the account at an upstream that the realm still has.
pub async fn is_a_way_in(realm: &Realm, on: impl Into<On<'_>>, user_id: &str) -> Result<bool> {
    let connected = identities::of_user(on, user_id).await?;
    Ok(connected.iter().any(|identity| is_offered(realm, identity)))
}

/// Whether the realm still has the upstream of this account, with the same issuer.
pub fn is_offered(realm: &Realm, identity: &Identity) -> bool {
    let upstream = realm.upstream(&identity.upstream);
    upstream.is_some_and(|upstream| upstream.config.issuer == identity.issuer)
}
