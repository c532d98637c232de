//! Deleting accounts for good.

use database::again;

use super::{Result, by_operator, power};
use crate::{
    flow::{sign_out, throttle},
    realm::Realm,
    session::copies,
    store::{
        audit, grants, setup_links, user_roles,
        users::{self, User},
    },
};

/// The result of a deletion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deletion {
    /// The account is gone.
    Done,
    /// Somebody else deleted it first.
    DoneBefore,
    /// Refused: the account has this role with every permission, and nobody else who can sign in has one.
    LastWith(String),
}

/// Deletes an account. Its sessions and everything granted in them end, relying parties are told, and the person's data
/// is deleted. The audit trail keeps its events under the subject, which is never used again.
pub async fn delete(realm: &Realm, user: &User) -> Result<Deletion> {
    let deletion = again!(delete_in_one(realm, user))?;
    if deletion == Deletion::Done {
        // also copies under ids that were replaced a moment before
        copies::outlive(realm).await;
        throttle::forgive(realm, &[&user.email, &user.id]).await?;
    }
    Ok(deletion)
}

async fn delete_in_one(realm: &Realm, user: &User) -> Result<Deletion> {
    let mut tx = realm.store.facts.begin().await?;
    user_roles::hold(&mut tx).await?;
    let roles = users::roles(&mut tx, &user.id).await?;
    if let Some(role) = power::lost(realm, &mut tx, user, &roles, &[]).await? {
        return Ok(Deletion::LastWith(role));
    }
    // so that nobody signs in to it before the transaction ends; it may be disabled already
    users::disable(&mut tx, &user.id, realm.now()).await?;
    let dead_ids = sign_out::end_all_in(realm, &mut tx, &user.id, None, "account_deleted").await?;
    grants::revoke_of_user(&mut tx, &user.id, "account_deleted", realm.now()).await?;
    setup_links::forget_of(&mut tx, &user.id).await?;
    if !users::delete(&mut tx, &user.id).await? {
        return Ok(Deletion::DoneBefore);
    }
    audit::record(&mut tx, &by_operator(realm, "account.deleted", &user.id)).await?;
    dead_ids.commit(realm, tx).await?;
    Ok(Deletion::Done)
}
