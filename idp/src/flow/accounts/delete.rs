//! Deleting accounts for good.

use database::again;

use super::{Result, by_operator, power};
use crate::{
    flow::{sign_out, throttle},
    realm::Realm,
    session::copies,
    store::{
        audit::{self, Event},
        deletions, setup_links, user_roles,
        users::{self, User},
    },
};

/// The result of a deletion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deletion {
    /// The account is gone.
    Done,
    /// Somebody else deleted it first, or its owner has come back.
    DoneBefore,
    /// Refused: the account has this role with every permission, and nobody else who can sign in has one.
    LastWith(String),
}

/// Deletes an account, as an operator. Its sessions and everything granted in them end, relying parties are told, and the
/// person's data is deleted. The audit trail keeps its events under the subject, which is never used again.
pub async fn delete(realm: &Realm, user: &User) -> Result<Deletion> {
    delete_as(realm, user, By::Operator).await
}

/// Deletes an account whose owner wanted to leave, if the time has come and the owner has not come back.
pub async fn delete_if_due(realm: &Realm, user: &User) -> Result<Deletion> {
    delete_as(realm, user, By::Owner).await
}

/// Who wants an account to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Operator,
    Owner,
}

async fn delete_as(realm: &Realm, user: &User, by: By) -> Result<Deletion> {
    let deletion = again!(delete_in_one(realm, user, by))?;
    if deletion == Deletion::Done {
        // also copies under ids that were replaced a moment before
        copies::outlive(realm).await;
        throttle::forgive(realm, &[&user.email, &user.id]).await?;
    }
    Ok(deletion)
}

async fn delete_in_one(realm: &Realm, user: &User, by: By) -> Result<Deletion> {
    let mut tx = realm.store.facts.begin().await?;
    user_roles::hold(&mut tx).await?;
    if by == By::Owner && !deletions::hold(&mut tx, &user.id, realm.now()).await? {
        return Ok(Deletion::DoneBefore);
    }
    let roles = users::roles(&mut tx, &user.id).await?;
    // owners leave realms only that nobody administers from within
    if by == By::Operator
        && let Some(role) = power::lost(realm, &mut tx, user, &roles, &[]).await?
    {
        return Ok(Deletion::LastWith(role));
    }
    // so that nobody signs in to it before the transaction ends; it may be disabled already
    users::disable(&mut tx, &user.id, realm.now()).await?;
    let dead_ids = sign_out::end_everything_in(realm, &mut tx, &user.id, "account_deleted").await?;
    setup_links::forget_of(&mut tx, &user.id).await?;
    if !deletions::delete(&mut tx, &user.id).await? {
        return Ok(Deletion::DoneBefore);
    }
    let event = by_operator(realm, "account.deleted", &user.id);
    let actor = event.actor.filter(|_| by == By::Operator);
    audit::record(&mut tx, &Event { actor, ..event }).await?;
    dead_ids.commit(realm, tx).await?;
    Ok(Deletion::Done)
}
