//! `idp setup-link`

use anyhow::bail;
use clock::when;
use serde_json::json;

use super::{
    output::Output,
    realms::{open, unknown_role},
};
use crate::{flow::setup, realm::RealmConfig};

/// How long a setup link works, seconds.
pub const SETUP_LINK_SECONDS: i64 = 24 * 3600;

pub async fn setup_link(
    realms: Vec<RealmConfig>,
    name: &str,
    role: &str,
    output: Output,
) -> anyhow::Result<()> {
    let realm = open(realms, name).await?;
    if !realm.config.roles.contains_key(role) {
        bail!(unknown_role(&realm, role));
    }
    let expires_at = when::iso(realm.now() + SETUP_LINK_SECONDS);
    let link = setup::issue_link(&realm, role, SETUP_LINK_SECONDS).await?;
    let json = json!({ "realm": name, "role": role, "link": link, "expires_at": expires_at });
    output.made(&link, &json, "the same command prints another link")
}
