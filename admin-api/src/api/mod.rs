//! The JSON API: with a bearer token, or with the console's session and its CSRF header. Every error is problem+json
//! (R2).

pub mod content;
pub mod etag;
pub mod me;
pub mod orders;

use axum::http::{HeaderMap, HeaderValue, header};

use crate::error::Error;

/// A JSON body.
type JsonBody<T> = web::json::JsonBody<T, Error>;

/// The header `Link: <…>; rel="next"`, when there is a next page (R6).
fn link_next(next: Option<&str>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let value = next.and_then(|next| HeaderValue::from_str(&format!("<{next}>; rel=\"next\"")).ok());
    if let Some(value) = value {
        headers.insert(header::LINK, value);
    }
    headers
}
