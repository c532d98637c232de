//! The apps that a person is connected to: those that were allowed something, and those that have a grant (ACC-9).

use std::collections::BTreeMap;

use database::again;
use protocol::scope::Scope;

use super::{Error, Result, events, once, sessions::establish};
use crate::{
    paths,
    realm::Realm,
    session::{Session, Visit},
    store::{
        apps, audit,
        outbox::{self, Delivery},
        sessions,
    },
};

/// An app in its person's list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Connected {
    /// What it may do.
    pub scope: Scope,
    /// When it was first used, Unix seconds, as far as that is on record.
    pub first_at: Option<i64>,
    /// When it was last used, Unix seconds.
    pub last_at: Option<i64>,
}

/// The connected apps, by client.
pub async fn list(realm: &Realm, session: &Session) -> Result<BTreeMap<String, Connected>> {
    let (facts, user_id) = (&realm.store.facts, session.user_id.as_str());
    let mut connected = BTreeMap::<String, Connected>::new();
    for apps::Consented { client_id, scope } in apps::consented(facts, user_id).await? {
        connected.entry(client_id).or_default().add(&scope);
    }
    for apps::Granted { client_id, scope, last_at } in apps::granted(facts, user_id, realm.now()).await? {
        let app = connected.entry(client_id).or_default();
        app.add(&scope);
        app.last_at = app.last_at.max(Some(last_at));
    }
    for used in apps::signed_in(facts, user_id).await? {
        if let Some(app) = connected.get_mut(&used.client_id) {
            app.first_at = Some(used.first_at);
            app.last_at = app.last_at.max(Some(used.last_at));
        }
    }
    Ok(connected)
}

impl Connected {
    fn add(&mut self, scope: &str) {
        self.scope = self.scope.union(&Scope::parse(scope).unwrap_or_default());
    }
}

/// Takes back all that the person allowed a client, and revokes its grants. A client that wants logout notices gets them.
pub async fn disconnect(realm: &Realm, visit: &Visit, session: &Session, client_id: &str) -> Result<()> {
    let (now, user_id) = (realm.now(), session.user_id.as_str());
    let is_told = realm.client(client_id).is_some_and(|client| client.backchannel_logout_uri.is_some());
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        if !sessions::keep_alive(&mut tx, &session.sid, now).await? {
            return Err(Error::Refused(establish::SESSION_ENDED));
        }
        let withdrawn = apps::withdraw_consent(&mut tx, user_id, client_id).await?;
        let sids = apps::revoke(&mut tx, user_id, client_id, "disconnected", now).await?;
        if withdrawn || !sids.is_empty() {
            let event = events::of_visit(realm, visit, "consent.withdrawn", Some(user_id));
            audit::record(&mut tx, &audit::Event { client_id: Some(client_id), ..event }).await?;
        }
        for sid in sids.iter().filter(|_| is_told) {
            let delivery = Delivery::logout(realm.new_id(), client_id.to_owned(), user_id, sid, now);
            outbox::enqueue(&mut tx, &delivery, now).await?;
        }
        once::settle(realm, visit, &mut tx, &once::Outcome::to(paths::APPS).within(&session.sid)).await?;
        Result::Ok(tx.commit().await?)
    })?;
    realm.outbox.notify_one();
    Ok(())
}
