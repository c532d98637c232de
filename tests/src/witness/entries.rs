//! The targets of a client's requests: one replica after the other, or a proxy.

use std::{
    mem,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::body::Bytes;
use http::{Request, Response, StatusCode};
use test_browser::Transport;
use url::Url;

/// Pause between attempts to connect.
const PAUSE: Duration = Duration::from_millis(20);
/// The most attempts to connect: together longer than any server is down.
const TRIES: usize = 1500;

/// The addresses that a client's requests go to.
#[derive(Debug)]
pub(super) struct Entries<'r> {
    addresses: &'r [String],
    http: reqwest::Client,
    next: AtomicUsize,
    met: Mutex<Met>,
}

/// Observations of requests since the last call of [`Entries::met`].
#[derive(Debug, Default)]
pub(super) struct Met {
    /// Number of answers.
    pub answers: usize,
    /// Answers that the realm must never give.
    pub broken: Vec<String>,
}

/// The same addresses, at the same position.
impl Clone for Entries<'_> {
    fn clone(&self) -> Self {
        Self::new(self.addresses, self.http.clone(), self.next.load(Ordering::Relaxed))
    }
}

impl<'r> Entries<'r> {
    /// The first request goes to the entry after number `number`.
    pub fn new(addresses: &'r [String], http: reqwest::Client, number: usize) -> Self {
        Self { addresses, http, next: AtomicUsize::new(number), met: Mutex::default() }
    }

    /// Moves on to the next entry.
    pub fn skip(&self) {
        self.next.fetch_add(1, Ordering::Relaxed);
    }

    /// The entry of the last request.
    pub fn last(&self) -> &'r str {
        &self.addresses[self.next.load(Ordering::Relaxed) % self.addresses.len()]
    }

    /// The observations since the last call.
    pub fn met(&self) -> Met {
        mem::take(&mut self.met.lock().expect("what was met"))
    }

    /// Sends a request to the next entry that accepts a connection. The error says why it is unknown whether the
    /// request had an effect.
    pub async fn send(
        &self,
        build: impl Fn(&reqwest::Client, String) -> reqwest::RequestBuilder + Send + Sync,
        url: &Url,
    ) -> Result<Response<Bytes>, String> {
        for _ in 0..TRIES {
            self.skip();
            let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
            let there = format!("{}{}{query}", self.last(), url.path());
            match build(&self.http, there).send().await {
                Ok(answer) => return self.judge(url, answer).await,
                // no connection, so the request had no effect
                Err(error) if error.is_connect() => tokio::time::sleep(PAUSE).await,
                Err(error) => return Err(format!("{}: {error:?}", url.path())),
            }
        }
        Err(format!("{}: nobody takes a connection", url.path()))
    }

    async fn judge(&self, url: &Url, answer: reqwest::Response) -> Result<Response<Bytes>, String> {
        match answer.status() {
            StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
                return Err(format!("{}: {}", url.path(), answer.status()));
            }
            status => {
                let mut met = self.met.lock().expect("what was met");
                if status.is_server_error() {
                    met.broken.push(format!("{status} from {}", url.path()));
                } else {
                    met.answers += 1;
                }
            }
        }
        let mut whole = Response::new(Bytes::new());
        (*whole.status_mut(), *whole.headers_mut()) = (answer.status(), answer.headers().clone());
        *whole.body_mut() =
            answer.bytes().await.map_err(|error| format!("the body of an answer: {error:?}"))?;
        Ok(whole)
    }
}

impl Transport for Entries<'_> {
    type Error = String;

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, String> {
        let url = Url::parse(&request.uri().to_string()).expect("a URL");
        let build = |http: &reqwest::Client, there: String| {
            let request = request.clone();
            http.request(request.method().clone(), there)
                .headers(request.headers().clone())
                .body(request.into_body())
        };
        self.send(build, &url).await
    }
}
