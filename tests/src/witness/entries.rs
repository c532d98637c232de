//! Where requests of a client go: to one replica after the other, or to a proxy before both.

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

/// Between tries to connect.
const PAUSE: Duration = Duration::from_millis(20);
/// How often a connection is tried: longer than anything is away.
const TRIES: usize = 1500;

/// The ways in.
#[derive(Debug)]
pub(super) struct Entries<'r> {
    addresses: &'r [String],
    http: reqwest::Client,
    next: AtomicUsize,
    met: Mutex<Met>,
}

/// What requests have met since somebody asked.
#[derive(Debug, Default)]
pub(super) struct Met {
    /// How many answers there were.
    pub answers: usize,
    /// What the realm must never answer.
    pub broken: Vec<String>,
}

/// The same ways in, from where this one is.
impl Clone for Entries<'_> {
    fn clone(&self) -> Self {
        Self::new(self.addresses, self.http.clone(), self.next.load(Ordering::Relaxed))
    }
}

impl<'r> Entries<'r> {
    /// Begins behind the entry of that number.
    pub fn new(addresses: &'r [String], http: reqwest::Client, number: usize) -> Self {
        Self { addresses, http, next: AtomicUsize::new(number), met: Mutex::default() }
    }

    /// Leaves an entry out.
    pub fn skip(&self) {
        self.next.fetch_add(1, Ordering::Relaxed);
    }

    /// Where the last request went.
    pub fn last(&self) -> &'r str {
        &self.addresses[self.next.load(Ordering::Relaxed) % self.addresses.len()]
    }

    /// What was met since this was asked last.
    pub fn met(&self) -> Met {
        mem::take(&mut self.met.lock().expect("what was met"))
    }

    /// Sends a request to the next entry that takes a connection. Else why it is unknown what came of it.
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
                // nobody was there, so nothing was done
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
