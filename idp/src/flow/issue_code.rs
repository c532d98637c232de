//! Issuing an authorization code: a grant in its first state, stored as a hash, and the redirect that carries it.

use anyhow::anyhow;
use protocol::{
    authorize, authorize::AuthorizationRequest, grant::Grant, redirect_uri, scope::Scope, secret, standing,
};

use super::{Error, Result, sign_in};
use crate::{
    realm::Realm,
    session::{Visit, visit_amr},
    store::{audit, grants, sessions::Session},
};

/// The redirect with a new code; `None` when the session ended meanwhile, or the client is no longer registered for what it
/// asked: a request waits for its person for an hour, and longer than a start of the realm with another file.
pub async fn issue(
    realm: &Realm,
    visit: &Visit,
    session: &Session,
    request: &AuthorizationRequest,
) -> Result<Option<String>> {
    let amr = visit_amr(session);
    if realm.second_factor_required() && !amr.has_second_factor() {
        // the dispatcher never gets here; the gate stays shut should it ever (MF6)
        return Err(Error::Internal(anyhow!("a code was asked for without a second factor")));
    }
    let Some(scope) = registered(realm, request) else { return Ok(None) };
    let now = realm.now();
    let tokens = &realm.config.tokens;
    let code = realm.new_token();
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
        acr: amr.acr().to_owned(),
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
        ..sign_in::event(realm, visit, "code.issued", Some(&session.user_id))
    };
    // a sign-out in another tab wins: nothing is granted in a session that has ended
    if !grants::issue(&realm.store.facts, &grant, &secret::hash(&code)).await? {
        return Ok(None);
    }
    realm.issued.note(&event);
    let location = authorize::success_location(
        &request.redirect_uri,
        &code,
        request.state.as_deref(),
        &realm.config.issuer,
    );
    Ok(Some(location))
}

/// What the request's client may still ask for at its redirect URI; `None` when nothing.
fn registered(realm: &Realm, request: &AuthorizationRequest) -> Option<Scope> {
    let client = realm.client(&request.client_id)?;
    let mut uris = client.redirect_uris.iter();
    uris.find(|uri| redirect_uri::matches(uri, &request.redirect_uri))?;
    let scope = request.scope.intersection(&standing::registered(client, realm.scopes()));
    (!scope.is_empty()).then_some(scope)
}
