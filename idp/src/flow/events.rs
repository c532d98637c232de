//! What is added to the audit trail for people who sign in.

use super::{Error, Result, sessions::establish::Proof, throttle};
use crate::{
    realm::Realm,
    session::{Visit, trust},
    store::{
        audit::{self, Event},
        factors::{self, Held},
    },
};

/// An audit event of a browser's request.
pub fn of_visit<'a>(
    realm: &Realm,
    visit: &'a Visit,
    kind: &'static str,
    user_id: Option<&'a str>,
) -> Event<'a> {
    Event {
        id: realm.new_id(),
        at: realm.now(),
        kind,
        user_id,
        address: Some(visit.origin.address),
        request_id: Some(&visit.request_id),
        ..Event::default()
    }
}

/// Adds a completed sign-in to the audit trail. Where a second factor is needed, the password alone is no sign-in and
/// is not added.
pub async fn record_success(
    realm: &Realm,
    visit: &Visit,
    proof: &Proof<'_>,
    tx: &mut database::Tx,
) -> Result<()> {
    let Held { enrolled, roles, .. } = factors::held(&mut *tx, proof.user_id).await?;
    let policy = realm.config.factors.of(&roles);
    let account = trust::Account { id: proof.user_id, policy };
    let is_enough = policy.is_met_by(proof.amr) && (proof.amr.has_second_factor() || !enrolled.app);
    if is_enough || trust::is_trusted(realm, &mut *tx, account, &visit.browser_hash()).await? {
        audit::record(tx, &of_visit(realm, visit, "sign_in.succeeded", Some(proof.user_id))).await?;
    }
    Ok(())
}

/// Returns `counted` unchanged. If the attempt has to wait, adds that to the audit trail: once for each wait of an
/// account or, where the account is unknown, of an address.
pub async fn noting_a_wait<T>(realm: &Realm, waits: &Event<'_>, counted: Result<T>) -> Result<T> {
    if let Err(Error::Wait { until }) = &counted {
        let id = throttle::id_of_wait(realm, waits, *until);
        audit::record_once(&realm.store.facts, &Event { id, ..waits.clone() }).await?;
    }
    counted
}
