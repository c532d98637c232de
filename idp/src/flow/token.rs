//! The token endpoint's grants. Each one authenticates the client, claims what the client presents, lets the rules
//! judge, and issues tokens.

use database::again;
use protocol::{
    catalogue,
    client_auth::AuthenticatedClient,
    error::OAuthError,
    grant::{self, Grant, Issuance},
    params::Params,
    resource, secret,
    token::{self, TokenRequest},
};

use super::{
    Result,
    client_call::{self, Caller},
    issue::{self, Issue, TokenSet},
    issued::{self, Misuse},
    refresh::{self, Asked},
};
use crate::{
    realm::Realm,
    store::{grants, standing as stored},
};

/// Answers a token request.
pub async fn exchange(
    realm: &Realm,
    authorization: Option<&str>,
    params: &Params,
    caller: &Caller,
) -> Result<TokenSet> {
    let client = client_call::authenticate(realm, authorization, params, caller).await?;
    let request = token::parse(params)?;
    token::allowed(&client, &request)?;
    let resources = resource::asked(params);
    // an unknown resource must not cost the client its code
    realm.config.resources.named(&resources)?;
    match request {
        TokenRequest::AuthorizationCode { code, redirect_uri, code_verifier } => {
            let shown = Shown {
                code: &code,
                redirect_uri: redirect_uri.as_deref(),
                verifier: code_verifier.as_deref(),
            };
            redeem(realm, &client, shown, &resources, caller).await
        }
        TokenRequest::RefreshToken { refresh_token, scope } => {
            let asked = Asked { scope: scope.as_ref(), resources: &resources };
            refresh::refresh(realm, &client, &refresh_token, asked, caller).await
        }
        TokenRequest::ClientCredentials { scope } => {
            let scope = token::service_scope(&client, scope.as_ref(), &resources, &realm.offer())?;
            let tokens = issue::client_token(realm, &client, scope).await?;
            issued::record(realm, "token.issued", &client, None, caller);
            Ok(tokens)
        }
    }
}

/// A code, with the proof that it is the client's.
#[derive(Clone, Copy)]
struct Shown<'a> {
    code: &'a str,
    redirect_uri: Option<&'a str>,
    verifier: Option<&'a str>,
}

/// Uses the code up first, then judges the request: a code that is presented wrongly is spent.
async fn redeem(
    realm: &Realm,
    client: &AuthenticatedClient,
    shown: Shown<'_>,
    resources: &[&str],
    caller: &Caller,
) -> Result<TokenSet> {
    let (grant, issuance) = claim(realm, client, shown, caller).await?;
    let generation = issuance.refresh.then_some(1);
    let scope = realm.config.resources.narrowed(&issuance.scope, resources)?;
    let facts = &realm.store.facts;
    let found = stored::of_grant(facts, &grant.id).await?;
    let mut found = found.ok_or_else(|| issue::refused(true, "its grant is no longer there"))?;
    // the grant as it was when its code was used up: of two requests with one code the first succeeds, although the
    // second revokes all that came of the code (T6)
    found.grant = *grant;
    let what = Issue { found: &found, scope, generation, from_code: true };
    let tokens = issue::tokens(realm, client, what).await?;
    issued::record(realm, "token.issued", client, Some(&found.grant), caller);
    Ok(tokens)
}

/// Uses the code up by one statement. If anything is wrong with the request, the grant is revoked and the misuse
/// recorded before the answer (T6).
async fn claim(
    realm: &Realm,
    client: &AuthenticatedClient,
    shown: Shown<'_>,
    caller: &Caller,
) -> Result<(Box<Grant>, Issuance)> {
    let (now, code_hash) = (realm.now(), secret::hash(shown.code));
    let Some(grant) = grants::redeem(&realm.store.facts, &code_hash, now).await? else {
        let error = again!(used_again(realm, client, &code_hash, caller))?;
        return Err(error.into());
    };
    let judged = grant::redeem_code(&grant, client, shown.redirect_uri, shown.verifier, now);
    if judged.is_err() {
        again!(async {
            let mut tx = realm.store.facts.begin().await?;
            grants::revoke(&mut tx, &grant.id, "code_misused", now).await?;
            let misuse = Misuse { kind: "code.misused", client, grant: &grant };
            issued::misuse(realm, &mut tx, misuse, caller).await?;
            Result::Ok(tx.commit().await?)
        })?;
    }
    Ok((grant, judged?))
}

/// The error for a code that could not be used up. If the code was used before, everything that came of it is revoked.
async fn used_again(
    realm: &Realm,
    client: &AuthenticatedClient,
    code_hash: &str,
    caller: &Caller,
) -> Result<OAuthError> {
    let mut tx = realm.store.facts.begin().await?;
    let Some(grant) = grants::replay(&mut tx, code_hash, realm.now()).await? else {
        return Ok(catalogue::INVALID_CODE.because("there is no such code, or no longer"));
    };
    let misuse = Misuse { kind: "code.replayed", client, grant: &grant };
    issued::misuse(realm, &mut tx, misuse, caller).await?;
    tx.commit().await?;
    Ok(catalogue::INVALID_CODE.because("the code was used before: its grant is revoked"))
}
