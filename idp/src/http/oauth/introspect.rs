//! The introspection endpoint (RFC 7662).

use std::sync::Arc;

use axum::{
    Json,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use protocol::error::{ErrorCode, OAuthError};
use serde_json::Value;

use super::{super::error, token::Call};
use crate::{
    flow::{Result, client_call, introspect},
    realm::Realm,
};

/// `POST /introspect`, for clients that authenticate (U4).
pub async fn post(State(realm): State<Arc<Realm>>, request: Request) -> Response {
    match Call::read(&realm, request).await {
        Err(response) => response,
        Ok(call) => match answer(&realm, &call).await {
            Ok(answer) => Json(answer).into_response(),
            Err(failure) => call.refuse(&realm, failure),
        },
    }
}

async fn answer(realm: &Realm, call: &Call) -> Result<Value> {
    let client =
        client_call::authenticate(realm, call.authorization.as_deref(), &call.params, &call.caller).await?;
    if !client.client().is_confidential() {
        let text = "introspection needs a client that authenticates";
        return Err(OAuthError::new(ErrorCode::InvalidClient, text).into());
    }
    let token = call.params.one("token")?.ok_or_else(|| error::malformed("token is missing"))?;
    introspect::introspect(realm, &client, token).await
}
