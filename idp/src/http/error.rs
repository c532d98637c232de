//! Turns failures into responses. This is the only place that chooses their status codes.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use language::{Language, Message};
use protocol::{
    client::Client,
    error::{ErrorCode, OAuthError},
};
use serde_json::json;
use web::params::ParamsRejection;

use super::{
    context::Context,
    pages::{ErrorPage, Frame, RedirectComparison},
    refusal::{self, Words},
    respond,
};
use crate::{
    authn::throttle,
    flow::{Error, refusals::Unredirectable},
    paths::page_of_form,
    realm::Realm,
};

/// `Retry-After` in seconds for a failure of the server.
const RETRY_SECONDS: i64 = 2;

/// Shown when too many people wait for a password check.
const BUSY: Message = Message::new("error-busy-text");

/// A failure after which the same form can be sent again. Its page is shown again, with the values that were typed.
#[derive(Debug)]
pub struct Again {
    /// The status code of that page.
    pub status: StatusCode,
    /// The message on that page.
    pub text: Message,
    /// Seconds until another attempt makes sense.
    pub retry_seconds: i64,
}

impl Again {
    /// # Errors
    /// Returns every other failure unchanged.
    pub fn after(failure: Error, now: i64) -> Result<Self, Error> {
        match failure {
            Error::Wait { until } => Ok(Self {
                status: StatusCode::TOO_MANY_REQUESTS,
                text: throttle::message(until, now),
                retry_seconds: until.saturating_sub(now),
            }),
            Error::Busy => {
                Ok(Self { status: StatusCode::SERVICE_UNAVAILABLE, text: BUSY, retry_seconds: RETRY_SECONDS })
            }
            other => Err(other),
        }
    }
}

/// The refusal of a request that is not a form, or of malformed parameters.
pub fn malformed(description: &'static str) -> OAuthError {
    OAuthError::new(ErrorCode::InvalidRequest, description)
}

/// A failure as JSON, for clients (RFC 6749 section 5.2).
pub fn json(failure: Error, basic_was_used: bool, now: i64) -> Response {
    let (status, code, description, retry) = match failure {
        Error::Refused(error) => {
            let challenge = error.code == ErrorCode::InvalidClient && basic_was_used;
            let mut response = oauth(status_of(error.code), error.code, error.description);
            if challenge {
                let basic = HeaderValue::from_static("Basic realm=\"token\", charset=\"UTF-8\"");
                response.headers_mut().insert(header::WWW_AUTHENTICATE, basic);
            }
            return response;
        }
        Error::Wait { until } => {
            let text = "too many failed attempts, try again later";
            (StatusCode::TOO_MANY_REQUESTS, ErrorCode::TemporarilyUnavailable, text, until - now)
        }
        Error::TooMany { until } => {
            let text = "too many requests, slow down";
            (StatusCode::TOO_MANY_REQUESTS, ErrorCode::TemporarilyUnavailable, text, until - now)
        }
        Error::Busy | Error::Repeated => busy(),
        Error::Unavailable(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the database is unavailable");
            busy()
        }
        Error::Internal(error) => {
            tracing::error!(error = format!("{error:#}"), "internal error");
            let text = "something went wrong on our side";
            return oauth(StatusCode::INTERNAL_SERVER_ERROR, ErrorCode::ServerError, text);
        }
    };
    with_retry(oauth(status, code, description), retry)
}

fn busy() -> (StatusCode, ErrorCode, &'static str, i64) {
    let text = "the server is busy, try again";
    (StatusCode::SERVICE_UNAVAILABLE, ErrorCode::TemporarilyUnavailable, text, RETRY_SECONDS)
}

/// Status codes: 400, and 401 for `invalid_client` (TOK-3). Errors about access tokens have the codes of RFC 6750.
fn status_of(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::InvalidClient | ErrorCode::InvalidToken => StatusCode::UNAUTHORIZED,
        ErrorCode::InsufficientScope => StatusCode::FORBIDDEN,
        ErrorCode::ServerError => StatusCode::INTERNAL_SERVER_ERROR,
        ErrorCode::TemporarilyUnavailable => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_REQUEST,
    }
}

fn oauth(status: StatusCode, code: ErrorCode, description: &str) -> Response {
    let body = json!({ "error": code.as_str(), "error_description": description });
    (status, no_store(), Json(body)).into_response()
}

/// The JSON answer to parameters that could not be read.
pub fn bad_params(rejection: &ParamsRejection) -> Response {
    oauth(rejection.status(), ErrorCode::InvalidRequest, rejection.description())
}

/// The answer to a refused access token (RFC 6750 section 3): scheme and error, but nothing of the token.
pub fn bearer(failure: Error, now: i64) -> Response {
    let challenge = match &failure {
        Error::Refused(error) => {
            let text = format!(
                r#"Bearer error="{}", error_description="{}""#,
                error.code.as_str(),
                error.description
            );
            HeaderValue::from_str(&text).ok()
        }
        _ => None,
    };
    let mut response = json(failure, false, now);
    if let Some(challenge) = challenge {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}

/// The answer when there is no access token: the scheme, and no error (RFC 6750 section 3.1).
pub fn no_token() -> Response {
    let challenge = [(header::WWW_AUTHENTICATE, "Bearer")];
    (StatusCode::UNAUTHORIZED, challenge, no_store()).into_response()
}

fn no_store() -> [(header::HeaderName, &'static str); 1] {
    [(header::CACHE_CONTROL, "no-store")]
}

/// Adds `Retry-After`: between a second and a day.
pub fn with_retry(mut response: Response, seconds: i64) -> Response {
    let seconds = seconds.clamp(1, 86_400);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

impl Context {
    /// Renders a use case's failure as a page, and adds the cookie that binds the browser.
    pub fn finish(&self, result: Result<Response, Error>) -> Response {
        let response = result.unwrap_or_else(|failure| page(self, failure));
        let response = respond::without_dead_sessions(self, response);
        respond::with_browser_cookie(self, response)
    }
}

/// A failure as a page. If the request came from a form, the page links to that form, so that it can be tried again
/// (S7).
pub fn page(context: &Context, failure: Error) -> Response {
    failed(respond::frame(context), failure, context.realm.now(), page_of_form(&context.path))
}

/// A failure as a page, for a request without a [`Context`].
pub fn plain(realm: &Realm, request_id: &str, language: Language, failure: Error) -> Response {
    failed(respond::bare_frame(realm, request_id, language), failure, realm.now(), None)
}

/// What an error page says, and its status.
struct Said {
    status: StatusCode,
    code: &'static str,
    words: Words,
    retry_seconds: Option<i64>,
}

impl Said {
    /// About a failure that passes in a moment.
    fn later(code: &'static str, sentence: Message) -> Self {
        let words = Words::new("error-one-moment", sentence);
        Self { status: StatusCode::SERVICE_UNAVAILABLE, code, words, retry_seconds: Some(RETRY_SECONDS) }
    }

    /// About too many requests or attempts.
    fn wait(code: &'static str, words: Words, seconds: i64) -> Self {
        Self { status: StatusCode::TOO_MANY_REQUESTS, code, words, retry_seconds: Some(seconds) }
    }

    fn about(failure: Error, now: i64) -> Self {
        match failure {
            Error::Refused(error) => Self {
                status: status_of(error.code),
                code: error.code.as_str(),
                words: refusal::refused(&error),
                retry_seconds: None,
            },
            Error::Wait { until } => {
                let words = Words::new("error-too-many-attempts", throttle::message(until, now));
                Self::wait("too_many_attempts", words, until - now)
            }
            Error::TooMany { until } => {
                let words = Words::new("error-one-moment", Message::new("error-too-many-text"));
                Self::wait("too_many_requests", words, until - now)
            }
            Error::Busy => Self::later("busy", BUSY),
            Error::Unavailable(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "the database is unavailable");
                Self::later("unavailable", Message::new("error-unavailable-text"))
            }
            Error::Repeated => Self::later("repeated", Message::new("error-repeated-text")),
            Error::Internal(error) => {
                tracing::error!(error = format!("{error:#}"), "internal error");
                let words = Words::new("error-internal", Message::new("error-internal-text"));
                Self {
                    status: StatusCode::INTERNAL_SERVER_ERROR,
                    code: "internal",
                    words,
                    retry_seconds: None,
                }
            }
        }
    }
}

fn failed(frame: Frame, failure: Error, now: i64, continue_url: Option<String>) -> Response {
    let Said { status, code, words, retry_seconds } = Said::about(failure, now);
    let page = ErrorPage { continue_url, ..error_page(frame, code, words) };
    let response = rendered(status, &page);
    match retry_seconds {
        Some(seconds) => with_retry(response, seconds),
        None => response,
    }
}

/// The page for an authorization request that can't be answered to the client (A2). In development it compares the
/// redirect URI with the registered ones.
pub fn unredirectable(context: &Context, what: Unredirectable) -> Response {
    let development = context.realm.config.issuer.starts_with("http://");
    let said = refusal::unredirectable(&what, &context.realm.config.product);
    let comparison = what
        .received
        .filter(|_| development && !what.registered.is_empty())
        .map(|received| RedirectComparison { received, registered: what.registered });
    let page = ErrorPage {
        detail: development.then(|| refusal::for_developers(what.error.description)),
        client_name: what.client_name,
        comparison,
        ..error_page(respond::frame(context), what.error.code.as_str(), said)
    };
    rendered(StatusCode::BAD_REQUEST, &page)
}

/// The page for a sign-in that another browser began, or that has expired.
pub fn lost(context: &Context, client: Option<&Client>) -> Response {
    let said = Words::new("error-lost", Message::new("error-lost-text"));
    let page = ErrorPage {
        client_name: client.map(|client| client.name.clone()),
        continue_url: client.and_then(|client| client.client_uri.clone()),
        ..error_page(respond::frame(context), "not_found", said)
    };
    rendered(StatusCode::NOT_FOUND, &page)
}

/// The page for an answer of another provider that this browser does not expect.
pub fn unexpected(context: &Context, said: Words) -> Response {
    rendered(StatusCode::BAD_REQUEST, &error_page(respond::frame(context), "unexpected_answer", said))
}

/// The page for a browser that does not send back the cookie it was just given.
pub fn cookies_blocked(context: &Context) -> Response {
    let said = Words::new("error-cookies", Message::new("error-cookies-text"));
    again(context, "cookies_blocked", said)
}

/// The page for a form whose token does not belong to this session: it comes from an old tab or from another site. A
/// form without any cookie comes from a browser that does not keep cookies or has deleted them.
pub fn stale_form(context: &Context) -> Response {
    if context.visit.is_unbound() {
        return cookies_blocked(context);
    }
    let said = Words::new("error-stale-form", Message::new("error-stale-form-text"));
    again(context, "stale_form", said)
}

/// The page for a form that was refused, and may be sent again from a fresh page.
fn again(context: &Context, code: &str, said: Words) -> Response {
    let continue_url = page_of_form(&context.path);
    let page = ErrorPage { continue_url, ..error_page(respond::frame(context), code, said) };
    rendered(StatusCode::FORBIDDEN, &page)
}

/// The page for a body that is not a form.
pub fn bad_form(context: &Context, rejection: &ParamsRejection) -> Response {
    let (status, code) = (rejection.status(), rejection.code());
    rendered(status, &error_page(respond::frame(context), code, refusal::bad_form(status)))
}

/// The page for something that does not exist, or not any more.
pub fn gone(context: &Context, heading: Message, sentence: Message) -> Response {
    let said = Words { heading, sentence };
    rendered(StatusCode::NOT_FOUND, &error_page(respond::frame(context), "not_found", said))
}

/// The page for an address that no page has.
pub fn no_page(context: &Context) -> Response {
    gone(context, Message::new("error-no-page"), Message::new("error-no-page-text"))
}

fn error_page(frame: Frame, code: &str, said: Words) -> ErrorPage {
    ErrorPage {
        frame,
        code: code.to_owned(),
        heading: said.heading,
        sentence: said.sentence,
        detail: None,
        client_name: None,
        comparison: None,
        continue_url: None,
    }
}

fn rendered(status: StatusCode, page: &ErrorPage) -> Response {
    respond::page(status, page).unwrap_or_else(|_| status.into_response())
}

/// 405 as a page.
pub fn not_a_page(context: &Context) -> Response {
    let said = Words::new("error-not-a-page", Message::new("error-not-a-page-text"));
    let code = ErrorCode::InvalidRequest.as_str();
    rendered(StatusCode::METHOD_NOT_ALLOWED, &error_page(respond::frame(context), code, said))
}

/// 405 as JSON, for clients.
pub fn no_such_method() -> Response {
    let text = "this endpoint does not answer this method";
    oauth(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::InvalidRequest, text)
}
