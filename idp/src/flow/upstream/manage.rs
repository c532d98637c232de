//! The upstream accounts of a signed-in person: the list, and disconnecting. Each statement names the account.

use database::again;

use crate::{
    flow::{
        Error, Result, events, identity,
        notices::{self, Notice},
        once,
        sessions::establish,
    },
    paths,
    realm::Realm,
    session::{Session, Visit},
    store::{
        audit,
        identities::{self, Identity},
        sessions, users,
    },
};

/// An upstream account in its owner's list.
#[derive(Debug)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// The name of its upstream.
    pub name: String,
    /// The address that the upstream told.
    pub email: Option<String>,
    /// Whether the realm still has the upstream.
    pub is_offered: bool,
    /// When it was connected, Unix seconds.
    pub created_at: i64,
    /// When it was last used, Unix seconds.
    pub last_used_at: Option<i64>,
}

/// The upstream accounts of the session's account, the oldest first.
pub async fn list(realm: &Realm, session: &Session) -> Result<Vec<Listed>> {
    let found = identities::of_user(&realm.store.facts, &session.user_id).await?;
    let listed = found.into_iter().map(|identity| Listed {
        name: name(realm, &identity),
        is_offered: identity::is_offered(realm, &identity),
        id: identity.id,
        email: identity.email,
        created_at: identity.created_at,
        last_used_at: identity.last_used_at,
    });
    Ok(listed.collect())
}

/// The name of an upstream, or its id when the realm does not have it any more.
fn name(realm: &Realm, identity: &Identity) -> String {
    let upstream = realm.upstream(&identity.upstream);
    upstream.map_or_else(|| identity.upstream.clone(), |upstream| upstream.config.name.clone())
}

/// The result of disconnecting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is not connected any more.
    Done,
    /// It is the last way into the account.
    Last,
}

/// Disconnects an upstream account.
pub async fn remove(realm: &Realm, visit: &Visit, session: &Session, id: &str) -> Result<Outcome> {
    let user_id = session.user_id.as_str();
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        if !sessions::keep_alive(&mut tx, &session.sid, realm.now()).await? {
            return Err(Error::Refused(establish::SESSION_ENDED));
        }
        // of two removals at once, the second waits here and sees what the first one left
        if !users::hold(&mut tx, user_id).await? {
            return Err(Error::Refused(establish::SESSION_ENDED));
        }
        let before = identities::of_user(&mut tx, user_id).await?;
        let Some(removed) = before.iter().find(|identity| identity.id == id) else {
            return Ok(Outcome::Done);
        };
        identities::sever(&mut tx, user_id, id, realm.now()).await?;
        if !identity::has_way_in(realm, &mut tx, user_id).await? {
            return Ok(Outcome::Last);
        }
        let event = events::of_visit(realm, visit, "account.upstream_disconnected", Some(user_id));
        audit::record(&mut tx, &audit::Event { detail: Some(&removed.upstream), ..event }).await?;
        let name = name(realm, removed);
        let notice = Notice::UpstreamDisconnected { name: &name };
        notices::tell(realm, visit, &mut tx, user_id, notice).await?;
        let outcome = once::Outcome::to(paths::CONNECTIONS).within(&session.sid);
        once::settle(realm, visit, &mut tx, &outcome).await?;
        tx.commit().await?;
        Result::Ok(Outcome::Done)
    })
}
