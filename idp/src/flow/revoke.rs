//! Revocation (RFC 7009): the client's own token dies with everything of its grant; anything else changes nothing.

use protocol::client_auth::AuthenticatedClient;

use super::{Result, userinfo};
use crate::{realm::Realm, store::grants};

/// Revokes what the token stands for, if it is this client's.
pub async fn revoke(realm: &Realm, client: &AuthenticatedClient, token: &str) -> Result<()> {
    let client_id = &client.client().id;
    let facts = &realm.store.facts;
    let now = realm.now();
    if let Some(shown) = realm.secrets.refresh_token(token) {
        let grant = grants::redeemed(facts, &shown.grant_id).await?;
        if grant.is_some_and(|grant| grant.client_id == *client_id) {
            grants::revoke(facts, &shown.grant_id, "revoked_by_client", now).await?;
        }
        return Ok(());
    }
    match userinfo::live_token(realm, token).await? {
        Some((claims, Some(grant))) if claims.client_id == *client_id => {
            grants::revoke(facts, &grant.id, "revoked_by_client", now).await?;
        }
        Some((claims, None)) if claims.client_id == *client_id => {
            grants::revoke_token(facts, &claims.jti, claims.exp).await?;
        }
        _ => {}
    }
    Ok(())
}
