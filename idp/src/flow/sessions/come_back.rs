//! Somebody who wanted to leave has come back (ACC-11).

use database::Tx;

use crate::{
    flow::{
        Result,
        notices::{self, Notice},
    },
    realm::Realm,
    session::Visit,
    store::{
        audit::{self, Event},
        deletions,
    },
};

/// Part of a sign-in: an account that was to be deleted stays, and its owner is told.
pub(super) async fn settle(realm: &Realm, visit: &Visit, tx: &mut Tx, user_id: &str) -> Result<()> {
    if !deletions::forget(tx, user_id).await? {
        return Ok(());
    }
    let event = Event {
        id: realm.new_id(),
        at: realm.now(),
        kind: "account.deletion_taken_back",
        user_id: Some(user_id),
        address: Some(visit.origin.address),
        request_id: Some(&visit.request_id),
        ..Event::default()
    };
    audit::record(&mut *tx, &event).await?;
    notices::tell(realm, visit, tx, user_id, Notice::DeletionTakenBack).await
}
