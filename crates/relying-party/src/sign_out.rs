//! `POST /logout`: ends the session here first, then redirects to the realm to end its session (RP-Initiated Logout
//! 1.0).
//!
//! Signing out here doesn't depend on the realm being reachable.
//!
//! Other routes ignore the cookie of a request with an `Authorization` header (RP11). This one ignores the header: a
//! bearer token has no session to end, and a wrong header must not keep the session alive behind a page that says that
//! it has ended. Forgery stays impossible: the origin is always checked, and for a live session its form token as well.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, header::SET_COOKIE};
use openidconnect::{ClientId, CsrfToken, LogoutRequest, PostLogoutRedirectUrl, core::CoreIdToken};
use resource_server::Reason as Access;
use web::security_headers;

use crate::{
    forgery, form,
    refusal::Refusal,
    relying_party::{Core, Realm, RelyingParty},
    session::{TABLE, Tokens, Unavailable, store},
};

pub(crate) async fn logout<R: Realm>(
    State(relying_party): State<Arc<RelyingParty<R>>>,
    request: Request,
) -> Result<Response, Refusal> {
    let core = &relying_party.core;
    let unavailable = |error: Unavailable| {
        tracing::warn!(realm = R::NAME, %error, "a session could not be ended");
        core.refuse(Access::Unavailable)
    };
    let live = core.session_cookie(request.headers()).await.map_err(unavailable)?;
    let tokens = if let Some(id) = live {
        form::checked_params(core, request, &[forgery::session_binding(&id)]).await?;
        core.end_session(&id).await.map_err(unavailable)?
    } else {
        // signed out already, perhaps in another tab: only the request's origin matters
        forgery::demand_origin(core, request.headers())?;
        None
    };
    let location = match tokens {
        Some(tokens) => core.end_session_url(&tokens).await,
        None => None,
    };
    let location = location.unwrap_or_else(|| core.config.after_sign_out_path.clone());
    let mut response = Redirect::to(&location).into_response();
    let headers = response.headers_mut();
    headers.append(SET_COOKIE, core.config.session.cookie.clear());
    security_headers::clear_site_data(headers);
    Ok(response)
}

impl Core {
    /// The cookie's session id if the database has that session; doesn't contact the realm.
    async fn session_cookie(&self, headers: &HeaderMap) -> Result<Option<String>, Unavailable> {
        let Some(id) = self.config.session.cookie.read(headers) else { return Ok(None) };
        let now = self.clock.now();
        let row = store::find(&self.db, &self.hash(&id), now, now - self.config.session.idle).await?;
        Ok(row.map(|_| id))
    }

    async fn end_session(&self, id: &str) -> Result<Option<Tokens>, Unavailable> {
        let id_hash = self.hash(id);
        let sealed = store::end(&self.db, &id_hash).await?;
        Ok(sealed.and_then(|sealed| self.open(TABLE, &id_hash, &sealed)))
    }

    /// The URL at which the realm ends its session; `None` when the metadata is unavailable or names none.
    async fn end_session_url(&self, tokens: &Tokens) -> Option<String> {
        let metadata = self.provider.metadata().await.ok()?;
        let endpoint = metadata.additional_metadata().end_session_endpoint.clone()?;
        let back = PostLogoutRedirectUrl::new(self.config.url(&self.config.after_sign_out_path)).ok()?;
        let hint: CoreIdToken = tokens.id.parse().ok()?;
        let request = LogoutRequest::from(endpoint)
            .set_id_token_hint(&hint)
            .set_client_id(ClientId::new(self.config.client_id.clone()))
            .set_post_logout_redirect_uri(back)
            .set_state(CsrfToken::new(clock::random::token(&*self.random)));
        Some(request.http_get_url().into())
    }
}
