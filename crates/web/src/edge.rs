//! The processing of every request around its handler: a request id, limits, catching panics, security headers and one
//! line in the log.

use std::{convert::Infallible, fmt, sync::Arc};

use axum::{
    Router,
    body::{Body, HttpBody as _},
    extract::{DefaultBodyLimit, FromRequestParts, MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header, request::Parts},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use clock::{
    SharedClock,
    random::{SharedRandom, uuid_v7},
};
use problem::Problem;
use tokio::time::Instant;
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, timeout::DeadlineBody};
use tracing::{Instrument as _, Span};

use super::{compress, limits::Limits, security_headers::SecurityHeaders};

/// The most headers added here; their space is reserved at once.
const MOST_HEADERS: usize = 8;
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request: in its log lines, in its `x-request-id` answer header and in error bodies. It is always
/// generated here; an id that a client sends is ignored. Handlers take it as an extractor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestId(pub String);

impl<S: Sync> FromRequestParts<S> for RequestId {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

type OnPanic = Arc<dyn Fn(&RequestId) -> Response + Send + Sync>;

/// The edge of one service.
#[derive(Clone)]
pub struct Edge {
    service: Arc<str>,
    limits: Limits,
    headers: SecurityHeaders,
    on_panic: OnPanic,
    clock: SharedClock,
    random: SharedRandom,
}

impl fmt::Debug for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edge")
            .field("service", &self.service)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// Marks the answer to a request whose handler panicked.
#[derive(Clone, Copy)]
struct Panicked;

impl Edge {
    /// The edge of `service` (a realm or program; the name in log lines) at `public_url`.
    pub fn new(service: &str, public_url: &str, clock: SharedClock, random: SharedRandom) -> Self {
        let headers = SecurityHeaders::new(public_url);
        Self {
            service: Arc::from(service),
            limits: Limits::default(),
            headers,
            on_panic: Arc::new(internal),
            clock,
            random,
        }
    }

    /// Replaces the default limits.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets the function that makes the answer to a request whose handler panicked; its status is always 500. The
    /// default is problem+json.
    #[must_use]
    pub fn on_panic(mut self, answer: impl Fn(&RequestId) -> Response + Send + Sync + 'static) -> Self {
        self.on_panic = Arc::new(answer);
        self
    }

    /// Adds the edge to all routes of `router`. Call it last: routes added later don't get it.
    pub fn wrap(self, router: Router) -> Router {
        let limit = DefaultBodyLimit::max(self.limits.body_bytes);
        // one combined layer: separate layers would each box every request again
        let layers = ServiceBuilder::new()
            .layer(compress::layer())
            .layer(middleware::from_fn_with_state(Arc::new(self), pass))
            .layer(CatchPanicLayer::custom(|_| panicked()))
            .layer(limit);
        router.layer(layers)
    }

    fn bounded(&self, request: Request) -> Request {
        if request.body().is_end_stream() {
            return request;
        }
        request.map(|body| Body::new(DeadlineBody::new(self.limits.body_read, body)))
    }

    fn dress(&self, response: Response, id: &RequestId) -> Response {
        let mut response = if response.extensions().get::<Panicked>().is_some() {
            let mut answer = (self.on_panic)(id);
            *answer.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            answer
        } else {
            response
        };
        if let Some(problem) = response.extensions_mut().remove::<Problem>() {
            response.headers_mut().remove(header::CONTENT_LENGTH);
            *response.body_mut() = Body::from(problem.body(Some(&id.0)));
        }
        response.headers_mut().reserve(MOST_HEADERS);
        self.headers.complete(response.headers_mut());
        if let Ok(value) = HeaderValue::from_str(&id.0) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        response
    }
}

async fn pass(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    let id = RequestId(uuid_v7(edge.clock.now(), &*edge.random));
    let span = span(&edge.service, &id, &request);
    let started = Instant::now();
    let is_anonymous = compress::is_anonymous(&request);
    let mut request = edge.bounded(request);
    request.extensions_mut().insert(id.clone());
    let response = database::with_one_budget(next.run(request)).instrument(span.clone()).await;
    let mut response = edge.dress(response, &id);
    compress::mark(&mut response, is_anonymous);
    let latency_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| tracing::info!(status = response.status().as_u16(), latency_ms, "answered"));
    response
}

/// The span has the route as declared, never the URL: paths and queries contain codes and states (A19). Its level is
/// ERROR, so that a filter for warnings also keeps the request that a warning belongs to.
fn span(service: &str, id: &RequestId, request: &Request) -> Span {
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str);
    tracing::error_span!("request", service, request_id = %id.0, method = %request.method(), route)
}

fn panicked() -> Response {
    let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    response.extensions_mut().insert(Panicked);
    response
}

fn internal(_: &RequestId) -> Response {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong on our side")
        .into_response()
}
