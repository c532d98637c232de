//! The sessions of a signed-in person: where they are signed in, and ending that. Each statement names the account.

use database::again;
use protocol::acr::Amr;

use super::establish;
use crate::{
    flow::{Error, Result, once, sign_out},
    paths,
    realm::Realm,
    session::{Session, Visit},
    store::{sessions, trusted_browsers},
};

/// A session in its owner's list.
#[derive(Debug)]
pub struct Listed {
    /// Its public name.
    pub sid: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
    /// How the person signed in.
    pub amr: Amr,
    /// When the person signed in, Unix seconds.
    pub auth_time: i64,
    /// When it was last used, Unix seconds. It is recorded once a minute.
    pub last_seen_at: i64,
    /// The address that it began at.
    pub address: String,
    /// The browser that it began in, as that called itself.
    pub user_agent: String,
}

/// The live sessions of the account, this one first, then the most recently used.
pub async fn list(realm: &Realm, session: &Session) -> Result<Vec<Listed>> {
    let (now, idle) = (realm.now(), realm.config.session.idle);
    let rows = sessions::live_of_user(&realm.store.facts, &session.user_id, now, now - idle).await?;
    let mut listed: Vec<Listed> = rows
        .into_iter()
        .map(|row| Listed {
            is_this: row.sid == session.sid,
            sid: row.sid,
            amr: serde_json::from_str(&row.amr).unwrap_or_default(),
            auth_time: row.auth_time,
            last_seen_at: row.last_seen_at,
            address: row.address,
            user_agent: row.user_agent,
        })
        .collect();
    listed.sort_by_key(|session| (!session.is_this, -session.last_seen_at));
    Ok(listed)
}

/// Which sessions a person ends.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    /// The one of this public name. It has to be the person's own.
    One(&'a str),
    /// All but the one that asks, and the trust in all other browsers.
    Others,
}

/// Ends sessions with all that was granted in them. Apps that took part in them get notices.
pub async fn end(realm: &Realm, visit: &Visit, session: &Session, which: Which<'_>) -> Result<()> {
    let reason = "ended_by_owner";
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        if !sessions::keep_alive(&mut tx, &session.sid, realm.now()).await? {
            return Err(Error::Refused(establish::SESSION_ENDED));
        }
        let dead = match which {
            Which::Others => {
                let here = visit.browser_hash();
                trusted_browsers::forget_others(&mut tx, &session.user_id, &here).await?;
                sign_out::end_all_in(realm, &mut tx, &session.user_id, Some(&session.sid), reason).await?
            }
            Which::One(sid)
                if sessions::sids_of_user(&mut tx, &session.user_id).await?.iter().any(|own| own == sid) =>
            {
                sign_out::end_in(realm, &mut tx, sid, &session.user_id, reason).await?
            }
            Which::One(_) => sign_out::DeadIds::default(),
        };
        let outcome = once::Outcome::to(paths::SESSIONS).within(&session.sid);
        once::settle(realm, visit, &mut tx, &outcome).await?;
        dead.commit(realm, tx).await
    })
}
