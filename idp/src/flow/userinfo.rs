//! Userinfo: what the token's person agreed to tell its client (UI-1, UI-2, U2).

use anyhow::anyhow;
use protocol::{
    access_token::{self, AccessClaims, Expect},
    error::{ErrorCode, OAuthError},
    grant::Grant,
    userinfo,
};
use serde_json::{Map, Value, json};

use super::{Error, Result, issue::registered, profile};
use crate::{
    realm::Realm,
    store::{
        grants, not_before,
        users::{self, User},
    },
};

/// The clocks of the realm's processes may differ by this much, seconds: a token of another one is not from the future.
const LEEWAY: i64 = access_token::MAX_LEEWAY;

/// The claims behind an access token.
pub async fn claims(realm: &Realm, token: &str) -> Result<Map<String, Value>> {
    let (claims, grant) = live_token(realm, token).await?.ok_or_else(dead)?;
    let grant = grant.ok_or_else(dead)?;
    if !claims.scope.contains("openid") {
        let text = "the token was not granted with the openid scope";
        return Err(OAuthError::new(ErrorCode::InsufficientScope, text).into());
    }
    // what an operator took from the client since then is not told any more
    let allowed = registered(realm, realm.client(&claims.client_id).ok_or_else(dead)?);
    let requested = grant.claims.within(&allowed);
    let user = users::by_id(&realm.store.facts, &claims.sub).await?;
    let user = user.filter(|user| user.disabled_at.is_none()).ok_or_else(dead)?;
    let scope = claims.scope.intersection(&allowed);
    let told = scope.union(&requested.scope());
    let roles = if told.contains(userinfo::GROUPS) || told.contains(userinfo::ROLES) {
        users::roles(&realm.store.facts, &user.id).await?
    } else {
        Vec::new()
    };
    let mut answer = userinfo::claims_for(&scope, &requested, &person_claims(realm, &user, &roles)?);
    answer.insert("sub".to_owned(), user.id.into());
    Ok(answer)
}

/// An access token of this realm that still works, with the grant behind it: signature, time, and that nothing was
/// revoked. `None` for anything else.
pub async fn live_token(realm: &Realm, token: &str) -> Result<Option<(AccessClaims, Option<Grant>)>> {
    let keys =
        realm.keys.ready().await.ok_or_else(|| Error::Internal(anyhow!("the realm has no signing keys")))?;
    let expect = Expect {
        issuer: &realm.config.issuer,
        audience: None,
        leeway: LEEWAY,
        max_lifetime: realm.config.tokens.access,
    };
    let now = realm.now();
    let verified =
        access_token::verify_own(&keys.set, token, &expect, &realm.config.plain_resources, now).ok();
    // an issuer knows when its own token ends (RFC 7662 section 4)
    let Some(claims) = verified.filter(|claims| claims.exp > now) else { return Ok(None) };
    let facts = &realm.store.facts;
    let Some((grant_id, _)) = claims.jti.split_once('.') else {
        // a client's own token: it has no grant, but may have been revoked by name or with all others
        let revoked =
            grants::token_revoked(facts, &claims.jti).await? || claims.iat <= not_before::get(facts).await?;
        return Ok((!revoked).then_some((claims, None)));
    };
    let grant = grants::redeemed(facts, grant_id).await?;
    let alive = grant.filter(|grant| grant.revoked_at.is_none() && grant.user_id == claims.sub);
    Ok(alive.map(|grant| (claims, Some(grant))))
}

/// All that can be told about an account: the standard claims, and what it is in the realm.
pub fn person_claims(realm: &Realm, user: &User, roles: &[String]) -> Result<Map<String, Value>> {
    let mut claims = standard_claims(realm, user)?;
    claims.insert("groups".to_owned(), json!(roles));
    claims.insert("roles".to_owned(), json!(roles));
    claims.insert("team".to_owned(), json!(user.team));
    Ok(claims)
}

/// The standard claims (OIDC Core 5.1) of an account, as far as the realm offers them.
pub fn standard_claims(realm: &Realm, user: &User) -> Result<Map<String, Value>> {
    let mut claims = profile::claims_of(user)?;
    // when what is told last changed: a new password is nobody's business
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

fn dead() -> Error {
    OAuthError::new(ErrorCode::InvalidToken, "the access token is not valid here, or no longer").into()
}
