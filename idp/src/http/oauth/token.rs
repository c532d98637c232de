//! The token endpoint (RFC 6749 section 3.2).

use std::sync::Arc;

use axum::{
    Json,
    extract::{FromRequest, Request, State},
    http::header,
    response::{IntoResponse, Response},
};
use protocol::{client_auth, error::OAuthError, params::Params, scope::Scope};
use serde::Serialize;
use web::params::FormParams;

use super::{
    super::{error, request},
    authorization,
};
use crate::{
    flow::{Error, Result, client_call::Caller, issue::TokenSet, refusals, token},
    realm::Realm,
};

/// A client's call: the form and the client's authentication.
pub(super) struct Call {
    pub authorization: Option<String>,
    pub params: Params,
    pub caller: Caller,
}

impl Call {
    pub(super) async fn read(realm: &Arc<Realm>, request: Request) -> std::result::Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let caller = request::caller(&parts, realm);
        if parts.uri.query().is_some_and(|query| !query.is_empty()) {
            let refusal = error::malformed("parameters belong into the body, not into the URL");
            return Err(refused(realm, refusal));
        }
        let authorization = match authorization(&parts.headers) {
            Ok(value) => value.map(str::to_owned),
            Err(refusal) => return Err(refused(realm, refusal)),
        };
        match FormParams::from_request(Request::from_parts(parts, body), &()).await {
            Ok(FormParams(params)) => Ok(Self { authorization, params, caller }),
            Err(rejection) => {
                refusals::unreadable(rejection.description());
                Err(error::bad_params(&rejection))
            }
        }
    }

    /// Logs the failure of this call, and answers with it.
    pub(super) fn refuse(&self, realm: &Realm, failure: Error) -> Response {
        let client_id = client_auth::named(self.authorization.as_deref(), &self.params);
        refusals::of_call(client_id.as_deref(), &failure);
        let basic = self.authorization.is_some();
        error::json(failure, basic, realm.now())
    }
}

fn refused(realm: &Realm, refusal: OAuthError) -> Response {
    refusals::unreadable(refusal.reason());
    error::json(refusal.into(), false, realm.now())
}

/// `POST /token`
pub async fn post(State(realm): State<Arc<Realm>>, request: Request) -> Response {
    match Call::read(&realm, request).await {
        Err(response) => response,
        Ok(call) => {
            let tokens: Result<TokenSet> =
                token::exchange(&realm, call.authorization.as_deref(), &call.params, &call.caller).await;
            tokens.map_or_else(|failure| call.refuse(&realm, failure), render)
        }
    }
}

/// RFC 6749 section 5.1.
#[derive(Serialize)]
struct Body {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    #[serde(skip_serializing_if = "Scope::is_empty")]
    scope: Scope,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
}

fn render(tokens: TokenSet) -> Response {
    let TokenSet { access_token, expires_in, scope, refresh_token, id_token } = tokens;
    let body = Body { access_token, token_type: "Bearer", expires_in, scope, refresh_token, id_token };
    let headers = [(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")];
    (headers, Json(body)).into_response()
}
