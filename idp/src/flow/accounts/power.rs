//! At least one person always has every permission. A realm for staff without such a person could not be administered.

use super::Result;
use crate::{
    flow::identity,
    realm::Realm,
    store::{
        user_roles,
        users::{self, User},
    },
};

/// The role with every permission that nobody who can sign in would have if this account's roles became `after`; `None`
/// if somebody still would. Changes call this while [`user_roles::hold`] locks the roles.
pub(super) async fn lost(
    realm: &Realm,
    tx: &mut database::Tx,
    user: &User,
    before: &[String],
    after: &[String],
) -> Result<Option<String>> {
    // an account that can't sign in has no power to lose
    let can_sign_in = user.disabled_at.is_none() && identity::has_way_in(realm, tx, &user.id).await?;
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

/// The role with every permission that only this account has, among those that can sign in.
pub async fn only_holder_of(realm: &Realm, user: &User) -> Result<Option<String>> {
    let mut tx = realm.store.facts.begin().await?;
    let roles = users::roles(&mut tx, &user.id).await?;
    lost(realm, &mut tx, user, &roles, &[]).await
}

/// Whether anybody can sign in to the account when it is not disabled: with a password, with a passkey, or at another
/// provider.
pub async fn can_sign_in(realm: &Realm, user: &User) -> Result<bool> {
    let mut tx = realm.store.facts.begin().await?;
    identity::has_way_in(realm, &mut tx, &user.id).await
}
