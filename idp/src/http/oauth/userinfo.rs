//! The userinfo endpoint. The access token comes in a header of a GET or POST, or in the form of a POST (UI-1), never
//! in the query (U1).

use std::sync::Arc;

use axum::{
    Json,
    extract::{FromRequest, Request, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use web::params::{self, FormParams};

use super::{super::error, authorization};
use crate::{
    flow::{Error, refusals, userinfo},
    realm::Realm,
};

/// `GET /userinfo`
pub async fn get(State(realm): State<Arc<Realm>>, headers: HeaderMap) -> Response {
    match bearer(&headers) {
        Ok(Some(token)) => answer(&realm, &token).await,
        Ok(None) => without_token(),
        Err(refusal) => refused(&realm, refusal.into()),
    }
}

/// `POST /userinfo`
pub async fn post(State(realm): State<Arc<Realm>>, request: Request) -> Response {
    let headers = request.headers().clone();
    let in_form = if params::is_form(&headers) {
        match FormParams::from_request(request, &()).await {
            Ok(FormParams(params)) => match params.one("access_token") {
                Ok(token) => token.map(str::to_owned),
                Err(refusal) => return refused(&realm, refusal.into()),
            },
            Err(rejection) => {
                refusals::unreadable(rejection.description());
                return error::bad_params(&rejection);
            }
        }
    } else {
        None
    };
    match (bearer(&headers), in_form) {
        (Ok(Some(_)), Some(_)) => {
            refused(&realm, error::malformed("the access token is sent in two places").into())
        }
        (Ok(Some(token)), None) | (Ok(None), Some(token)) => answer(&realm, &token).await,
        (Ok(None), None) => without_token(),
        (Err(refusal), _) => refused(&realm, refusal.into()),
    }
}

async fn answer(realm: &Realm, token: &str) -> Response {
    match userinfo::claims(realm, token).await {
        Ok(claims) => Json(claims).into_response(),
        Err(failure) => refused(realm, failure),
    }
}

fn refused(realm: &Realm, failure: Error) -> Response {
    refusals::of_call(None, &failure);
    error::bearer(failure, realm.now())
}

fn without_token() -> Response {
    refusals::unreadable("no access token was sent");
    error::no_token()
}

/// The token of a `Bearer` header; the scheme's name is case-insensitive.
fn bearer(headers: &HeaderMap) -> Result<Option<String>, protocol::error::OAuthError> {
    let Some(value) = authorization(headers)? else { return Ok(None) };
    let refused = || error::malformed("the Authorization header is not a bearer token");
    let (scheme, token) = value.split_once(' ').ok_or_else(refused)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(refused());
    }
    Ok(Some(token.trim_start().to_owned()))
}
