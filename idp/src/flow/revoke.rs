//! Revocation (RFC 7009): a client's own token is revoked with everything of its grant. Any other token changes
//! nothing.

use protocol::client_auth::AuthenticatedClient;

use super::{Result, client_call::Caller, issued, standing};
use crate::{realm::Realm, store::grants};

/// Revokes the token and its grant, if the token is this client's.
pub async fn revoke(realm: &Realm, client: &AuthenticatedClient, token: &str, caller: &Caller) -> Result<()> {
    let facts = &realm.store.facts;
    if let Some(shown) = realm.secrets.refresh_token(token) {
        return grant(realm, client, &shown.grant_id, caller).await;
    }
    let own = standing::verified(realm, token).await?.ok().filter(|claims| claims.client_id == client.id);
    let Some(claims) = own else { return Ok(()) };
    if let Some(grant_id) = standing::grant_of(&claims) {
        return grant(realm, client, grant_id, caller).await;
    }
    grants::revoke_token(facts, &claims.jti, claims.exp).await?;
    issued::record(realm, "token.revoked", client, None, caller);
    Ok(())
}

async fn grant(realm: &Realm, client: &AuthenticatedClient, id: &str, caller: &Caller) -> Result<()> {
    let facts = &realm.store.facts;
    let Some(grant) = grants::redeemed(facts, id).await?.filter(|grant| grant.client_id == client.id) else {
        return Ok(());
    };
    if grants::revoke(facts, id, "revoked_by_client", realm.now()).await? {
        issued::record(realm, "token.revoked", client, Some(&grant), caller);
    }
    Ok(())
}
