//! The userinfo endpoint: by GET or POST with a header, or by POST with a form (UI-1). Never by query (U1).

use std::sync::Arc;

use axum::{
    Json,
    extract::{FromRequest, Request, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use service::http::params::{self, FormParams};

use super::{
    super::{context, error},
    authorization,
};
use crate::{flow::userinfo, realm::Realm};

/// `GET /userinfo`
pub async fn get(State(realm): State<Arc<Realm>>, headers: HeaderMap) -> Response {
    match bearer(&headers) {
        Ok(Some(token)) => answer(&realm, &token).await,
        Ok(None) => error::no_token(),
        Err(refusal) => error::bearer(refusal.into(), realm.now()),
    }
}

/// `POST /userinfo`
pub async fn post(State(realm): State<Arc<Realm>>, request: Request) -> Response {
    let headers = request.headers().clone();
    let in_form = if params::is_form(&headers) {
        match FormParams::from_request(request, &()).await {
            Ok(FormParams(params)) => match params.one("access_token") {
                Ok(token) => token.map(str::to_owned),
                Err(refusal) => return error::bearer(refusal.into(), realm.now()),
            },
            Err(rejection) => return error::bad_params(&rejection),
        }
    } else {
        None
    };
    match (bearer(&headers), in_form) {
        (Ok(Some(_)), Some(_)) => {
            let refusal = context::malformed("the access token is sent in two places");
            error::bearer(refusal.into(), realm.now())
        }
        (Ok(Some(token)), None) | (Ok(None), Some(token)) => answer(&realm, &token).await,
        (Ok(None), None) => error::no_token(),
        (Err(refusal), _) => error::bearer(refusal.into(), realm.now()),
    }
}

async fn answer(realm: &Realm, token: &str) -> Response {
    match userinfo::claims(realm, token).await {
        Ok(claims) => Json(claims).into_response(),
        Err(failure) => error::bearer(failure, realm.now()),
    }
}

/// The token of a `Bearer` header; the scheme's name is case-insensitive.
fn bearer(headers: &HeaderMap) -> Result<Option<String>, protocol::error::OAuthError> {
    let Some(value) = authorization(headers)? else { return Ok(None) };
    let refused = || context::malformed("the Authorization header is not a bearer token");
    let (scheme, token) = value.split_once(' ').ok_or_else(refused)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(refused());
    }
    Ok(Some(token.trim_start().to_owned()))
}
