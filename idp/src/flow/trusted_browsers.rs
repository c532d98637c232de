//! Browsers that are not asked for a second factor for a while: their owner asked for that when proving one, sees them
//! in a list, and takes it back there.

use database::{Tx, again};

use super::{Error, Result, events, factor_policy, once, sessions::establish};
use crate::{
    paths,
    realm::Realm,
    session::{Session, Visit},
    store::{
        audit, sessions,
        trusted_browsers::{self, New},
    },
};

pub use trusted_browsers::Trusted;

/// Trusts the visit's browser, as part of the transaction that proved a second factor in it.
pub(super) async fn begin(realm: &Realm, visit: &Visit, tx: &mut Tx, user_id: &str) -> Result<()> {
    let policy = factor_policy::of_account(realm, &mut *tx, user_id).await?.policy;
    let Some(seconds) = realm.trusts_browsers_for(policy) else { return Ok(()) };
    let since = realm.now();
    let new = New {
        user_id,
        browser_hash: &visit.browser_hash(),
        origin: &visit.origin,
        since,
        until: since + seconds,
    };
    trusted_browsers::trust(tx, new).await?;
    let event = events::of_visit(realm, visit, "factor.browser_trusted", Some(user_id));
    Ok(audit::record(&mut *tx, &event).await?)
}

/// The trusted browsers of an account, the newest first.
pub async fn list(realm: &Realm, user_id: &str) -> Result<Vec<Trusted>> {
    let policy = factor_policy::of_account(realm, &realm.store.facts, user_id).await?.policy;
    let Some(longest) = realm.trusts_browsers_for(policy) else { return Ok(Vec::new()) };
    Ok(trusted_browsers::of_user(&realm.store.facts, user_id, realm.now(), longest).await?)
}

/// Ends the trust in one browser of the session's account, named by its hash in the [`list`].
pub async fn forget(realm: &Realm, visit: &Visit, session: &Session, browser_hash: &str) -> Result<()> {
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        if !sessions::keep_alive(&mut tx, &session.sid, realm.now()).await? {
            return Err(Error::Refused(establish::SESSION_ENDED));
        }
        if trusted_browsers::forget(&mut tx, &session.user_id, browser_hash).await? {
            let event = events::of_visit(realm, visit, "factor.browser_forgotten", Some(&session.user_id));
            audit::record(&mut tx, &event).await?;
        }
        let outcome = once::Outcome::to(paths::SESSIONS).within(&session.sid);
        once::settle(realm, visit, &mut tx, &outcome).await?;
        Result::Ok(tx.commit().await?)
    })
}
