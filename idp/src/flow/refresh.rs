//! Refreshing tokens. Of parallel requests with one refresh token, one rotates it and the others repeat its answer (T10
//! to T12).

use database::again;
use protocol::{
    client_auth::AuthenticatedClient,
    grant::Grant,
    refresh::{self, RefreshVerdict},
    scope::Scope,
};

use super::{
    Error, Result,
    client_call::Caller,
    issue::{self, Issue, TokenSet},
    issued::{self, Misuse},
    standing,
};
use crate::{
    realm::Realm,
    store::{grants, standing as stored},
};

/// How often the grant is judged again when a parallel request changes it in between. Two would be enough: the second
/// time, the successor from the other request is seen.
const TRIES: usize = 4;

/// The part of its grant that a refresh asks for.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// For this scope only.
    pub scope: Option<&'a Scope>,
    /// For these resources only, unless the list is empty.
    pub resources: &'a [&'a str],
}
opaque!(Asked<'_>);

/// Answers a refresh token with new tokens: for all of its grant, or for the part that is asked for.
pub async fn refresh(
    realm: &Realm,
    client: &AuthenticatedClient,
    token: &str,
    asked: Asked<'_>,
    caller: &Caller,
) -> Result<TokenSet> {
    let token =
        realm.secrets.refresh_token(token).ok_or_else(|| unusable("it is no refresh token of this realm"))?;
    for _ in 0..TRIES {
        let found = stored::of_grant(&realm.store.facts, &token.grant_id).await?;
        let found = found.ok_or_else(|| unusable("its grant is no longer there"))?;
        let grant = &found.grant;
        let grace = realm.config.tokens.refresh_grace;
        let verdict = refresh::judge(grant, &token, client, realm.now(), grace);
        if verdict == RefreshVerdict::Refused {
            return Err(unusable("it is another client's, revoked or expired"));
        }
        if verdict == RefreshVerdict::Reuse {
            again!(async {
                let mut tx = realm.store.facts.begin().await?;
                grants::revoke(&mut tx, &grant.id, "refresh_token_reused", realm.now()).await?;
                let misuse = Misuse { kind: "refresh_token.reused", client, grant };
                issued::misuse(realm, &mut tx, misuse, caller).await?;
                Result::Ok(tx.commit().await?)
            })?;
            return Err(unusable("it was replaced long ago: the grant is revoked"));
        }
        standing::of_grant(realm, &found).map_err(|fallen| unusable(fallen.as_str()))?;
        // judged before the rotation: a refused scope must not cost the client its token
        let scope = refresh::narrowed(&grant.scope, asked.scope)?;
        let scope = realm.config.resources.narrowed(&scope, asked.resources)?;
        // made before the rotation as well: a failure here must not cost the client its only token
        let what = Issue { found: &found, scope, generation: successor(grant, verdict), from_code: false };
        let tokens = issue::tokens(realm, client, what).await?;
        if settle(realm, grant, verdict).await? {
            issued::record(realm, "token.refreshed", client, Some(grant), caller);
            return Ok(tokens);
        }
    }
    Err(unusable("it was revoked while this was answered"))
}

/// The generation of the refresh token in the answer.
fn successor(grant: &Grant, verdict: RefreshVerdict) -> Option<i64> {
    match verdict {
        RefreshVerdict::RepeatSuccessor { generation } => Some(generation),
        RefreshVerdict::Keep => Some(grant.generation),
        RefreshVerdict::Rotate { from } => Some(from + 1),
        RefreshVerdict::Reuse | RefreshVerdict::Refused => None,
    }
}

/// Stores the verdict; `false` when a parallel request was faster, or the grant ended while the tokens were made.
async fn settle(realm: &Realm, grant: &Grant, verdict: RefreshVerdict) -> Result<bool> {
    let facts = &realm.store.facts;
    let now = realm.now();
    let expires_at = (now + realm.config.tokens.refresh_idle).min(grant.refresh_absolute_at);
    Ok(match verdict {
        RefreshVerdict::RepeatSuccessor { .. } => grants::is_unrevoked(facts, &grant.id).await?,
        RefreshVerdict::Keep => grants::prolong(facts, &grant.id, expires_at).await?,
        RefreshVerdict::Rotate { from } => grants::advance(facts, &grant.id, from, now, expires_at).await?,
        RefreshVerdict::Reuse | RefreshVerdict::Refused => false,
    })
}

/// The error for a wrong refresh token. The client gets one text whatever is wrong (T9).
fn unusable(why: &'static str) -> Error {
    issue::refused(false, why)
}
