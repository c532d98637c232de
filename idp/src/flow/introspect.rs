//! Introspection (RFC 7662): clients that authenticate learn whether a token works now.

use anyhow::Context;
use protocol::{
    access_token::AccessClaims,
    client_auth::AuthenticatedClient,
    grant::Issuance,
    refresh::{self, RefreshToken, RefreshVerdict},
};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Result, issue, standing};
use crate::{realm::Realm, store::standing as stored};

/// RFC 7662 section 2.2: an access token that works.
#[derive(Serialize)]
struct Works<'a> {
    active: bool,
    token_type: &'static str,
    #[serde(flatten)]
    claims: &'a AccessClaims,
}

/// The answer. A token that doesn't work, or that the caller may not know about, is just inactive (U4); the log says
/// why.
pub async fn introspect(realm: &Realm, client: &AuthenticatedClient, token: &str) -> Result<Value> {
    let answer = match realm.secrets.refresh_token(token) {
        Some(shown) => refresh_token(realm, client, &shown).await?,
        None => access_token(realm, client, token).await?,
    };
    Ok(answer.unwrap_or_else(|reason| {
        tracing::info!(client_id = client.id, reason, "a token was reported as inactive");
        json!({ "active": false })
    }))
}

type Verdict = std::result::Result<Value, &'static str>;

/// The answer about an access token, for the client that got it and for first-party clients, such as resources.
async fn access_token(realm: &Realm, client: &AuthenticatedClient, token: &str) -> Result<Verdict> {
    let claims = match standing::access_token(realm, token).await? {
        Ok(live) => live.claims,
        Err(why) => return Ok(Err(why)),
    };
    if claims.client_id != client.id && !client.first_party {
        return Ok(Err("it is another client's, and this client is not first_party"));
    }
    let works = Works { active: true, token_type: "Bearer", claims: &claims };
    Ok(Ok(serde_json::to_value(works).context("an introspection answer")?))
}

/// The answer about a refresh token, for its own client only. The token is active when a refresh would accept it now.
async fn refresh_token(realm: &Realm, client: &AuthenticatedClient, shown: &RefreshToken) -> Result<Verdict> {
    let Some(found) = stored::of_grant(&realm.store.facts, &shown.grant_id).await? else {
        return Ok(Err("its grant is no longer there"));
    };
    let scope = match standing::of_grant(realm, &found) {
        Ok(scope) => scope,
        Err(fallen) => return Ok(Err(fallen.as_str())),
    };
    let (grant, grace) = (&found.grant, realm.config.tokens.refresh_grace);
    let reason = match refresh::judge(grant, shown, client, realm.now(), grace) {
        RefreshVerdict::Refused => Some("it is another client's, or has expired"),
        RefreshVerdict::Reuse => Some("it was replaced by a newer one"),
        _ if !Issuance::of(scope.clone(), client).refresh => Some(issue::NO_REFRESH),
        _ => None,
    };
    Ok(match reason {
        Some(reason) => Err(reason),
        None => Ok(json!({
            "active": true,
            "client_id": grant.client_id,
            "sub": grant.user_id,
            "scope": scope.to_string(),
            "exp": grant.refresh_expires_at.min(grant.refresh_absolute_at),
            "iat": grant.issued_at,
            "iss": realm.config.issuer,
        })),
    })
}
