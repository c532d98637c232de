//! Somebody always has every permission: a realm for staff without such a person could not be administered any more.

use super::Result;
use crate::{
    realm::Realm,
    store::{
        user_roles,
        users::{self, User},
    },
};

/// The role with every permission that nobody would be left with, if this account had only `after` of the roles `before`.
/// Asked while [`user_roles::hold`] keeps others from changing roles.
pub(super) async fn lost(
    realm: &Realm,
    tx: &mut database::Tx,
    user: &User,
    before: &[String],
    after: &[String],
) -> Result<Option<String>> {
    // who can't sign in has no power to lose
    let can_sign_in = user.disabled_at.is_none() && user.password_hash.is_some();
    let powerful = realm.config.roles_with_every_permission();
    if !can_sign_in || after.iter().any(|role| powerful.contains(&role.as_str())) {
        return Ok(None);
    }
    let Some(role) = before.iter().find(|role| powerful.contains(&role.as_str())) else { return Ok(None) };
    for role in powerful {
        if user_roles::has_another_holder(tx, role, &user.id).await? {
            return Ok(None);
        }
    }
    Ok(Some(role.clone()))
}

/// The role with every permission that nobody else has who can sign in.
pub async fn only_holder_of(realm: &Realm, user: &User) -> Result<Option<String>> {
    let mut tx = realm.store.facts.begin().await?;
    let roles = users::roles(&mut tx, &user.id).await?;
    lost(realm, &mut tx, user, &roles, &[]).await
}
