//! Issuing an authorization code: stores a grant with the code's hash and builds the redirect that carries the code.

use anyhow::anyhow;
use protocol::{
    authorize::{self, AuthorizationRequest},
    grant::Grant,
    redirect_uri,
    scope::Scope,
    secret, standing,
};

use super::{Error, Result, events};
use crate::{
    realm::Realm,
    session::{Visit, visit_amr},
    store::{audit, grants, sessions::Session},
};

/// The redirect with this code, which is new, or was issued a moment ago and is still unused. `None` when the code was
/// used, when the session ended meanwhile, or when the client is no longer registered for what it asked for: while a
/// request waits for its person, the realm may restart with another file.
pub async fn issue(
    realm: &Realm,
    visit: &Visit,
    session: &Session,
    request: &AuthorizationRequest,
    code: &str,
) -> Result<Option<String>> {
    let amr = visit_amr(session);
    let demanded = realm.config.factors.everybody;
    if !demanded.is_met_by(&amr) {
        // the dispatcher never gets here; this check holds should it ever do so (MF6). What is demanded of some roles is
        // asked again before there is a token
        return Err(Error::Internal(anyhow!("a code was asked for without a second factor")));
    }
    let Some(scope) = registered(realm, request) else { return Ok(None) };
    let now = realm.now();
    let tokens = &realm.config.tokens;
    let code_hash = secret::hash(code);
    let grant = Grant {
        id: realm.new_id(),
        client_id: request.client_id.clone(),
        user_id: session.user_id.clone(),
        sid: session.sid.clone(),
        scope,
        redirect_uri: request.redirect_uri.clone(),
        nonce: request.nonce.clone(),
        code_challenge: request.code_challenge.clone(),
        claims: request.claims.clone(),
        auth_time: session.auth_time,
        acr: amr.acr_of(request.named_contexts(), demanded.usual_acr(&amr)).to_owned(),
        amr,
        code_expires_at: now + tokens.code,
        issued_at: now,
        generation: 0,
        generation_at: now,
        refresh_expires_at: now + tokens.refresh_idle.min(tokens.refresh_absolute),
        refresh_absolute_at: now + tokens.refresh_absolute,
        revoked_at: None,
    };
    let event = audit::Event {
        client_id: Some(&request.client_id),
        ..events::of_visit(realm, visit, "code.issued", Some(&session.user_id))
    };
    // a sign-out in another tab wins: nothing is granted in a session that has ended
    let issued = match grants::issue(&realm.store.facts, &grant, &code_hash).await {
        Ok(true) => {
            realm.issued.note(&event);
            true
        }
        Ok(false) => false,
        Err(error) if error.is_conflict() => grants::is_unused(&realm.store.facts, &code_hash, now).await?,
        Err(error) => return Err(error.into()),
    };
    if !issued {
        return Ok(None);
    }
    let location = authorize::success_location(
        &request.redirect_uri,
        code,
        request.state.as_deref(),
        &realm.config.issuer,
    );
    Ok(Some(location))
}

/// The scope that the request's client may still ask for at its redirect URI; `None` when there is none.
fn registered(realm: &Realm, request: &AuthorizationRequest) -> Option<Scope> {
    let client = realm.client(&request.client_id)?;
    let mut uris = client.redirect_uris.iter();
    uris.find(|uri| redirect_uri::matches(uri, &request.redirect_uri))?;
    let scope = request.scope.intersection(&standing::registered(client, realm.scopes()));
    (!scope.is_empty()).then_some(scope)
}
