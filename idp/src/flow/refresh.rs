//! Refreshing: of any number of parallel requests one moves the family on, the others repeat its answer (T10 to T12).

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

/// How often the grant is judged anew when a parallel request changes it in between. Two would do: the second look sees
/// the other's successor.
const TRIES: usize = 4;

/// For how much of its grant a refresh asks.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// For this scope only.
    pub scope: Option<&'a Scope>,
    /// For these resources only, unless there are none.
    pub resources: &'a [&'a str],
}
opaque!(Asked<'_>);

/// Answers a refresh token with new tokens: for all of its grant, or for less where a scope or resources are asked for.
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
        // judged before anything moves on: a scope that is refused must not cost the token
        let scope = refresh::narrowed(&grant.scope, asked.scope)?;
        let scope = realm.config.resources.narrowed(&scope, asked.resources)?;
        // made before anything moves on as well: what fails here must not cost the client its only token
        let what = Issue { found: &found, scope, generation: successor(grant, verdict), from_code: false };
        let tokens = issue::tokens(realm, client, what).await?;
        if settle(realm, grant, verdict).await? {
            issued::record(realm, "token.refreshed", client, Some(grant), caller);
            return Ok(tokens);
        }
    }
    Err(unusable("it was revoked while this was answered"))
}

/// The generation that the answer's refresh token has.
fn successor(grant: &Grant, verdict: RefreshVerdict) -> Option<i64> {
    match verdict {
        RefreshVerdict::RepeatSuccessor { generation } => Some(generation),
        RefreshVerdict::Keep => Some(grant.generation),
        RefreshVerdict::Rotate { from } => Some(from + 1),
        RefreshVerdict::Reuse | RefreshVerdict::Refused => None,
    }
}

/// Makes the verdict a fact; `false` when a parallel request was faster, or the grant ended while the tokens were made.
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

/// One text for everything that is wrong with a refresh token (T9).
fn unusable(why: &'static str) -> Error {
    issue::refused(false, why)
}
