//! Leaving: a person's own account is deleted after a while in which its owner can come back (ACC-11).

use database::again;

use super::{
    Error, Result,
    accounts::{self, Deletion},
    events,
    notices::{self, Notice},
    once,
    sessions::establish,
    sign_out,
};
use crate::{
    paths,
    realm::Realm,
    session::{Session, Visit, copies},
    store::{audit, deletions, sessions, users},
};

/// How long an account stays before it is deleted for good, in seconds.
pub const GRACE_SECONDS: i64 = 14 * 24 * 3600;
/// How many accounts are deleted at a time.
const MOST: i64 = 100;

/// Whether people may delete their own accounts here. Colleagues are let go by operators.
pub const fn is_offered(realm: &Realm) -> bool {
    !realm.config.staff
}

/// Ends all that the account is signed in to, and has it deleted when the time of grace is over. Signing in before takes
/// that back (`sessions::come_back`).
pub async fn ask(realm: &Realm, visit: &Visit, session: &Session) -> Result<()> {
    let (now, user_id) = (realm.now(), session.user_id.as_str());
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        // first the account, as its deletion does
        let planned = deletions::plan(&mut tx, user_id, now + GRACE_SECONDS, now).await?;
        if !planned || !sessions::keep_alive(&mut tx, &session.sid, now).await? {
            return Err(Error::Refused(establish::SESSION_ENDED));
        }
        let event = events::of_visit(realm, visit, "account.deletion_asked", Some(user_id));
        audit::record(&mut tx, &event).await?;
        let days = GRACE_SECONDS / (24 * 3600);
        notices::tell(realm, visit, &mut tx, user_id, Notice::DeletionAsked { days }).await?;
        let dead = sign_out::end_everything_in(realm, &mut tx, user_id, "deletion_asked").await?;
        once::settle(realm, visit, &mut tx, &once::Outcome::to(paths::DELETION_ASKED).signed_out()).await?;
        dead.commit(realm, tx).await
    })?;
    // also copies under ids that were replaced a moment before
    copies::outlive(realm).await;
    Ok(())
}

/// Deletes the accounts whose time of grace is over. Can run on all replicas at once. Returns how many were deleted.
pub async fn carry_out(realm: &Realm) -> Result<usize> {
    let mut deleted = 0;
    for id in deletions::due(&realm.store.facts, realm.now(), MOST).await? {
        let Some(user) = users::by_id(&realm.store.facts, &id).await? else { continue };
        if accounts::delete_if_due(realm, &user).await? == Deletion::Done {
            deleted += 1;
        }
    }
    Ok(deleted)
}
