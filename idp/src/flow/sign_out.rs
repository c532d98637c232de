//! Ending a session, with everything that was granted in it (T14, L2).

use database::again;

use super::Result;
use crate::{
    realm::Realm,
    store::{
        audit::{self, Event},
        grants,
        logout::{self, Delivery},
        sessions,
    },
};

/// Ends a session: its grants are dead, and the relying parties that took part will be told.
pub async fn end(realm: &Realm, sid: &str, user_id: &str, reason: &'static str) -> Result<()> {
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        end_in(realm, &mut tx, (sid, user_id), reason).await?;
        Result::Ok(tx.commit().await?)
    })?;
    realm.outbox.notify_one();
    Ok(())
}

/// Ends every session of an account as part of a larger change; wake the outbox after its commit.
pub async fn end_all_in(
    realm: &Realm,
    tx: &mut database::Tx,
    user_id: &str,
    reason: &'static str,
) -> Result<()> {
    for sid in sessions::sids_of_user(&mut *tx, user_id).await? {
        end_in(realm, tx, (&sid, user_id), reason).await?;
    }
    Ok(())
}

/// [`end`] as part of a larger change; wake the outbox after its commit.
pub async fn end_in(
    realm: &Realm,
    tx: &mut database::Tx,
    session: (&str, &str),
    reason: &'static str,
) -> Result<()> {
    let (sid, user_id) = session;
    let now = realm.now();
    // also when the session idled out before, or its row is gone: what was granted in it may live longer
    let ended = sessions::end(&mut *tx, sid, now).await?;
    let revoked = grants::revoke_of_session(tx, sid, reason, now).await?;
    if !ended && !revoked.any {
        return Ok(());
    }
    for client_id in revoked.clients {
        let wants = realm.client(&client_id).is_some_and(|client| client.backchannel_logout_uri.is_some());
        if wants {
            let delivery = Delivery {
                id: realm.new_id(),
                client_id,
                user_id: user_id.to_owned(),
                sid: sid.to_owned(),
                attempts: 0,
            };
            logout::enqueue(tx, &delivery, now).await?;
        }
    }
    let event = Event {
        id: realm.new_id(),
        at: now,
        kind: "session.ended",
        user_id: Some(user_id),
        detail: Some(reason),
        ..Event::default()
    };
    audit::record(tx, &event).await?;
    Ok(())
}
