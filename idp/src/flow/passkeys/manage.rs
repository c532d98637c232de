//! The passkeys of a signed-in person: the list, their labels, removal. Each statement names the account, so nobody
//! reaches another's (X17).

use database::again;
use protocol::typed;

use crate::{
    authn::passkey,
    flow::{
        Error, Result, events,
        factor_policy::{self, Demand},
        identity,
        notices::{self, Notice},
        once,
        sessions::establish,
    },
    paths,
    realm::Realm,
    session::{Session, Visit},
    store::{audit, passkeys, sessions, users},
};

/// Longest label, in characters.
const LABEL: usize = 60;

/// A passkey in its owner's list.
#[derive(Debug)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// What its owner calls it.
    pub label: String,
    /// Whether it can exist on several devices.
    pub synced: bool,
    /// When it was registered, Unix seconds.
    pub created_at: i64,
    /// When it was last used, Unix seconds.
    pub last_used_at: Option<i64>,
}

/// The passkeys of the session's account, the oldest first.
pub async fn list(realm: &Realm, session: &Session) -> Result<Vec<Listed>> {
    let found = passkeys::of_user(&realm.store.facts, &session.user_id).await?;
    let listed = found.into_iter().map(|passkey| Listed {
        synced: passkey::is_synced(&passkey.credential),
        id: passkey.credential_id,
        label: passkey.label,
        created_at: passkey.created_at,
        last_used_at: passkey.last_used_at,
    });
    Ok(listed.collect())
}

/// The result of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is as the person wanted.
    Done,
    /// It is the last way into the account, or the last second factor where the realm demands one (MF8).
    Last,
    /// The label is empty or too long.
    Label,
}

/// Gives a passkey another label.
pub async fn rename(
    realm: &Realm,
    visit: &Visit,
    session: &Session,
    id: &str,
    label: &str,
) -> Result<Outcome> {
    let label = typed::visible(label.trim());
    if label.is_empty() || label.chars().count() > LABEL {
        return Ok(Outcome::Label);
    }
    again!(async {
        let mut tx = begin(realm, session).await?;
        passkeys::rename(&mut tx, &session.user_id, id, &label).await?;
        finish(realm, visit, session, tx).await
    })
}

/// Removes a passkey.
pub async fn remove(realm: &Realm, visit: &Visit, session: &Session, id: &str) -> Result<Outcome> {
    let user_id = session.user_id.as_str();
    again!(async {
        let mut tx = begin(realm, session).await?;
        // of two removals at once, the second waits here and sees what the first one left
        if !users::hold(&mut tx, user_id).await? {
            return Err(Error::Refused(establish::SESSION_ENDED));
        }
        if !passkeys::remove(&mut tx, user_id, id).await? {
            return Ok(Outcome::Done);
        }
        let Demand { enrolled, policy } = factor_policy::of_account(realm, &mut tx, user_id).await?;
        let locked_out = !identity::has_way_in(realm, &mut tx, user_id).await?;
        if locked_out || !enrolled.can_meet(policy) {
            return Ok(Outcome::Last);
        }
        let event = events::of_visit(realm, visit, "factor.passkey_removed", Some(user_id));
        audit::record(&mut tx, &event).await?;
        notices::tell(realm, visit, &mut tx, user_id, Notice::PasskeyRemoved).await?;
        finish(realm, visit, session, tx).await
    })
}

async fn begin(realm: &Realm, session: &Session) -> Result<database::Tx> {
    let mut tx = realm.store.facts.begin().await?;
    if !sessions::keep_alive(&mut tx, &session.sid, realm.now()).await? {
        return Err(Error::Refused(establish::SESSION_ENDED));
    }
    Ok(tx)
}

async fn finish(realm: &Realm, visit: &Visit, session: &Session, mut tx: database::Tx) -> Result<Outcome> {
    let outcome = once::Outcome::to(paths::PASSKEYS).within(&session.sid);
    once::settle(realm, visit, &mut tx, &outcome).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}
