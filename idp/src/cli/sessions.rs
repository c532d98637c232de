//! `idp sessions`: the emergency command.

use anyhow::bail;
use serde_json::json;

use super::{output::Output, realms::open};
use crate::{flow::end_all, realm::RealmConfig};

/// Ends every session, grant and token of the realm, and replaces its signing keys, if `confirmed`.
pub async fn end_all(
    realms: Vec<RealmConfig>,
    name: &str,
    confirmed: bool,
    output: Output,
) -> anyhow::Result<()> {
    let realm = open(realms, name).await?;
    let sessions = end_all::open_sessions(&realm).await?;
    if !confirmed {
        let json = json!({ "realm": name, "sessions": sessions, "ended": false });
        output.show(&format!("{name}  {sessions} sessions"), &json)?;
        bail!(
            "they would end, with every grant and token, and the signing keys would be replaced: \
             everybody has to sign in again; add --yes to do it"
        );
    }
    end_all::end_all(&realm).await?;
    let json = json!({ "realm": name, "sessions": sessions, "ended": true });
    output.done(&format!("{name}  all ended, new signing keys"), &json)
}
