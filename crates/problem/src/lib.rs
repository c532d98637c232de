//! Errors for programs: RFC 9457 `application/problem+json` (R2). What people read about them is no part of it.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// Seconds after which a client may retry when the service is temporarily unavailable.
const RETRY_SECONDS: i64 = 5;

/// A refused request. Clients may branch on `code`, which is stable; texts may change.
///
/// Its response carries the problem as an extension, so that the edge can add the request id (`web::edge`).
#[derive(Debug, Clone)]
pub struct Problem {
    /// The HTTP status.
    pub status: StatusCode,
    /// A stable machine word, such as `stale_version`.
    pub code: &'static str,
    /// A short summary that is the same for every occurrence of `code`.
    pub title: &'static str,
    /// What is wrong in this case.
    pub detail: Option<String>,
    /// What is wrong with single fields.
    pub errors: Vec<FieldError>,
    /// Seconds after which a retry makes sense; sent as `Retry-After`.
    pub retry_after: Option<i64>,
    /// Whether signing in resolves the problem; a page then offers it.
    pub wants_sign_in: bool,
    /// Further members of this kind of problem (RFC 9457 section 3.2), such as the new total of an order.
    pub members: serde_json::Map<String, serde_json::Value>,
}

/// What is wrong with one field of the input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// Name of the field as the client sent it.
    pub field: String,
    /// A plain sentence.
    pub message: String,
}

#[derive(Serialize)]
struct Wire<'p> {
    r#type: String,
    title: &'p str,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'p str>,
    code: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'p str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'p [FieldError],
    #[serde(flatten)]
    members: &'p serde_json::Map<String, serde_json::Value>,
}

impl Problem {
    /// A problem without detail. A status of 503 gets a `Retry-After`.
    pub fn new(status: StatusCode, code: &'static str, title: &'static str) -> Self {
        Self {
            status,
            code,
            title,
            detail: None,
            errors: Vec::new(),
            retry_after: (status == StatusCode::SERVICE_UNAVAILABLE).then_some(RETRY_SECONDS),
            wants_sign_in: false,
            members: serde_json::Map::new(),
        }
    }

    /// Sets what is wrong in this case.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Sets the seconds after which a retry makes sense.
    #[must_use]
    pub fn retry_after(mut self, seconds: i64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Sets whether signing in resolves the problem.
    #[must_use]
    pub fn wants_sign_in(mut self, wants: bool) -> Self {
        self.wants_sign_in = wants;
        self
    }

    /// Adds a member that only this kind of problem has.
    #[must_use]
    pub fn member(mut self, name: &str, value: serde_json::Value) -> Self {
        self.members.insert(name.to_owned(), value);
        self
    }

    /// Adds what is wrong with one field.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>, message: impl Into<String>) -> Self {
        self.errors.push(FieldError { field: field.into(), message: message.into() });
        self
    }

    /// The JSON body, with the request id if it is known.
    pub fn body(&self, request_id: Option<&str>) -> Vec<u8> {
        let wire = Wire {
            r#type: format!("urn:realmkeep:problem:{}", self.code),
            title: self.title,
            status: self.status.as_u16(),
            detail: self.detail.as_deref(),
            code: self.code,
            request_id,
            errors: &self.errors,
            members: &self.members,
        };
        // Strings and numbers can always be serialised.
        serde_json::to_vec(&wire).unwrap_or_default()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json")),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        let mut response = (self.status, headers, self.body(None)).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r2_a_problem_has_the_members_of_rfc_9457_and_ours() {
        let problem = Problem::new(StatusCode::CONFLICT, "stale_version", "The page has changed")
            .detail("somebody saved version 3")
            .field("version", "is 2")
            .member("current", 3.into());
        let body: serde_json::Value = serde_json::from_slice(&problem.body(Some("r-1"))).unwrap();
        assert_eq!(
            body,
            serde_json::json!({
                "type": "urn:realmkeep:problem:stale_version", "title": "The page has changed", "status": 409,
                "detail": "somebody saved version 3", "code": "stale_version", "request_id": "r-1",
                "errors": [{"field": "version", "message": "is 2"}],
                "current": 3,
            })
        );
    }

    #[test]
    fn members_without_a_value_are_absent() {
        let body = Problem::new(StatusCode::NOT_FOUND, "not_found", "Not found").body(None);
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body.as_object().map(serde_json::Map::len), Some(4));
    }

    #[test]
    fn what_is_temporary_says_when_to_try_again() {
        let unavailable =
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable", "Unavailable");
        assert_eq!(unavailable.into_response().headers()[header::RETRY_AFTER], "5");
        let busy =
            Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", "Too many").retry_after(60);
        assert_eq!(busy.into_response().headers()[header::RETRY_AFTER], "60");
        let missing = Problem::new(StatusCode::NOT_FOUND, "not_found", "Not found").into_response();
        assert!(!missing.headers().contains_key(header::RETRY_AFTER));
    }

    #[test]
    fn the_response_is_problem_json_and_never_cached() {
        let response = Problem::new(StatusCode::NOT_FOUND, "not_found", "Not found").into_response();
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    }
}
