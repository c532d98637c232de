//! Userinfo: what the token's person agreed to tell its client (UI-1, UI-2, U2).

use protocol::{
    error::{ErrorCode, OAuthError},
    userinfo,
};
use serde_json::{Map, Value, json};

use super::{
    Error, Result,
    standing::{self, registered},
};
use crate::{
    realm::Realm,
    store::users::{self, User},
};

/// The claims behind an access token.
pub async fn claims(realm: &Realm, token: &str) -> Result<Map<String, Value>> {
    let live = standing::access_token(realm, token).await?.map_err(dead)?;
    let found = live.found.ok_or_else(|| dead("a client got the token for itself"))?;
    if !live.claims.scope.contains("openid") {
        let text = "the token was not granted with the openid scope";
        return Err(OAuthError::new(ErrorCode::InsufficientScope, text).into());
    }
    // what an operator took from the client since then is not told any more
    let requested = found.grant.claims.within(&registered(realm, &found.grant.client_id));
    let user = users::by_id(&realm.store.facts, &live.claims.sub).await?;
    let user = user.ok_or_else(|| dead("its account is gone"))?;
    let mut answer = userinfo::claims_for(&live.claims.scope, &requested, &standard_claims(&user)?);
    answer.insert("sub".to_owned(), user.id.into());
    Ok(answer)
}

/// The standard claims (OIDC Core 5.1) of an account.
pub fn standard_claims(user: &User) -> Result<Map<String, Value>> {
    let mut claims: Map<String, Value> =
        serde_json::from_str(&user.claims).map_err(|error| Error::Internal(error.into()))?;
    claims.insert("email".to_owned(), json!(user.email));
    claims.insert("email_verified".to_owned(), json!(user.email_verified_at.is_some()));
    claims.insert("updated_at".to_owned(), json!(user.updated_at));
    Ok(claims)
}

fn dead(why: &'static str) -> Error {
    let error = OAuthError::new(ErrorCode::InvalidToken, "the access token is not valid here, or no longer");
    error.because(why).into()
}
