//! Ending a session, with everything that was granted in it (T14, L2).

use database::again;

use super::{Result, once};
use crate::{
    realm::Realm,
    session::{Visit, copies},
    store::{
        audit::{self, Event},
        grants,
        outbox::{self, Delivery},
        sessions::{self, Session},
        trusted_browsers,
    },
};

/// The ids that stop naming a session when a transaction commits, because the session ends or goes on under another id.
#[derive(Debug, Default)]
#[must_use = "a replica may take these for alive until the transaction is committed through this"]
pub struct DeadIds(Vec<String>);

impl DeadIds {
    /// Adds an id by its hash.
    pub fn add(&mut self, id_hash: String) {
        self.0.push(id_hash);
    }

    /// Adds all ids of another change within the same transaction.
    pub fn append(&mut self, mut others: Self) {
        self.0.append(&mut others.0);
    }

    /// Commits the transaction. When this returns, no replica takes one of the ids for a session any more. The delivery
    /// of logout notices begins then.
    ///
    /// Once begun, this goes on to its end even when the caller stops waiting. A commit that reports an error may still
    /// have taken effect, so the copies end in any case.
    pub async fn commit(&self, realm: &Realm, tx: database::Tx) -> Result<()> {
        let copies = copies::Ending::new(realm, &self.0);
        let settled = tokio::spawn(database::on_the_same_budget(async move {
            let committed = tx.commit().await;
            copies.end().await;
            committed
        }));
        settled.await.map_err(anyhow::Error::from)??;
        realm.outbox.notify_one();
        Ok(())
    }
}

/// Ends a session: its grants are revoked, and the relying parties that took part will get logout notices.
pub async fn end(realm: &Realm, sid: &str, user_id: &str, reason: &'static str) -> Result<()> {
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        end_in(realm, &mut tx, sid, user_id, reason).await?.commit(realm, tx).await
    })
}

/// [`end`] for the form of a page, which leads on to `leads_to`.
pub async fn by_form(
    realm: &Realm,
    visit: &Visit,
    session: &Session,
    reason: &'static str,
    leads_to: &str,
) -> Result<()> {
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let dead = end_in(realm, &mut tx, &session.sid, &session.user_id, reason).await?;
        once::settle(realm, visit, &mut tx, &once::Outcome::to(leads_to).signed_out()).await?;
        dead.commit(realm, tx).await
    })
}

/// Ends every session of an account, except the one of the public name `kept`, as part of a larger change.
pub async fn end_all_in(
    realm: &Realm,
    tx: &mut database::Tx,
    user_id: &str,
    kept: Option<&str>,
    reason: &'static str,
) -> Result<DeadIds> {
    let mut dead = DeadIds::default();
    for sid in sessions::sids_of_user(&mut *tx, user_id).await? {
        if kept != Some(sid.as_str()) {
            dead.append(end_in(realm, tx, &sid, user_id, reason).await?);
        }
    }
    Ok(dead)
}

/// Ends every session and every grant of an account, also grants that outlived their session, as part of a larger change.
/// The caller waits for [`copies::outlive`] afterwards.
pub async fn end_everything_in(
    realm: &Realm,
    tx: &mut database::Tx,
    user_id: &str,
    reason: &'static str,
) -> Result<DeadIds> {
    let dead = end_all_in(realm, tx, user_id, None, reason).await?;
    trusted_browsers::forget_others(tx, user_id, "").await?;
    grants::revoke_of_user(tx, user_id, reason, realm.now()).await?;
    Ok(dead)
}

/// [`end`] as part of a larger change.
pub async fn end_in(
    realm: &Realm,
    tx: &mut database::Tx,
    sid: &str,
    user_id: &str,
    reason: &'static str,
) -> Result<DeadIds> {
    let now = realm.now();
    // also when the session idled out before, or its row is gone: grants from it may live longer
    let ended = sessions::end(&mut *tx, sid, now).await?;
    let is_first = ended.is_some();
    // of two requests that end it, the second may be answered first, so each of them ends the copies
    let id_hash = if is_first { ended } else { sessions::id_hash(&mut *tx, sid).await? };
    let dead = DeadIds(id_hash.into_iter().collect());
    let revoked = grants::revoke_of_session(tx, sid, reason, now).await?;
    if !is_first && !revoked.any {
        return Ok(dead);
    }
    for client_id in revoked.clients {
        let wants = realm.client(&client_id).is_some_and(|client| client.backchannel_logout_uri.is_some());
        if wants {
            let delivery = Delivery::logout(realm.new_id(), client_id, user_id, sid, now);
            outbox::enqueue(tx, &delivery, now).await?;
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
    Ok(dead)
}
