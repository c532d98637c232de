//! Whether the browser of a visit is trusted to be its account's owner's, where a second factor would be asked for.

use database::On;

use crate::{realm::Realm, store::trusted_browsers};

/// Whether a second factor of that account was remembered in this browser, and still counts.
pub async fn is_trusted(
    realm: &Realm,
    on: impl Into<On<'_>>,
    user_id: &str,
    browser_hash: &str,
) -> database::Result<bool> {
    let Some(longest) = realm.trusts_browsers_for() else { return Ok(false) };
    trusted_browsers::is_trusted(on, user_id, browser_hash, realm.now(), longest).await
}
