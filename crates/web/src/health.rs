//! Liveness and readiness of a service (E8, D3).

use std::{fmt, future::Future, pin::Pin, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::{
    sync::Mutex,
    time::{Instant, timeout},
};

/// A probe that takes longer counts as failed.
const PROBE_TIMEOUT: Duration = Duration::from_secs(2);
/// Probes write to databases: their result is reused for this time, however many requests come.
const FRESH: Duration = Duration::from_secs(1);

/// The cause of a failure, for the log. The answer only names the probe.
pub type ProbeError = Box<dyn std::error::Error + Send + Sync>;

type Checking<'p> = Pin<Box<dyn Future<Output = Result<(), ProbeError>> + Send + 'p>>;

/// Checks one resource that the service needs. A probe of a database must write: a read-only database isn't ready.
pub trait Probe: Send + Sync {
    /// Name of the resource, such as `database`.
    fn name(&self) -> &'static str;
    /// `Ok` when the resource is usable now.
    fn check(&self) -> Checking<'_>;
}

type Remark = Box<dyn Fn() -> Pin<Box<dyn Future<Output = Option<String>> + Send>> + Send + Sync>;

/// The result of all checks.
#[derive(Debug, Clone, Default)]
struct Report {
    failing: Vec<&'static str>,
    remarks: Vec<String>,
}

/// The health of one service.
#[derive(Default)]
pub struct Health {
    probes: Vec<Box<dyn Probe>>,
    remarks: Vec<Remark>,
    last: Mutex<Option<(Instant, Report)>>,
}

impl fmt::Debug for Health {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.probes.iter().map(|probe| probe.name())).finish()
    }
}

impl Health {
    /// The health of a service without probes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a probe.
    #[must_use]
    pub fn with(mut self, probe: impl Probe + 'static) -> Self {
        self.probes.push(Box::new(probe));
        self
    }

    /// Adds a probe made of an async closure.
    #[must_use]
    pub fn probe<C, F>(self, name: &'static str, check: C) -> Self
    where
        C: Fn() -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), ProbeError>> + Send + 'static,
    {
        self.with(Closure { name, check })
    }

    /// Adds a remark for operators, which the answer contains although the service is ready.
    #[must_use]
    pub fn remark<C, F>(mut self, look: C) -> Self
    where
        C: Fn() -> F + Send + Sync + 'static,
        F: Future<Output = Option<String>> + Send + 'static,
    {
        self.remarks.push(Box::new(move || Box::pin(look())));
        self
    }

    /// The names of the probes that fail; empty when ready. The result may be up to a second old.
    pub async fn failing(&self) -> Vec<&'static str> {
        self.report().await.failing
    }

    async fn report(&self) -> Report {
        let mut last = self.last.lock().await;
        if let Some((at, report)) = &*last
            && at.elapsed() < FRESH
        {
            return report.clone();
        }
        let mut report = Report::default();
        for probe in &self.probes {
            let outcome = timeout(PROBE_TIMEOUT, probe.check()).await.unwrap_or_else(|late| Err(late.into()));
            if let Err(error) = outcome {
                tracing::warn!(probe = probe.name(), %error, "not ready");
                report.failing.push(probe.name());
            }
        }
        for look in &self.remarks {
            report.remarks.extend(timeout(PROBE_TIMEOUT, look()).await.ok().flatten());
        }
        *last = Some((Instant::now(), report.clone()));
        report
    }

    /// `GET /health/live` and `GET /health/ready`.
    pub fn routes<S: Clone + Send + Sync + 'static>(self) -> Router<S> {
        Router::new()
            .route("/health/live", get(async || plain(StatusCode::OK, "alive\n".to_owned())))
            .route("/health/ready", get(ready))
            .with_state(Arc::new(self))
    }
}

struct Closure<C> {
    name: &'static str,
    check: C,
}

impl<C, F> Probe for Closure<C>
where
    C: Fn() -> F + Send + Sync,
    F: Future<Output = Result<(), ProbeError>> + Send + 'static,
{
    fn name(&self) -> &'static str {
        self.name
    }

    fn check(&self) -> Checking<'_> {
        Box::pin((self.check)())
    }
}

async fn ready(State(health): State<Arc<Health>>) -> Response {
    let Report { failing, remarks } = health.report().await;
    if failing.is_empty() {
        let lines = [vec!["ready".to_owned()], remarks].concat();
        return plain(StatusCode::OK, lines.join("\n") + "\n");
    }
    let text =
        format!("Not ready. This does not work at the moment: {}. Try again soon.\n", failing.join(", "));
    let mut response = plain(StatusCode::SERVICE_UNAVAILABLE, text);
    response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("5"));
    response
}

fn plain(status: StatusCode, text: String) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, text).into_response()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::{body::Body, http::Request};
    use tower::ServiceExt as _;

    use super::*;

    async fn ask(router: &Router, path: &str) -> (StatusCode, String) {
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 4096).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test(start_paused = true)]
    async fn d3_e8_readiness_follows_the_probes_and_liveness_needs_nothing() {
        let writable = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&writable);
        let router: Router = Health::new()
            .probe("database", move || {
                let runs = seen.fetch_add(1, Ordering::SeqCst);
                async move { if runs == 0 { Err("read-only canary".into()) } else { Ok(()) } }
            })
            .routes();
        let (status, text) = ask(&router, "/health/ready").await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(text.contains("database") && !text.contains("canary"), "{text}");
        assert_eq!(ask(&router, "/health/live").await.0, StatusCode::OK);

        ask(&router, "/health/ready").await;
        assert_eq!(writable.load(Ordering::SeqCst), 1, "asked twice within a second, probed once");
        tokio::time::advance(FRESH).await;
        assert_eq!(ask(&router, "/health/ready").await, (StatusCode::OK, "ready\n".to_owned()));
    }

    #[tokio::test]
    async fn e8_what_an_operator_should_know_is_said_although_all_is_ready() {
        let router: Router = Health::new()
            .remark(|| async { Some("the clock is late".to_owned()) })
            .remark(|| async { None })
            .routes();
        let answer = ask(&router, "/health/ready").await;
        assert_eq!(answer, (StatusCode::OK, "ready\nthe clock is late\n".to_owned()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_probe_that_hangs_is_not_ready() {
        let health = Health::new().probe("database", std::future::pending);
        assert_eq!(health.failing().await, ["database"]);
    }
}
