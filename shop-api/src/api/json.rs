//! Reading a JSON body: declared as JSON, of exactly the expected shape.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode, header},
};
use serde::de::DeserializeOwned;

use crate::error::Fault;

/// A JSON body.
#[derive(Debug)]
pub struct JsonBody<T> {
    /// What it says.
    pub value: T,
    /// Hash of its bytes, for telling a repeated request from another one.
    pub hash: String,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        if !is_json(request.headers()) {
            return Err(bad(StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body must be application/json."));
        }
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|error| bad(error.status(), "The body is too large or could not be read."))?;
        let text =
            std::str::from_utf8(&body).map_err(|_| bad(StatusCode::BAD_REQUEST, "The body is not UTF-8."))?;
        let value = serde_json::from_str(text).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            if error.is_data() {
                let what = "A member is missing, unknown, repeated or of the wrong type";
                bad(StatusCode::UNPROCESSABLE_ENTITY, format!("{what}: {place}."))
            } else {
                bad(StatusCode::BAD_REQUEST, format!("The body is not JSON: {place}."))
            }
        })?;
        Ok(Self { value, hash: protocol::secret::hash(text) })
    }
}

fn bad(status: StatusCode, detail: impl Into<String>) -> Fault {
    Fault::BadBody { status, detail: detail.into() }
}

/// `application/json` once, with or without parameters: what no form can declare (RP4).
fn is_json(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return false };
    let essence = value.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default();
    essence.trim_ascii().eq_ignore_ascii_case(b"application/json")
}
