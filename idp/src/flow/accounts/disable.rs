//! Disabling accounts, and enabling them again.

use database::again;

use super::{Result, by_operator};
use crate::{
    flow::{mail_links, sign_out},
    realm::Realm,
    session::copies,
    store::{audit, users},
};

/// Disables an account: its sessions and everything granted in them end in the same transaction. `false` when there is
/// no such account, or it was disabled before.
pub async fn disable(realm: &Realm, email: &str) -> Result<bool> {
    let Some(user) = users::by_email(&realm.store.facts, email).await? else { return Ok(false) };
    let disabled = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        if users::disable(&mut tx, &user.id, realm.now()).await? == 0 {
            return Ok(false);
        }
        let dead_ids = sign_out::end_everything_in(realm, &mut tx, &user.id, "account_disabled").await?;
        mail_links::forget_of(&mut tx, &user.id).await?;
        audit::record(&mut tx, &by_operator(realm, "account.disabled", &user.id)).await?;
        dead_ids.commit(realm, tx).await?;
        Result::Ok(true)
    })?;
    // also copies under ids that were replaced a moment before
    copies::outlive(realm).await;
    Ok(disabled)
}

/// Lets a disabled account sign in again; what ended stays ended. `false` when it is not disabled.
pub async fn enable(realm: &Realm, user_id: &str) -> Result<bool> {
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        if !users::enable(&mut tx, user_id, realm.now()).await? {
            return Ok(false);
        }
        audit::record(&mut tx, &by_operator(realm, "account.enabled", user_id)).await?;
        Ok(tx.commit().await.map(|()| true)?)
    })
}
