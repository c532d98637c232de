//! Introspection (RFC 7662): whether a token works now, told to clients that authenticate.

use anyhow::Context;
use protocol::{access_token::AccessClaims, client_auth::AuthenticatedClient, refresh::RefreshToken};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Result, userinfo};
use crate::{
    realm::Realm,
    store::{grants, users},
};

/// RFC 7662 2.2: an access token that works.
#[derive(Serialize)]
struct Works<'a> {
    active: bool,
    token_type: &'static str,
    #[serde(flatten)]
    claims: &'a AccessClaims,
}

/// The answer. A token that doesn't work, or isn't the caller's to know about, is just inactive (U4).
pub async fn introspect(realm: &Realm, client: &AuthenticatedClient, token: &str) -> Result<Value> {
    let inactive = json!({ "active": false });
    if let Some(shown) = realm.secrets.refresh_token(token) {
        return Ok(refresh_token(realm, client, &shown).await?.unwrap_or(inactive));
    }
    let Some((claims, grant)) = userinfo::live_token(realm, token).await? else { return Ok(inactive) };
    let own = client.client();
    if claims.client_id != own.id && !own.first_party {
        return Ok(inactive);
    }
    if grant.is_some() {
        let user = users::by_id(&realm.store.facts, &claims.sub).await?;
        if user.is_none_or(|user| user.disabled_at.is_some()) {
            return Ok(inactive);
        }
    }
    let works = Works { active: true, token_type: "Bearer", claims: &claims };
    Ok(serde_json::to_value(works).context("an introspection answer")?)
}

/// A refresh token is told about to its own client only.
async fn refresh_token(
    realm: &Realm,
    client: &AuthenticatedClient,
    shown: &RefreshToken,
) -> Result<Option<Value>> {
    let now = realm.now();
    let Some(grant) = grants::redeemed(&realm.store.facts, &shown.grant_id).await? else { return Ok(None) };
    let works = grant.client_id == client.client().id
        && grant.revoked_at.is_none()
        && grant.generation == shown.generation
        && grant.refresh_expires_at > now;
    if !works {
        return Ok(None);
    }
    Ok(Some(json!({
        "active": true,
        "client_id": grant.client_id,
        "sub": grant.user_id,
        "scope": grant.scope.to_string(),
        "exp": grant.refresh_expires_at,
        "iat": grant.issued_at,
        "iss": realm.config.issuer,
    })))
}
