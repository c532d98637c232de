//! Access tokens as signed JWTs (RFC 9068).

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::{
    acr::Amr,
    claims::{self, Window},
    jose::{self, KeySet, TokenError},
    scope::Scope,
    stored_time,
};

pub use crate::claims::MAX_LIFETIME;

/// Largest clock difference that [`Expect::leeway`] may allow, in seconds.
pub const MAX_LEEWAY: i64 = stored_time::LEEWAY;

/// The claims of an access token. They serialise as they are signed: empty ones are left out, and a single audience is
/// a plain string.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccessClaims {
    /// The realm's issuer.
    pub iss: String,
    /// The user, or the client itself for client credentials.
    pub sub: String,
    /// The resources. There is one, unless the client named several.
    #[serde(serialize_with = "audience")]
    pub aud: Vec<String>,
    /// Expiry, Unix seconds.
    pub exp: i64,
    /// Time of issue, Unix seconds.
    pub iat: i64,
    /// Token id. It begins with the grant id and a dot when a user granted it.
    pub jti: String,
    /// The client that the token was issued to.
    pub client_id: String,
    /// What the client may do.
    pub scope: Scope,
    /// When the user signed in, Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_time: Option<i64>,
    /// Authentication context of that sign-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acr: Option<String>,
    /// Methods of that sign-in.
    #[serde(skip_serializing_if = "Amr::is_empty")]
    pub amr: Amr,
    /// The user's session at the provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// Realm roles of the user.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// Realm permissions of the user.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub permissions: Vec<String>,
    /// The user's team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
}

impl AccessClaims {
    /// A key that identifies this user or client everywhere: issuer and subject together (RS3).
    pub fn key(&self) -> String {
        format!("{}|{}", self.iss, self.sub)
    }
}

fn audience<S: Serializer>(resources: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    if let [only] = resources { only.serialize(serializer) } else { resources.serialize(serializer) }
}

impl AccessClaims {
    /// Reads the claims of a verified token; `iss` and `aud` were checked before.
    fn read(map: &Map<String, Value>, window: Window) -> Result<Self, TokenError> {
        let (iat, exp) = claims::window(map, window)?;
        let scope = claims::opt_text(map, "scope").or_else(|error| {
            if map.get("scope").is_some_and(|scope| scope == "") { Ok(None) } else { Err(error) }
        })?;
        Ok(Self {
            iss: claims::text(map, "iss")?,
            sub: claims::text(map, "sub")?,
            aud: claims::audience(map)?,
            exp,
            iat,
            jti: claims::text(map, "jti")?,
            client_id: claims::text(map, "client_id")?,
            scope: Scope::parse(&scope.unwrap_or_default()).map_err(|_| TokenError::Claim("scope"))?,
            auth_time: claims::opt_time(map, "auth_time")?,
            acr: claims::opt_text(map, "acr")?,
            amr: claims::texts(map, "amr")?.into_iter().collect(),
            sid: claims::opt_text(map, "sid")?,
            roles: claims::texts(map, "roles")?,
            permissions: claims::texts(map, "permissions")?,
            team: claims::opt_text(map, "team")?,
        })
    }
}

/// What a resource expects of a token.
#[derive(Debug, Clone, Copy)]
pub struct Expect<'a> {
    /// The only accepted issuer, compared byte for byte.
    pub issuer: &'a str,
    /// The resource itself: `aud` must be exactly this. `None` only at the issuer's own endpoints.
    pub audience: Option<&'a str>,
    /// Allowed clock difference in seconds. A larger value than [`MAX_LEEWAY`] counts as that.
    pub leeway: i64,
    /// Longest accepted `exp - iat` in seconds. A larger value than [`MAX_LIFETIME`] counts as that.
    pub max_lifetime: i64,
}

/// Verifies a token completely: signature and header (see [`KeySet::verify`]), `typ`, issuer, audience, times, and the
/// presence and type of every claim that RFC 9068 section 2.2 requires.
pub fn verify(keys: &KeySet, token: &str, expect: &Expect, now: i64) -> Result<AccessClaims, TokenError> {
    let map = keys.verify(token, &[jose::ACCESS_TOKEN])?;
    judge(&map, expect, now)
}

/// As [`verify`], for the issuer's own endpoints. It also accepts a token of the type `JWT` if all its resources are in
/// `plain`. ID tokens have that type too, but no `client_id` and no `jti`, so they are refused.
pub fn verify_own(
    keys: &KeySet,
    token: &str,
    expect: &Expect,
    plain: &BTreeSet<String>,
    now: i64,
) -> Result<AccessClaims, TokenError> {
    match verify(keys, token, expect, now) {
        Err(TokenError::Type) if !plain.is_empty() => {
            let claims = judge(&keys.verify(token, &[jose::PLAIN_ACCESS_TOKEN])?, expect, now)?;
            let theirs = claims.aud.iter().all(|resource| plain.contains(resource));
            if theirs { Ok(claims) } else { Err(TokenError::Type) }
        }
        verified => verified,
    }
}

fn judge(map: &Map<String, Value>, expect: &Expect, now: i64) -> Result<AccessClaims, TokenError> {
    claims::issuer(map, expect.issuer)?;
    match expect.audience {
        Some(audience) => claims::sole_audience(map, audience)?,
        None => claims::audience(map)?,
    };
    let leeway = expect.leeway.clamp(0, MAX_LEEWAY);
    AccessClaims::read(map, Window { now, leeway, max_lifetime: expect.max_lifetime })
}
