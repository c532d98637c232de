//! Revocation (RFC 7009): the client's own token dies with everything of its grant; anything else changes nothing.

use protocol::client_auth::AuthenticatedClient;

use super::{Result, standing};
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
    let own = standing::verified(realm, token).await?.ok().filter(|claims| claims.client_id == *client_id);
    let Some(claims) = own else { return Ok(()) };
    match standing::grant_of(&claims) {
        Some(grant_id) => grants::revoke(facts, grant_id, "revoked_by_client", now).await.map(drop)?,
        None => grants::revoke_token(facts, &claims.jti, claims.exp).await?,
    }
    Ok(())
}
