//! `idp secrets`: commands for the rotation of secrets.

use anyhow::bail;
use serde_json::json;

use super::{output::Output, realms::open};
use crate::{flow::reseal, realm::RealmConfig};

/// Seals everything with the current key-encryption key.
pub async fn reseal(realms: Vec<RealmConfig>, name: &str, output: Output) -> anyhow::Result<()> {
    let realm = open(realms, name).await?;
    let done = reseal::reseal(&realm).await?;
    let text = format!("re-sealed: {} signing keys, {} TOTP seeds", done.keys, done.seeds);
    let json = json!({ "signing_keys": done.keys, "totp_seeds": done.seeds, "lost_accounts": done.lost });
    output.done(&text, &json)?;
    if !done.lost.is_empty() {
        bail!("no key-encryption key opens the TOTP seeds of the accounts {}", done.lost.join(", "));
    }
    Ok(())
}
