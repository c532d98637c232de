//! Issuing an authorization code: a grant in its first state, stored as a hash, and the redirect that carries it.

use anyhow::anyhow;
use database::again;
use protocol::{authorize, authorize::AuthorizationRequest, grant::Grant, secret};

use super::{Error, Result, sign_in};
use crate::{
    realm::Realm,
    session::{Visit, visit_amr},
    store::{
        audit, grants,
        sessions::{self, Session},
    },
};

/// The redirect with this code, which is new or was issued a moment ago and not used yet; `None` when it was used, or when
/// the session ended meanwhile.
pub async fn issue(
    realm: &Realm,
    visit: &Visit,
    session: &Session,
    (request, code): (&AuthorizationRequest, &str),
) -> Result<Option<String>> {
    let amr = visit_amr(session);
    if realm.second_factor_required() && !amr.has_second_factor() {
        // the dispatcher never gets here; the gate stays shut should it ever (MF6)
        return Err(Error::Internal(anyhow!("a code was asked for without a second factor")));
    }
    let now = realm.now();
    let tokens = &realm.config.tokens;
    let code_hash = secret::hash(code);
    let grant = Grant {
        id: realm.new_id(),
        client_id: request.client_id.clone(),
        user_id: session.user_id.clone(),
        sid: session.sid.clone(),
        scope: request.scope.clone(),
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
    let issued = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        // a sign-out in another tab wins: nothing is granted in a session that has ended
        if !sessions::keep_alive(&mut tx, &session.sid, now).await? {
            return Ok(false);
        }
        match grants::issue(&mut tx, &grant, &code_hash).await {
            Err(error) if error.is_conflict() => {
                drop(tx);
                return grants::is_unused(&realm.store.facts, &code_hash, now).await;
            }
            other => other?,
        }
        audit::record(&mut tx, &event).await?;
        tx.commit().await.map(|()| true)
    });
    if !issued? {
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
