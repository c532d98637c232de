//! The token endpoint's grants. Each: authenticate the client, claim what it shows, let the rules judge, pass the gate.

use database::again;
use protocol::{
    catalogue,
    client_auth::{self, AuthenticatedClient},
    error::OAuthError,
    grant::{self, Grant, Issuance},
    params::Params,
    resource, secret,
    token::{self, TokenRequest},
};

use super::{
    Result,
    issue::{self, Issue, TokenSet},
    issued, refresh, throttle,
};
use crate::{
    realm::Realm,
    store::{
        audit::{self, Event},
        grants, standing as stored,
    },
};

/// Who calls, as far as the log is concerned.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The address the call comes from.
    pub address: std::net::IpAddr,
    /// The request's id.
    pub request_id: String,
}

/// Authenticates the client of a call to any endpoint where clients do so. Wrong secrets are counted; a right one is
/// never held up by them.
pub async fn authenticate(
    realm: &Realm,
    authorization: Option<&str>,
    params: &Params,
    caller: &Caller,
) -> Result<AuthenticatedClient> {
    params.check_no_repeats_but(resource::PARAMETER)?;
    let presented = client_auth::presented(authorization, params)?;
    match client_auth::judge(&presented, realm.client(&presented.client_id)) {
        Ok(client) => Ok(client),
        Err(failure) => {
            if failure.is_guess(&presented) {
                throttle::address(realm, "client", caller.address).await?;
            }
            Err(OAuthError::from(failure).into())
        }
    }
}

/// Answers a token request.
pub async fn exchange(
    realm: &Realm,
    authorization: Option<&str>,
    params: &Params,
    caller: &Caller,
) -> Result<TokenSet> {
    let client = authenticate(realm, authorization, params, caller).await?;
    let request = token::parse(params)?;
    token::allowed(&client, &request)?;
    let resources = resource::asked(params);
    // a name that means nothing here must not cost the client its code
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
            let asked = (scope.as_ref(), resources.as_slice());
            refresh::refresh(realm, &client, &refresh_token, asked, caller).await
        }
        TokenRequest::ClientCredentials { scope } => {
            let scope = token::service_scope(&client, scope.as_ref(), &resources, &realm.offer())?;
            let tokens = issue::client_token(realm, &client, scope).await?;
            issued::note(realm, "token.issued", &client, (None, None), caller);
            Ok(tokens)
        }
    }
}

/// A code with what proves that it is its client's.
#[derive(Clone, Copy)]
struct Shown<'a> {
    code: &'a str,
    redirect_uri: Option<&'a str>,
    verifier: Option<&'a str>,
}

/// Claims the code first, then judges: a code that was shown wrongly is burnt.
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
    // as it was when its code was used up: of two that show a code one wins, although whoever comes second ends all that
    // came of it (T6)
    found.grant = *grant;
    let what = Issue { found: &found, scope, generation, from_code: true };
    let tokens = issue::tokens(realm, client, what).await?;
    let grant = &found.grant;
    issued::note(realm, "token.issued", client, (Some(&grant.user_id), Some(&grant.id)), caller);
    Ok(tokens)
}

/// Uses the code up by one statement. Whatever is wrong about that is one more fact before the answer: the grant is
/// revoked, and the misuse on record (T6).
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
            note(realm, &mut tx, "code.misused", (client, &grant), caller).await?;
            Result::Ok(tx.commit().await?)
        })?;
    }
    Ok((grant, judged?))
}

/// A code that could not be used up: was it used before, everything that came of it is dead now.
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
    note(realm, &mut tx, "code.replayed", (client, &grant), caller).await?;
    tx.commit().await?;
    Ok(catalogue::INVALID_CODE.because("the code was used before: its grant is revoked"))
}

/// Records that a credential was used wrongly: in the log, and in the audit trail together with what follows from it.
pub(super) async fn note(
    realm: &Realm,
    tx: &mut database::Tx,
    kind: &'static str,
    about: (&AuthenticatedClient, &Grant),
    caller: &Caller,
) -> Result<()> {
    let (client, grant) = about;
    tracing::warn!(kind, client_id = client.client().id, grant = grant.id, "a credential was used wrongly");
    let event = Event {
        id: realm.new_id(),
        at: realm.now(),
        kind,
        user_id: Some(&grant.user_id),
        client_id: Some(&client.client().id),
        address: Some(caller.address),
        request_id: Some(&caller.request_id),
        ..Event::default()
    };
    audit::record(tx, &event).await?;
    Ok(())
}
