//! `idp user unlock` and `idp user reset-factors`

use anyhow::bail;
use clock::when;
use serde_json::json;

use super::{Who, account};
use crate::{
    cli::{output::Output, setup_link::SETUP_LINK_SECONDS},
    flow::accounts,
    realm::RealmConfig,
};

const ENABLE_FIRST: &str = "the account is disabled: `idp user enable` lets it sign in again";

/// Clears the counters of failed attempts at an account.
pub async fn unlock(realms: Vec<RealmConfig>, who: &Who, output: Output) -> anyhow::Result<()> {
    let (realm, user) = account(realms, who).await?;
    accounts::unlock(&realm, &user.email).await?;
    let disabled = user.disabled_at.is_some();
    let text = if disabled { format!("unlocked, but {ENABLE_FIRST}") } else { "unlocked".to_owned() };
    output.done(&text, &json!({ "id": user.id, "email": user.email, "unlocked": true, "disabled": disabled }))
}

/// Prints a one-time link into an account whose owner lost the second factor.
pub async fn reset_factors(realms: Vec<RealmConfig>, who: &Who, output: Output) -> anyhow::Result<()> {
    let (realm, user) = account(realms, who).await?;
    let expires_at = realm.now() + SETUP_LINK_SECONDS;
    let Some(link) = accounts::reset_factors(&realm, &user.email, SETUP_LINK_SECONDS).await? else {
        bail!("{ENABLE_FIRST}");
    };
    let expires_at = when::iso(expires_at);
    let json = json!({ "id": user.id, "email": user.email, "link": link, "expires_at": expires_at });
    output.made(&link, &json, "the same command prints another link")
}
