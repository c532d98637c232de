//! Reading a JSON body: declared as JSON, of exactly the expected shape.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

use crate::error::Fault;

/// A JSON body.
#[derive(Debug)]
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let bad = |status, detail: &str| Fault::BadJson { status, detail: detail.to_owned() };
        if !is_json(request.headers()) {
            return Err(bad(StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body must be application/json."));
        }
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|error| bad(error.status(), "The body is too large or could not be read."))?;
        serde_json::from_slice(&body).map(JsonBody).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            if error.is_data() {
                bad(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    &format!("A member is missing, unknown or of the wrong type: {place}."),
                )
            } else {
                bad(StatusCode::BAD_REQUEST, &format!("The body is not JSON: {place}."))
            }
        })
    }
}

/// `application/json` once, with or without parameters. No form can declare that (RP4).
fn is_json(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return false };
    let essence = value.as_bytes().split(|b| *b == b';').next().unwrap_or_default();
    essence.trim_ascii().eq_ignore_ascii_case(b"application/json")
}
