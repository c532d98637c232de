//! Failures as answers: the only place that turns them into status codes.

use axum::{
    Json,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use protocol::{client::Client, error::ErrorCode};
use serde_json::json;
use service::http::params::ParamsRejection;

use super::{
    context::Context,
    forms::{page_of_form, wants_page},
    pages::{ErrorPage, RedirectComparison},
    respond,
};
use crate::{
    authn::throttle,
    flow::{Error, authorize::Unredirectable},
    realm::Realm,
};

/// Seconds after which it makes sense to try again when the server could not.
const RETRY_SECONDS: i64 = 2;

/// A failure as JSON, for clients (RFC 6749 5.2).
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

/// TOK-3: 400, and 401 only for `invalid_client`; tokens shown at resources of ours have statuses of their own.
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

/// Parameters that could not be read, as JSON.
pub fn bad_params(rejection: &ParamsRejection) -> Response {
    oauth(rejection.status(), ErrorCode::InvalidRequest, rejection.description())
}

/// A refused access token (RFC 6750 3): the scheme and the error, nothing of the token.
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

/// No access token at all: the scheme, and no error (RFC 6750 3.1).
pub fn no_token() -> Response {
    let challenge = [(header::WWW_AUTHENTICATE, "Bearer")];
    (StatusCode::UNAUTHORIZED, challenge, no_store()).into_response()
}

fn no_store() -> [(header::HeaderName, &'static str); 1] {
    [(header::CACHE_CONTROL, "no-store")]
}

/// Says when to try again, seconds.
pub fn with_retry(mut response: Response, seconds: i64) -> Response {
    let seconds = seconds.clamp(1, 86_400);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// A failure as a page, for people. What failed can be tried again from the page of its form (S7).
pub fn page(context: &Context, failure: Error) -> Response {
    failed(&context.realm, &context.visit.request_id, failure, page_of_form(&context.path))
}

/// A failure as a page when not even the browser could be recognised.
pub fn plain(realm: &Realm, request_id: &str, failure: Error) -> Response {
    failed(realm, request_id, failure, None)
}

/// The failure of a form that was not looked at, as a page that leads back to it.
pub fn of_form(realm: &Realm, request_id: &str, path: &str, failure: Error) -> Response {
    failed(realm, request_id, failure, page_of_form(path))
}

fn failed(realm: &Realm, request_id: &str, failure: Error, continue_url: Option<String>) -> Response {
    let now = realm.now();
    let busy = matches!(failure, Error::Busy);
    let (status, code, heading, sentence, retry) = match failure {
        Error::Refused(error) => (
            status_of(error.code),
            error.code.as_str(),
            "That did not work",
            sentence(error.description),
            None,
        ),
        Error::Wait { until } => {
            let text = throttle::message(until, now);
            (StatusCode::TOO_MANY_REQUESTS, "too_many_attempts", "Too many attempts", text, Some(until - now))
        }
        Error::TooMany { until } => {
            let text =
                "There are too many requests from where you are. Wait a moment, then try again.".to_owned();
            let what = ("too_many_requests", "One moment, please");
            (StatusCode::TOO_MANY_REQUESTS, what.0, what.1, text, Some(until - now))
        }
        Error::Busy => {
            let text = "Many people are signing in right now. Wait a moment, then try again.".to_owned();
            (StatusCode::SERVICE_UNAVAILABLE, "busy", "One moment, please", text, Some(RETRY_SECONDS))
        }
        Error::Unavailable(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the database is unavailable");
            let text =
                "This service can't save anything at the moment. Wait a moment, then try again.".to_owned();
            (StatusCode::SERVICE_UNAVAILABLE, "unavailable", "One moment, please", text, Some(RETRY_SECONDS))
        }
        Error::Repeated => {
            let text = "This form was sent twice at the same time. Wait a moment, then look what it led to."
                .to_owned();
            (StatusCode::SERVICE_UNAVAILABLE, "repeated", "One moment, please", text, Some(RETRY_SECONDS))
        }
        Error::Internal(error) => {
            tracing::error!(error = format!("{error:#}"), "internal error");
            let text = "Something went wrong on our side. It is not your fault.".to_owned();
            (StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong", text, None)
        }
    };
    let page = ErrorPage {
        frame: respond::frame(realm, request_id),
        code: code.to_owned(),
        heading: heading.to_owned(),
        sentence,
        client_name: None,
        comparison: None,
        continue_url,
    };
    let mut response = rendered(status, &page);
    if busy {
        // many are turned away at once, and what their connections hold is needed for those who are not
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    match retry {
        Some(seconds) => with_retry(response, seconds),
        None => response,
    }
}

/// A request of a client that can't be sent back to it (A2). In development the redirect URIs stand side by side.
pub fn unredirectable(context: &Context, what: Unredirectable) -> Response {
    let development = context.realm.config.issuer.starts_with("http://");
    let comparison = what
        .received
        .filter(|_| development && !what.registered.is_empty())
        .map(|received| RedirectComparison { received, registered: what.registered });
    let page = ErrorPage {
        frame: respond::frame(&context.realm, &context.visit.request_id),
        code: what.error.code.as_str().to_owned(),
        heading: "This sign-in link does not work".to_owned(),
        sentence: sentence(what.error.description),
        client_name: what.client_name,
        comparison,
        continue_url: None,
    };
    rendered(StatusCode::BAD_REQUEST, &page)
}

/// A sign-in that is not this browser's, or was open for too long.
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

/// A browser that does not send back the cookie it was just given.
pub fn cookies_blocked(context: &Context) -> Response {
    let text = "This browser does not keep the cookie that tells your sign-in from other people's. Allow cookies for \
                this site, then start again in the app you came from.";
    let what = ("cookies_blocked", "Cookies are blocked", text);
    let page = ErrorPage { continue_url: page_of_form(&context.path), ..simple_page(context, what) };
    rendered(StatusCode::FORBIDDEN, &page)
}

/// A form whose token is not this session's: a stale tab, or another site. One that comes without any cookie of ours
/// comes from a browser that doesn't keep them, or not any more.
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

/// A body that is no form.
pub fn bad_form(context: &Context, rejection: &ParamsRejection) -> Response {
    let text = sentence(rejection.description());
    simple(context, rejection.status(), (rejection.code(), "That did not work", &text))
}

/// Something that is not there, or no longer.
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
        client_name: None,
        comparison: None,
        continue_url: None,
    }
}

fn rendered(status: StatusCode, page: &ErrorPage) -> Response {
    respond::page(status, page).unwrap_or_else(|_| status.into_response())
}

/// A description for machines as a sentence for people. A parameter's name keeps its small letter.
fn sentence(description: &str) -> String {
    let names_a_parameter = description.split(' ').next().is_some_and(|word| word.contains('_'));
    if names_a_parameter {
        return format!("{description}.");
    }
    let mut chars = description.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

/// 405; `Allow` is added by the router. A person who opens the address of a form, as a failed one leaves it behind, gets
/// the page of that form (S7).
pub async fn method_not_allowed(method: Method, headers: HeaderMap, context: Context) -> Response {
    if wants_page(&headers) {
        let form = page_of_form(&context.path).filter(|_| method.is_safe());
        let response = form.map_or_else(|| not_a_page(&context), |page| respond::see_other(&page));
        return context.finish(Ok(response));
    }
    let text = "this endpoint does not answer this method";
    let mut response = oauth(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::InvalidRequest, text);
    if method == Method::HEAD {
        *response.body_mut() = axum::body::Body::empty();
    }
    response
}

fn not_a_page(context: &Context) -> Response {
    let text = "This address takes only what one of our pages or an app sends to it.";
    let what = (ErrorCode::InvalidRequest.as_str(), "This is not a page", text);
    simple(context, StatusCode::METHOD_NOT_ALLOWED, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d11_a_sentence_starts_with_a_capital_unless_it_starts_with_a_parameter() {
        assert_eq!(sentence("the code is not valid"), "The code is not valid.");
        assert_eq!(sentence("redirect_uri is not registered"), "redirect_uri is not registered.");
        assert_eq!(sentence(""), ".");
    }
}
