//! Userinfo: the claims that the token's person agreed to share with its client (UI-1, UI-2, U2).

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

/// The claims that the client of an access token may read.
pub async fn claims(realm: &Realm, token: &str) -> Result<Map<String, Value>> {
    let live = standing::access_token(realm, token).await?.map_err(dead)?;
    let found = live.found.ok_or_else(|| dead("a client got the token for itself"))?;
    if !live.claims.scope.contains("openid") {
        let text = "the token was not granted with the openid scope";
        return Err(OAuthError::new(ErrorCode::InsufficientScope, text).into());
    }
    // claims that an operator has withdrawn from the client since then are left out
    let requested = found.grant.claims.within(&registered(realm, &found.grant.client_id));
    let user = users::by_id(&realm.store.facts, &live.claims.sub).await?;
    let user = user.ok_or_else(|| dead("its account is gone"))?;
    let person = person_claims(realm, &user, &found.roles)?;
    let mut answer = userinfo::claims_for(&live.claims.scope, &requested, &person);
    answer.insert("sub".to_owned(), user.id.into());
    Ok(answer)
}

/// All claims of an account: the standard claims, and its roles and team in the realm.
pub fn person_claims(realm: &Realm, user: &User, roles: &[String]) -> Result<Map<String, Value>> {
    let mut claims = standard_claims(realm, user)?;
    claims.insert("groups".to_owned(), json!(roles));
    claims.insert("roles".to_owned(), json!(roles));
    claims.insert("team".to_owned(), json!(user.team));
    Ok(claims)
}

/// The standard claims (OpenID Connect Core section 5.1) of an account, as far as the realm offers them.
pub fn standard_claims(realm: &Realm, user: &User) -> Result<Map<String, Value>> {
    let mut claims = claims_of(user)?;
    // when these claims last changed: a new password does not count
    let edited = claims.get("updated_at").and_then(Value::as_i64);
    let updated_at = [edited, user.email_verified_at].into_iter().flatten().fold(user.created_at, i64::max);
    if let Some(name) = &user.username {
        claims.insert("preferred_username".to_owned(), json!(name));
    }
    if claims.contains_key("phone_number") {
        claims.entry("phone_number_verified").or_insert(json!(false));
    }
    claims.retain(|name, _| realm.config.claims.contains(name));
    claims.insert("email".to_owned(), json!(user.email));
    claims.insert("email_verified".to_owned(), json!(user.email_verified_at.is_some()));
    claims.insert("updated_at".to_owned(), json!(updated_at));
    Ok(claims)
}

/// The stored claims of an account, including those that this realm no longer offers.
pub(super) fn claims_of(user: &User) -> Result<Map<String, Value>> {
    serde_json::from_str(&user.claims).map_err(|error| Error::Internal(error.into()))
}

fn dead(why: &'static str) -> Error {
    let error = OAuthError::new(ErrorCode::InvalidToken, "the access token is not valid here, or no longer");
    error.because(why).into()
}
