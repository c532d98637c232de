//! Requests over connections that are kept alive: one per server and worker, so that nothing is pooled or shared.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::Duration,
};

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode,
    header::{ACCEPT, CONTENT_TYPE, HOST, RETRY_AFTER},
};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::{
    net::TcpSocket,
    runtime::{Handle, Id},
    time::timeout,
};
use url::Url;

use super::{Failure, loopback};

/// How long an answer may take, the wait for a password hash behind many others included.
const PATIENCE: Duration = Duration::from_mins(1);
/// More than any document or page that is read here has.
const MOST_BYTES: usize = 4 * 1024 * 1024;

type Sender = SendRequest<Full<Bytes>>;

/// A connection, whom it leads to, and the event loop that it lives on.
#[derive(Debug)]
struct Open {
    sender: Sender,
    server: SocketAddr,
    home: Id,
}

/// A request.
#[derive(Debug, Clone)]
pub struct Call {
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Bytes,
}

impl Call {
    /// A GET.
    pub fn get(url: &Url) -> Self {
        Self { method: Method::GET, url: url.clone(), headers: HeaderMap::new(), body: Bytes::new() }
    }

    /// A POST of form fields.
    pub fn form<K: AsRef<str>, V: AsRef<str>>(url: &Url, fields: impl IntoIterator<Item = (K, V)>) -> Self {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let call =
            Self { method: Method::POST, url: url.clone(), headers: HeaderMap::new(), body: body.into() };
        call.with(CONTENT_TYPE, "application/x-www-form-urlencoded")
    }

    /// With a header; one with characters that no header has is left out.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
        self
    }

    /// The same request, at another URL.
    #[must_use]
    pub fn to(mut self, url: &Url) -> Self {
        self.url = url.clone();
        self
    }

    /// As a browser asks.
    #[must_use]
    pub fn for_a_page(self) -> Self {
        self.with(ACCEPT, "text/html,application/xhtml+xml")
    }

    fn request(self) -> Result<Request<Full<Bytes>>, Failure> {
        let target = &self.url[url::Position::BeforePath..url::Position::AfterQuery];
        let authority = &self.url[url::Position::BeforeHost..url::Position::AfterPort];
        let mut request = Request::builder().method(self.method).uri(target).header(HOST, authority);
        if let Some(headers) = request.headers_mut() {
            headers.extend(self.headers);
        }
        Ok(request.body(Full::new(self.body))?)
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// All of the body.
    pub body: Bytes,
}

impl Answer {
    /// This answer when its status is 200.
    pub fn ok(self) -> Result<Self, Failure> {
        if self.status == StatusCode::OK { Ok(self) } else { Err(self.failure()) }
    }

    /// What it is counted as when it isn't what was due.
    pub fn failure(&self) -> Failure {
        // without a word about when to come back something is broken instead
        if self.status == StatusCode::SERVICE_UNAVAILABLE && self.headers.contains_key(RETRY_AFTER) {
            return Failure::TurnedAway;
        }
        let body: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        let error = body.get("error").and_then(Value::as_str).unwrap_or_default();
        Failure::Status { status: self.status.as_u16(), error: error.to_owned() }
    }

    /// The body as JSON of that shape.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        serde_json::from_slice(&self.body).map_err(|error| Failure::unexpected(format!("JSON: {error}")))
    }
}

/// The connections of one worker.
#[derive(Debug, Default)]
pub struct Connection {
    source: Option<Ipv4Addr>,
    open: BTreeMap<SocketAddr, Open>,
}

impl Connection {
    /// A worker at that address of this machine.
    pub fn from(source: Ipv4Addr) -> Self {
        Self { source: Some(source), open: BTreeMap::new() }
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&mut self, call: Call) -> Result<Answer, Failure> {
        timeout(PATIENCE, self.exchange(call)).await.unwrap_or(Err(Failure::TimedOut))
    }

    async fn exchange(&mut self, call: Call) -> Result<Answer, Failure> {
        let addresses = loopback::addresses(&call.url)?;
        let mut open = self.to(&addresses).await?;
        let answer = open.sender.send_request(call.request()?).await?;
        let (head, body) = answer.into_parts();
        let body = Limited::new(body, MOST_BYTES).collect().await;
        let body = body.map_err(|error| Failure::Connection(error.to_string()))?.to_bytes();
        self.open.insert(open.server, open);
        Ok(Answer { status: head.status, headers: head.headers, body })
    }

    /// The open connection, or a new one where the server closed it meanwhile or the worker moved to another event
    /// loop: every answer would have to wake that other thread.
    async fn to(&mut self, addresses: &[SocketAddr]) -> Result<Open, Failure> {
        let home = Handle::current().id();
        if let Some(mut open) = addresses.iter().find_map(|address| self.open.remove(address))
            && open.home == home
            && open.sender.ready().await.is_ok()
        {
            return Ok(open);
        }
        let mut last = Failure::unexpected("no address");
        for address in addresses {
            match connect(*address, self.source).await {
                Ok(sender) => return Ok(Open { sender, server: *address, home }),
                Err(failure) => last = failure,
            }
        }
        Err(last)
    }
}

async fn connect(address: SocketAddr, source: Option<Ipv4Addr>) -> Result<Sender, Failure> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    if let (IpAddr::V4(_), Some(source)) = (address.ip(), source) {
        socket.bind(SocketAddr::new(source.into(), 0))?;
    }
    let stream = socket.connect(address).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turned_away_is_who_is_told_when_to_come_back() {
        let failure = |status, retry: Option<&'static str>, body: &'static str| {
            let mut headers = HeaderMap::new();
            headers.extend(retry.map(|retry| (RETRY_AFTER, HeaderValue::from_static(retry))));
            Answer { status, headers, body: body.into() }.failure()
        };
        let status = |status, error: &str| Failure::Status { status, error: error.to_owned() };
        let unavailable = StatusCode::SERVICE_UNAVAILABLE;
        assert_eq!(failure(unavailable, Some("2"), ""), Failure::TurnedAway);
        assert_eq!(failure(unavailable, None, "<html>"), status(503, ""));
        let slower = failure(StatusCode::TOO_MANY_REQUESTS, Some("2"), r#"{"error":"slow_down"}"#);
        assert_eq!(slower, status(429, "slow_down"));
    }
}
