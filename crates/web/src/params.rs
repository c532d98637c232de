//! Axum extractors for [`protocol::params::Params`]. They give pairs instead of structs, so that repeated names,
//! invalid UTF-8 and control characters are noticed and refused (M14 to M18, E5).

use axum::{
    RequestExt as _,
    body::{self, Body},
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use problem::Problem;
use protocol::{error::OAuthError, params::Params};
use tower_http::timeout::TimeoutError;

/// The form of a POST body, `application/x-www-form-urlencoded` only.
#[derive(Debug)]
pub struct FormParams(pub Params);

/// The query string; absent is the same as empty.
#[derive(Debug)]
pub struct QueryParams(pub Params);

/// Why parameters couldn't be read. A service maps it to its own page or JSON; the default is problem+json.
#[derive(Debug, Clone)]
pub enum ParamsRejection {
    /// The body isn't declared as a form: 415.
    UnsupportedMediaType,
    /// The body is larger than the route allows: 413.
    TooLarge,
    /// The body didn't arrive in time: 408.
    TimedOut,
    /// The connection broke while the body was read: 400.
    Unreadable,
    /// The pairs break a rule of `protocol::params`: 400.
    Malformed(OAuthError),
}

impl ParamsRejection {
    /// The HTTP status of the refusal.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TimedOut => StatusCode::REQUEST_TIMEOUT,
            Self::Unreadable | Self::Malformed(_) => StatusCode::BAD_REQUEST,
        }
    }

    /// A stable machine word.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::TooLarge => "body_too_large",
            Self::TimedOut => "body_timed_out",
            Self::Unreadable => "body_unreadable",
            Self::Malformed(_) => "malformed_parameters",
        }
    }

    /// One plain sentence; never contains the input.
    pub fn description(&self) -> &'static str {
        match self {
            Self::UnsupportedMediaType => "the body must be application/x-www-form-urlencoded",
            Self::TooLarge => "the body is too large",
            Self::TimedOut => "the body did not arrive in time",
            Self::Unreadable => "the body could not be read",
            Self::Malformed(error) => error.description,
        }
    }
}

impl IntoResponse for ParamsRejection {
    fn into_response(self) -> Response {
        Problem::new(self.status(), self.code(), "Bad parameters").detail(self.description()).into_response()
    }
}

impl<S: Send + Sync> FromRequest<S> for FormParams {
    type Rejection = ParamsRejection;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        // The body limit is the route's: see `Edge` for the default.
        let (parts, body) = request.with_limited_body().into_parts();
        Self::of(&parts.headers, body).await
    }
}

impl FormParams {
    /// The parameters of a body whose size is limited already.
    ///
    /// # Errors
    /// When the body isn't a form or can't be read.
    pub async fn of(headers: &HeaderMap, body: Body) -> Result<Self, ParamsRejection> {
        Params::parse(&form(headers, body).await?).map(Self).map_err(ParamsRejection::Malformed)
    }

    /// As [`FormParams::of`], for forms that people fill in: see [`Params::parse_typed`].
    ///
    /// # Errors
    /// When the body isn't a form or can't be read.
    pub async fn typed(headers: &HeaderMap, body: Body) -> Result<Self, ParamsRejection> {
        Params::parse_typed(&form(headers, body).await?).map(Self).map_err(ParamsRejection::Malformed)
    }
}

impl<S: Sync> FromRequestParts<S> for QueryParams {
    type Rejection = ParamsRejection;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let raw = parts.uri.query().unwrap_or_default();
        Params::parse(raw.as_bytes()).map(Self).map_err(ParamsRejection::Malformed)
    }
}

async fn form(headers: &HeaderMap, body: Body) -> Result<bytes::Bytes, ParamsRejection> {
    if is_form(headers) { read(body).await } else { Err(ParamsRejection::UnsupportedMediaType) }
}

async fn read(body: Body) -> Result<bytes::Bytes, ParamsRejection> {
    body::to_bytes(body, usize::MAX).await.map_err(|error| {
        if caused_by::<http_body_util::LengthLimitError>(&error) {
            ParamsRejection::TooLarge
        } else if caused_by::<TimeoutError>(&error) {
            ParamsRejection::TimedOut
        } else {
            ParamsRejection::Unreadable
        }
    })
}

fn caused_by<E: std::error::Error + 'static>(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source()).any(<dyn std::error::Error + 'static>::is::<E>)
}

/// Whether the request declares its body as a form, exactly once.
pub fn is_form(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return false };
    let essence = value.as_bytes().split(|b| *b == b';').next().unwrap_or_default().trim_ascii();
    essence.eq_ignore_ascii_case(b"application/x-www-form-urlencoded")
}

#[cfg(test)]
mod tests {
    use axum::extract::DefaultBodyLimit;

    use super::*;

    fn post(content_type: Option<&str>, body: &str) -> Request {
        let mut request = Request::builder().method("POST").uri("/");
        if let Some(content_type) = content_type {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        request.body(Body::from(body.to_owned())).unwrap()
    }

    async fn form(content_type: Option<&str>, body: &str) -> Result<Params, StatusCode> {
        let answer = FormParams::from_request(post(content_type, body), &()).await;
        answer.map(|form| form.0).map_err(|rejection| rejection.status())
    }

    #[tokio::test]
    async fn a_form_becomes_pairs() {
        let params = form(Some("application/x-www-form-urlencoded; charset=UTF-8"), "a=1&b=2").await.unwrap();
        assert_eq!(params.first("b"), Some("2"));
    }

    #[tokio::test]
    async fn web10_another_content_type_is_415() {
        for wrong in
            [None, Some("application/json"), Some("text/plain"), Some("application/x-www-form-urlencodedx")]
        {
            assert_eq!(form(wrong, "a=1").await.err(), Some(StatusCode::UNSUPPORTED_MEDIA_TYPE), "{wrong:?}");
        }
    }

    #[tokio::test]
    async fn e5_a_nul_or_invalid_utf_8_is_400_in_a_form_and_in_a_query() {
        for wrong in ["a=%00", "a=%ff", "a=%zz"] {
            let answer = form(Some("application/x-www-form-urlencoded"), wrong).await;
            assert_eq!(answer.err(), Some(StatusCode::BAD_REQUEST), "{wrong}");
        }
        for wrong in ["/?a=%00", "/?a=%ff"] {
            let (mut parts, ()) = axum::http::Request::builder().uri(wrong).body(()).unwrap().into_parts();
            let answer = QueryParams::from_request_parts(&mut parts, &()).await;
            assert_eq!(
                answer.err().map(|rejection| rejection.status()),
                Some(StatusCode::BAD_REQUEST),
                "{wrong}"
            );
        }
    }

    #[tokio::test]
    async fn m18_a_body_beyond_the_limit_of_the_route_is_413() {
        use tower::ServiceExt as _;
        let router = axum::Router::new()
            .route("/", axum::routing::post(|_: FormParams| async {}))
            .layer(DefaultBodyLimit::max(8));
        let content_type = Some("application/x-www-form-urlencoded");
        let fits = router.clone().oneshot(post(content_type, "a=1")).await.unwrap();
        assert_eq!(fits.status(), StatusCode::OK);
        let large = router.oneshot(post(content_type, "a=123456789")).await.unwrap();
        assert_eq!(large.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
}
