//! An account here is connected with one at an upstream, by a proof of both: a sign-in there, and one here with all the
//! factors that the account has.

use database::{Tx, again};

use super::{
    Connected, add,
    waiting::{chosen, forget},
};
use crate::{
    flow::{
        Result, events,
        notices::{self, Notice},
    },
    realm::Realm,
    realm::upstream::Assertion,
    session::{Session, Visit, interaction::Interaction},
    store::{audit, sessions, users},
};

/// Connects what waits in an interaction with the account that was signed in to within it, if its person has chosen that;
/// forgets it otherwise. The dispatcher calls this when that sign-in is complete.
pub async fn settle(realm: &Realm, visit: &Visit, interaction: &Interaction) -> Result<()> {
    if let (Some(assertion), Some(session)) = (chosen(realm, interaction), &visit.session)
        && with_session(realm, visit, session, &assertion).await? == Outcome::Elsewhere
    {
        tracing::info!("an upstream account was connected with another account meanwhile");
    }
    forget(realm, interaction).await
}

/// The result of connecting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is connected.
    Connected,
    /// It is connected with another account.
    Elsewhere,
    /// The session has ended, or the account is disabled.
    Over,
}

/// Connects an upstream account with the account of a session.
pub async fn with_session(
    realm: &Realm,
    visit: &Visit,
    session: &Session,
    assertion: &Assertion,
) -> Result<Outcome> {
    let user_id = session.user_id.as_str();
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let is_alive = sessions::keep_alive(&mut tx, &session.sid, realm.now()).await?;
        if !is_alive || !users::hold(&mut tx, user_id).await? {
            return Ok(Outcome::Over);
        }
        match add(realm, &mut tx, user_id, assertion).await? {
            Connected::Elsewhere => return Ok(Outcome::Elsewhere),
            Connected::Before => return Ok(Outcome::Connected),
            Connected::Now => {}
        }
        tell_connected(realm, visit, &mut tx, user_id, assertion).await?;
        tx.commit().await?;
        Result::Ok(Outcome::Connected)
    })
}

/// Notes that an upstream account was connected, and tells the account's owner.
pub(in crate::flow) async fn tell_connected(
    realm: &Realm,
    visit: &Visit,
    tx: &mut Tx,
    user_id: &str,
    assertion: &Assertion,
) -> Result<()> {
    let event = events::of_visit(realm, visit, "account.upstream_connected", Some(user_id));
    audit::record(&mut *tx, &audit::Event { detail: Some(&assertion.upstream), ..event }).await?;
    let name = realm.upstream(&assertion.upstream).map_or("", |upstream| upstream.config.name.as_str());
    notices::tell(realm, visit, tx, user_id, Notice::UpstreamConnected { name }).await
}
