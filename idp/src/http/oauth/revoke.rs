//! The revocation endpoint (RFC 7009).

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{super::error, token::Call};
use crate::{
    flow::{Result, client_call, revoke},
    realm::Realm,
};

/// `POST /revoke`: answers 200 for every token, known or not, except when the revocation itself failed (U3).
pub async fn post(State(realm): State<Arc<Realm>>, request: Request) -> Response {
    match Call::read(&realm, request).await {
        Err(response) => response,
        Ok(call) => match answer(&realm, &call).await {
            Ok(()) => StatusCode::OK.into_response(),
            Err(failure) => call.refuse(&realm, failure),
        },
    }
}

async fn answer(realm: &Realm, call: &Call) -> Result<()> {
    let client =
        client_call::authenticate(realm, call.authorization.as_deref(), &call.params, &call.caller).await?;
    let token = call.params.one("token")?.ok_or_else(|| error::malformed("token is missing"))?;
    revoke::revoke(realm, &client, token, &call.caller).await
}
