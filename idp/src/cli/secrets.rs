//! `idp secrets`: what an operator does while secrets rotate.

use anyhow::bail;

use super::commands::open;
use crate::{flow::reseal, realm::RealmConfig};

/// Seals everything with the current key-encryption key.
pub async fn reseal(realms: Vec<RealmConfig>, name: &str) -> anyhow::Result<()> {
    let realm = open(realms, name).await?;
    let done = reseal::reseal(&realm).await?;
    println!("re-sealed: {} signing keys, {} TOTP seeds", done.keys, done.seeds);
    if !done.lost.is_empty() {
        bail!("no key-encryption key opens the TOTP seeds of the accounts {}", done.lost.join(", "));
    }
    Ok(())
}
