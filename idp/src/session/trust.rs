//! Whether the browser of a visit is trusted to be its account's owner's, where a second factor would be asked for.

use database::On;
use protocol::authorize::FactorPolicy;

use crate::{realm::Realm, store::trusted_browsers};

/// An account, and which second factor is demanded of it.
#[derive(Debug, Clone, Copy)]
pub struct Account<'a> {
    /// Its id.
    pub id: &'a str,
    /// The demand.
    pub policy: FactorPolicy,
}

/// Whether a second factor of that account was remembered in this browser, and still counts.
pub async fn is_trusted(
    realm: &Realm,
    on: impl Into<On<'_>>,
    account: Account<'_>,
    browser_hash: &str,
) -> database::Result<bool> {
    let Some(longest) = realm.trusts_browsers_for(account.policy) else { return Ok(false) };
    trusted_browsers::is_trusted(on, account.id, browser_hash, realm.now(), longest).await
}
