//! Whether a grant or token is still valid: issue, refresh, userinfo and introspection all ask here (Q7).

use std::sync::Arc;

use anyhow::anyhow;
use protocol::{
    access_token::{self, AccessClaims, Expect},
    client::Client,
    scope::Scope,
    standing::{self, Fallen, Known},
};

use super::{Error, Result};
use crate::{
    realm::Realm,
    store::{
        grants,
        standing::{self as stored, Found},
    },
};

/// How far the clocks of the realm's processes may differ, in seconds: a token that another process dated slightly
/// ahead is accepted.
const LEEWAY: i64 = access_token::MAX_LEEWAY;

/// The part of a grant's scope that is still valid.
pub fn of_grant(realm: &Realm, found: &Found) -> std::result::Result<Scope, Fallen> {
    standing::of_grant(&found.grant, &known(realm, found))
}

/// An access token of this realm that works now.
#[derive(Debug)]
pub struct Live {
    /// Its claims, without the scopes, roles, permissions and team that were taken away since it was issued.
    pub claims: AccessClaims,
    /// The grant with the facts that it depends on; `None` when a client got the token for itself.
    pub found: Option<Found>,
}

/// Checks everything that an access token depends on. `Err` says why it doesn't work.
pub async fn access_token(realm: &Realm, token: &str) -> Result<std::result::Result<Live, &'static str>> {
    let mut claims = match verified(realm, token).await? {
        Ok(claims) => claims,
        Err(why) => return Ok(Err(why)),
    };
    let facts = &realm.store.facts;
    let (standing, found) = if let Some(grant_id) = grant_of(&claims) {
        let Some(found) = stored::of_grant(facts, grant_id).await? else {
            return Ok(Err("its grant is no longer there"));
        };
        (standing::of_access_token(&claims, &found.grant, &known(realm, &found)), Some(found))
    } else {
        let (revoked, not_before) = grants::token_standing(facts, &claims.jti).await?;
        let client = client(realm, &claims.client_id);
        (standing::of_client_token(&claims, revoked, client, realm.scopes(), not_before), None)
    };
    claims.scope = match standing {
        Ok(scope) => scope,
        Err(fallen) => return Ok(Err(fallen.as_str())),
    };
    if let Some(found) = &found {
        claims.roles.retain(|role| found.roles.contains(role));
        let permissions = realm.config.permissions(&claims.roles);
        claims.permissions.retain(|permission| permissions.contains(permission));
        claims.team = claims.team.filter(|team| found.team.as_ref() == Some(team));
    }
    Ok(Ok(Live { claims, found }))
}

/// The claims of an access token that this realm signed and that has not expired. Its grant is not checked yet. `Err`
/// says why the token is not accepted.
pub async fn verified(realm: &Realm, token: &str) -> Result<std::result::Result<AccessClaims, &'static str>> {
    let keys =
        realm.keys.ready().await.ok_or_else(|| Error::Internal(anyhow!("the realm has no signing keys")))?;
    let expect = Expect {
        issuer: &realm.config.issuer,
        audience: None,
        leeway: LEEWAY,
        max_lifetime: realm.config.tokens.access,
    };
    let now = realm.now();
    Ok(match access_token::verify_own(&keys.set, token, &expect, &realm.config.plain_resources, now) {
        // an issuer knows when its own token ends (RFC 7662 section 4)
        Ok(claims) if claims.exp > now => Ok(claims),
        Ok(_) => Err("the token has expired"),
        Err(error) => Err(error.why()),
    })
}

/// The id of the grant that an access token belongs to; `None` when a client got the token for itself.
pub fn grant_of(claims: &AccessClaims) -> Option<&str> {
    claims.jti.split_once('.').map(|(grant_id, _)| grant_id)
}

/// The scope that a client may have now, whatever it was granted before.
pub fn registered(realm: &Realm, client_id: &str) -> Scope {
    client(realm, client_id).map(|client| standing::registered(client, realm.scopes())).unwrap_or_default()
}

fn known<'a>(realm: &'a Realm, found: &'a Found) -> Known<'a> {
    Known {
        client: client(realm, &found.grant.client_id),
        offered: realm.scopes(),
        account: found.account,
        session_ended: found.session_ended,
        consent: found.consent.as_ref(),
        factor: realm.config.factors.of(&found.roles),
        not_before: found.not_before,
    }
}

fn client<'a>(realm: &'a Realm, id: &str) -> Option<&'a Client> {
    realm.client(id).map(Arc::as_ref)
}
