//! Turns failures into responses. This is the only place that chooses their status codes.

use std::borrow::Cow;

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use problem::Words;
use protocol::{
    client::Client,
    error::{ErrorCode, OAuthError},
};
use serde_json::json;
use web::params::ParamsRejection;

use super::{
    context::Context,
    pages::{ErrorPage, RedirectComparison},
    respond, words,
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
const BUSY: &str = "Many people are signing in right now. Wait a moment, then try again.";

/// Shown when the same form is being handled already, in another request.
const REPEATED: &str = "This form was sent twice at the same time. Wait a moment, then look what it led to.";

/// A failure after which the same form can be sent again. Its page is shown again, with the values that were typed.
#[derive(Debug)]
pub struct Again {
    /// The status code of that page.
    pub status: StatusCode,
    /// The message on that page.
    pub text: String,
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
            Error::Busy => Ok(Self {
                status: StatusCode::SERVICE_UNAVAILABLE,
                text: BUSY.to_owned(),
                retry_seconds: RETRY_SECONDS,
            }),
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
        respond::with_browser_cookie(self, response)
    }
}

/// A failure as a page. If the request came from a form, the page links to that form, so that it can be tried again
/// (S7).
pub fn page(context: &Context, failure: Error) -> Response {
    failed(&context.realm, &context.visit.request_id, failure, page_of_form(&context.path))
}

/// A failure as a page, for a request without a [`Context`].
pub fn plain(realm: &Realm, request_id: &str, failure: Error) -> Response {
    failed(realm, request_id, failure, None)
}

/// The parts of the page for a refusal: status code, error code, heading, sentence, and seconds to wait.
fn refused(error: &OAuthError) -> (StatusCode, &'static str, Cow<'static, str>, String, Option<i64>) {
    let said = words::refused(error);
    (status_of(error.code), error.code.as_str(), said.heading, said.sentence.into_owned(), None)
}

/// The same parts for a failure that passes in a moment.
fn later(
    code: &'static str,
    text: &str,
) -> (StatusCode, &'static str, Cow<'static, str>, String, Option<i64>) {
    let heading = "One moment, please".into();
    (StatusCode::SERVICE_UNAVAILABLE, code, heading, text.to_owned(), Some(RETRY_SECONDS))
}

fn failed(realm: &Realm, request_id: &str, failure: Error, continue_url: Option<String>) -> Response {
    let now = realm.now();
    let (status, code, heading, sentence, retry) = match failure {
        Error::Refused(error) => refused(&error),
        Error::Wait { until } => {
            let text = throttle::message(until, now);
            (
                StatusCode::TOO_MANY_REQUESTS,
                "too_many_attempts",
                "Too many attempts".into(),
                text,
                Some(until - now),
            )
        }
        Error::TooMany { until } => {
            let text = "More is asked from where you are than we can answer. Wait a moment, then try again."
                .to_owned();
            let what = ("too_many_requests", "One moment, please");
            (StatusCode::TOO_MANY_REQUESTS, what.0, what.1.into(), text, Some(until - now))
        }
        Error::Busy => later("busy", BUSY),
        Error::Unavailable(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the database is unavailable");
            later(
                "unavailable",
                "This service can't save anything at the moment. Wait a moment, then try again.",
            )
        }
        Error::Repeated => later("repeated", REPEATED),
        Error::Internal(error) => {
            tracing::error!(error = format!("{error:#}"), "internal error");
            let text = "Something went wrong on our side. It is not your fault.".to_owned();
            (StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong".into(), text, None)
        }
    };
    let page = ErrorPage {
        frame: respond::frame(realm, request_id),
        code: code.to_owned(),
        heading: heading.into_owned(),
        sentence,
        detail: None,
        client_name: None,
        comparison: None,
        continue_url,
    };
    let response = rendered(status, &page);
    match retry {
        Some(seconds) => with_retry(response, seconds),
        None => response,
    }
}

/// The page for an authorization request that can't be answered to the client (A2). In development it compares the
/// redirect URI with the registered ones.
pub fn unredirectable(context: &Context, what: Unredirectable) -> Response {
    let development = context.realm.config.issuer.starts_with("http://");
    let said = words::unredirectable(&what, &context.realm.config.product);
    let comparison = what
        .received
        .filter(|_| development && !what.registered.is_empty())
        .map(|received| RedirectComparison { received, registered: what.registered });
    let page = ErrorPage {
        frame: respond::frame(&context.realm, &context.visit.request_id),
        code: what.error.code.as_str().to_owned(),
        heading: said.heading.into_owned(),
        sentence: said.sentence.into_owned(),
        detail: development.then(|| words::for_developers(what.error.description)),
        client_name: what.client_name,
        comparison,
        continue_url: None,
    };
    rendered(StatusCode::BAD_REQUEST, &page)
}

/// The page for a sign-in that another browser began, or that has expired.
pub fn lost(context: &Context, client: Option<&Client>) -> Response {
    let text = "It was left open for too long, or it was begun in another browser, or this browser has deleted its \
                cookies since. Go back to the app and start again.";
    let page = ErrorPage {
        client_name: client.map(|client| client.name.clone()),
        continue_url: client.and_then(|client| client.client_uri.clone()),
        ..simple_page(context, ("not_found", "This sign-in is not here any more", text))
    };
    rendered(StatusCode::NOT_FOUND, &page)
}

/// The page for a browser that does not send back the cookie it was just given.
pub fn cookies_blocked(context: &Context) -> Response {
    let text = "This browser does not keep the cookie that tells your sign-in from other people's. Allow cookies for \
                this site, then start again in the app you came from.";
    let what = ("cookies_blocked", "Cookies are blocked", text);
    let page = ErrorPage { continue_url: page_of_form(&context.path), ..simple_page(context, what) };
    rendered(StatusCode::FORBIDDEN, &page)
}

/// The page for a form whose token does not belong to this session: it comes from an old tab or from another site. A
/// form without any cookie comes from a browser that does not keep cookies or has deleted them.
pub fn stale_form(context: &Context) -> Response {
    if context.visit.is_unbound() {
        return cookies_blocked(context);
    }
    let text =
        "This page was out of date, so nothing was changed. Perhaps you signed in or out in another tab.";
    let what = ("stale_form", "Please try again", text);
    let page = ErrorPage { continue_url: page_of_form(&context.path), ..simple_page(context, what) };
    rendered(StatusCode::FORBIDDEN, &page)
}

/// The page for a body that is not a form.
pub fn bad_form(context: &Context, rejection: &ParamsRejection) -> Response {
    let said = Words::of(rejection.status());
    simple(context, rejection.status(), (rejection.code(), &said.heading, &said.sentence))
}

/// The page for something that does not exist, or not any more.
pub fn gone(context: &Context, heading: &str, text: &str) -> Response {
    simple(context, StatusCode::NOT_FOUND, ("not_found", heading, text))
}

fn simple(context: &Context, status: StatusCode, what: (&str, &str, &str)) -> Response {
    rendered(status, &simple_page(context, what))
}

fn simple_page(context: &Context, what: (&str, &str, &str)) -> ErrorPage {
    ErrorPage {
        frame: respond::frame(&context.realm, &context.visit.request_id),
        code: what.0.to_owned(),
        heading: what.1.to_owned(),
        sentence: what.2.to_owned(),
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
    let text = "This address only takes what an app or a button on one of our pages sends. Start from the beginning.";
    let what = (ErrorCode::InvalidRequest.as_str(), "This is not a page", text);
    simple(context, StatusCode::METHOD_NOT_ALLOWED, what)
}

/// 405 as JSON, for clients.
pub fn no_such_method() -> Response {
    let text = "this endpoint does not answer this method";
    oauth(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::InvalidRequest, text)
}
