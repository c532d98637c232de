//! `idp sessions`: break-glass.

use anyhow::bail;

use super::commands::open;
use crate::{flow::end_all, realm::RealmConfig};

/// Ends everything that was issued in the realm, if that is confirmed.
pub async fn end_all(realms: Vec<RealmConfig>, name: &str, confirmed: bool) -> anyhow::Result<()> {
    let realm = open(realms, name).await?;
    if !confirmed {
        println!("{name}  {} sessions", end_all::open_sessions(&realm).await?);
        bail!(
            "they would end, with every grant and token, and the signing keys would be replaced: \
             everybody has to sign in again; add --yes to do it"
        );
    }
    end_all::end_all(&realm).await?;
    println!("{name}  all ended, new signing keys");
    Ok(())
}
