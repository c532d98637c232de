//! The one gate for every token, whatever grant it comes from. It checks the account, the client with its scopes, the
//! factors, the consent and the policy again at the time of issue.

use anyhow::anyhow;
use protocol::{
    access_token::AccessClaims,
    acr::Amr,
    catalogue,
    client_auth::AuthenticatedClient,
    grant::Issuance,
    id_token::{self, IdTokenInput},
    jose::{self, Algorithm},
    refresh::RefreshToken,
    scope::Scope,
    standing::Fallen,
    userinfo,
};
use serde_json::{Map, Value};

use super::{
    Error, Result,
    standing::{self, registered},
    userinfo::person_claims,
};
use crate::{
    realm::{Loaded, Realm},
    store::{standing::Found, users},
};

/// The answer to a token request.
#[derive(Clone)]
pub struct TokenSet {
    /// The access token (RFC 9068).
    pub access_token: String,
    /// How long the access token is valid, seconds.
    pub expires_in: i64,
    /// The granted scope.
    pub scope: Scope,
    /// The ID token, with the `openid` scope.
    pub id_token: Option<String>,
    /// The refresh token, with the `offline_access` scope.
    pub refresh_token: Option<String>,
}

impl std::fmt::Debug for TokenSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenSet").field("scope", &self.scope).finish_non_exhaustive()
    }
}

/// What to issue under a person's grant.
#[derive(Debug)]
pub struct Issue<'a> {
    /// The grant, with the stored facts that it depends on.
    pub found: &'a Found,
    /// The scope to issue: the grant's, or less.
    pub scope: Scope,
    /// The generation of the refresh token to hand out, if one is due.
    pub generation: Option<i64>,
    /// Whether this answers the code itself. Only then does the ID token repeat the request's nonce (OpenID Connect
    /// Core section 12.2).
    pub from_code: bool,
}

/// Why there are no new tokens although the grant is still valid.
pub const NO_REFRESH: &str = "its client may no longer refresh, or offline_access was taken from it";

/// Issues the tokens of a person's grant.
pub async fn tokens(realm: &Realm, client: &AuthenticatedClient, what: Issue<'_>) -> Result<TokenSet> {
    let grant = &what.found.grant;
    let what = standing(realm, client, &what).map_err(|why| refused(what.from_code, why))?;
    let user = users::by_id(&realm.store.facts, &grant.user_id).await?;
    let user = user.ok_or_else(|| refused(what.from_code, Fallen::AccountGone.as_str()))?;
    let roles = what.found.roles.clone();
    let now = realm.now();
    let expires_in = realm.config.tokens.access;
    let permissions = realm.config.permissions(&roles);
    let resources = realm.config.resources.of(&what.scope);
    // roles are for resources: a token without a resource has none
    let for_resource = !resources.is_empty();
    let person = person_claims(realm, &user, &roles)?;
    let access = AccessClaims {
        iss: realm.config.issuer.clone(),
        sub: user.id.clone(),
        aud: audience(realm, &what.scope),
        exp: now + expires_in,
        iat: now,
        jti: format!("{}.{}", grant.id, realm.new_token()),
        client_id: client.client().id.clone(),
        scope: what.scope.clone(),
        auth_time: Some(grant.auth_time),
        acr: Some(grant.acr.clone()),
        amr: grant.amr.clone(),
        sid: Some(grant.sid.clone()),
        roles: if for_resource { roles } else { Vec::new() },
        permissions: if for_resource { permissions } else { Vec::new() },
        team: user.team.clone().filter(|_| for_resource),
    };
    let keys = signing_keys(realm).await?;
    let access_token = keys.sign(Algorithm::ES256, token_type(realm, &access.aud), &access)?;
    let id_token = if what.scope.contains("openid") {
        Some(identity(
            realm,
            client,
            &keys,
            &About { what: &what, person: &person, access_token: &access_token },
        )?)
    } else {
        None
    };
    let refresh_token = what.generation.map(|generation| {
        RefreshToken { grant_id: grant.id.clone(), generation }.encode(&realm.secrets.refresh.current)
    });
    Ok(TokenSet { access_token, expires_in, scope: what.scope, id_token, refresh_token })
}

/// Issues a token to the client itself (RFC 6749 section 4.4): no person, no refresh token.
pub async fn client_token(realm: &Realm, client: &AuthenticatedClient, scope: Scope) -> Result<TokenSet> {
    let now = realm.now();
    let expires_in = realm.config.tokens.access;
    let id = client.client().id.clone();
    let access = AccessClaims {
        iss: realm.config.issuer.clone(),
        sub: id.clone(),
        aud: audience(realm, &scope),
        exp: now + expires_in,
        iat: now,
        jti: realm.new_token(),
        client_id: id,
        scope: scope.clone(),
        auth_time: None,
        acr: None,
        amr: Amr::default(),
        sid: None,
        roles: Vec::new(),
        permissions: Vec::new(),
        team: None,
    };
    let keys = signing_keys(realm).await?;
    let access_token = keys.sign(Algorithm::ES256, token_type(realm, &access.aud), &access)?;
    Ok(TokenSet { access_token, expires_in, scope, id_token: None, refresh_token: None })
}

/// What may still be issued; `Err` says why nothing may.
fn standing<'a>(
    realm: &Realm,
    client: &AuthenticatedClient,
    what: &Issue<'a>,
) -> std::result::Result<Issue<'a>, &'static str> {
    let stands = standing::of_grant(realm, what.found).map_err(Fallen::as_str)?;
    let scope = what.scope.intersection(&stands);
    if scope.is_empty() {
        return Err(Fallen::ScopeGone.as_str());
    }
    let refresh = Issuance::of(stands, client).refresh;
    if !refresh && !what.from_code {
        return Err(NO_REFRESH);
    }
    let generation = what.generation.filter(|_| refresh);
    Ok(Issue { found: what.found, scope, generation, from_code: what.from_code })
}

/// The error for a wrong code or refresh token: the client gets one text, whatever is wrong (T9).
pub fn refused(from_code: bool, why: &'static str) -> Error {
    let error = if from_code { catalogue::INVALID_CODE } else { catalogue::INVALID_REFRESH_TOKEN };
    Error::Refused(error.because(why))
}

/// The audience of a token (K5): the resources that its scopes belong to, else this issuer for its userinfo. There are
/// several only when the client named each of them.
fn audience(realm: &Realm, scope: &Scope) -> Vec<String> {
    let resources = realm.config.resources.of(scope);
    if resources.is_empty() {
        return vec![realm.config.issuer.clone()];
    }
    resources.into_iter().map(str::to_owned).collect()
}

/// The `typ` of a token: that of RFC 9068, unless none of its resources accepts that.
fn token_type(realm: &Realm, audience: &[String]) -> &'static str {
    let plain = audience.iter().all(|resource| realm.config.plain_resources.contains(resource));
    if plain { jose::PLAIN_ACCESS_TOKEN } else { jose::ACCESS_TOKEN }
}

/// What an ID token is made of.
struct About<'a> {
    what: &'a Issue<'a>,
    /// The claims about the person.
    person: &'a Map<String, Value>,
    /// The access token that is issued with it.
    access_token: &'a str,
}

fn identity(realm: &Realm, client: &AuthenticatedClient, keys: &Loaded, about: &About<'_>) -> Result<String> {
    let About { what, person, access_token } = *about;
    let grant = &what.found.grant;
    let algorithm = client.client().id_token_alg;
    let now = realm.now();
    let at_hash = id_token::at_hash(algorithm, access_token);
    let requested = grant.claims.clone().within(&registered(realm, &grant.client_id));
    let which = client.client().id_token_claims;
    let user_claims = userinfo::id_token_claims(which, &what.scope, &requested, person);
    let claims: Map<String, Value> = id_token::claims(&IdTokenInput {
        issuer: &realm.config.issuer,
        subject: &grant.user_id,
        client_id: &client.client().id,
        issued_at: now,
        expires_at: now + realm.config.tokens.id,
        auth_time: grant.auth_time,
        nonce: grant.nonce.as_deref().filter(|_| what.from_code),
        acr: &grant.acr,
        amr: &grant.amr,
        sid: Some(&grant.sid),
        at_hash: Some(&at_hash),
        user_claims: &user_claims,
    });
    Ok(keys.sign(algorithm, jose::ID_TOKEN, &claims)?)
}

async fn signing_keys(realm: &Realm) -> Result<std::sync::Arc<Loaded>> {
    realm.keys.ready().await.ok_or_else(|| Error::Internal(anyhow!("the realm has no signing keys")))
}
