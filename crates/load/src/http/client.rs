//! Requests over connections that are kept alive: each worker has a client of its own, so that nothing is shared.

use std::{
    array, future,
    io::{self, ErrorKind},
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header::CONTENT_TYPE};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::{
    client::legacy::{
        self, Builder,
        connect::{HttpConnector, dns::Name},
    },
    rt::TokioExecutor,
};
use serde::de::DeserializeOwned;
use test_browser::Transport;
use tokio::{
    runtime::{Handle, Id},
    time::timeout,
};
use tower::util::ServiceFn;
use url::{Url, form_urlencoded};

use super::{Failure, loopback};

/// How long an answer may take, the wait for a password hash behind many others included.
const LONGEST_ANSWER: Duration = Duration::from_mins(1);
/// More than any document or page that is read here has.
const MOST_BYTES: usize = 4 * 1024 * 1024;

type Addresses = array::IntoIter<SocketAddr, 2>;
type Resolver = ServiceFn<fn(Name) -> future::Ready<io::Result<Addresses>>>;
type Pool = legacy::Client<HttpConnector<Resolver>, Full<Bytes>>;

/// The client of one worker.
#[derive(Debug)]
pub struct Client {
    source: Ipv4Addr,
    /// Connections belong to an event loop: on another one, every answer would have to wake that other thread.
    pool: Mutex<Option<(Id, Pool)>>,
    sent: AtomicU32,
}

/// A GET.
pub fn get(url: &Url) -> Result<Request<Bytes>, Failure> {
    Ok(Request::get(url.as_str()).body(Bytes::new())?)
}

/// A POST of form fields.
pub fn form(url: &Url, fields: &[(&str, &str)]) -> Result<Request<Bytes>, Failure> {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::builder().method(Method::POST).uri(url.as_str());
    let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
    Ok(request.header(CONTENT_TYPE, kind).body(body.into())?)
}

impl Client {
    /// A client at that address of this machine.
    pub fn from(source: Ipv4Addr) -> Self {
        Self { source, pool: Mutex::default(), sent: AtomicU32::new(0) }
    }

    /// How many requests it has sent.
    pub fn sent(&self) -> u32 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Sends a request and reads the body of the answer, whose status has to be 200.
    pub async fn body(&self, request: Request<Bytes>) -> Result<Bytes, Failure> {
        let answer = self.exchange(request).await?;
        if answer.status() == StatusCode::OK {
            return Ok(answer.into_body());
        }
        Err(Failure::of(answer.status(), answer.headers(), answer.body()))
    }

    /// The same for JSON of that shape.
    pub async fn json<T: DeserializeOwned>(&self, request: Request<Bytes>) -> Result<T, Failure> {
        let body = self.body(request).await?;
        serde_json::from_slice(&body).map_err(|error| Failure::unexpected(format!("JSON: {error}")))
    }

    fn pool(&self) -> Pool {
        let here = Handle::current().id();
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        match &*pool {
            Some((home, pool)) if *home == here => pool.clone(),
            _ => pool.insert((here, new_pool(self.source))).1.clone(),
        }
    }
}

impl Default for Client {
    fn default() -> Self {
        Self::from(Ipv4Addr::LOCALHOST)
    }
}

impl Transport for Client {
    type Error = Failure;

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Failure> {
        let url = Url::parse(&request.uri().to_string()).map_err(|_| Failure::unexpected("no URL"))?;
        loopback::is_here(&url)?;
        self.sent.fetch_add(1, Ordering::Relaxed);
        let pool = self.pool();
        let whole = async {
            let (head, body) = pool.request(request.map(Full::new)).await?.into_parts();
            let body = Limited::new(body, MOST_BYTES).collect().await;
            let body = body.map_err(|error| Failure::Connection(error.to_string()))?.to_bytes();
            Ok(Response::from_parts(head, body))
        };
        timeout(LONGEST_ANSWER, whole).await.unwrap_or(Err(Failure::TimedOut))
    }
}

fn new_pool(source: Ipv4Addr) -> Pool {
    let mut connector = HttpConnector::new_with_resolver(tower::service_fn(resolve as fn(Name) -> _));
    connector.set_local_addresses(source, Ipv6Addr::LOCALHOST);
    connector.set_nodelay(true);
    Builder::new(TokioExecutor::new()).build(connector)
}

/// No name leads anywhere but to this machine; the connector knows the port.
#[expect(clippy::needless_pass_by_value, reason = "resolvers are called so")]
fn resolve(name: Name) -> future::Ready<io::Result<Addresses>> {
    if name.as_str() != "localhost" {
        return future::ready(Err(ErrorKind::HostUnreachable.into()));
    }
    let here = [SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), SocketAddr::from((Ipv6Addr::LOCALHOST, 0))];
    future::ready(Ok(here.into_iter()))
}

#[cfg(test)]
mod tests {
    use axum::{Router, extract::ConnectInfo, routing};
    use tokio::net::TcpListener;

    use super::*;

    async fn server(address: &str, answers: &'static str) -> Url {
        let listener = TcpListener::bind(address).await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let from = move |ConnectInfo(peer): ConnectInfo<SocketAddr>| async move {
            format!("{answers} {}", peer.ip())
        };
        let router = Router::new().route("/", routing::get(from));
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Url::parse(&url).unwrap()
    }

    #[tokio::test]
    async fn two_servers_with_one_port_are_told_apart_and_see_the_clients_address() {
        let one = server("127.0.0.1:0", "one").await;
        let other = server(&format!("127.0.0.2:{}", one.port().unwrap()), "other").await;
        let client = Client::from(loopback::source(3));
        for _ in 0..2 {
            for (url, reported) in [(&one, "one"), (&other, "other")] {
                let body = client.body(get(url).unwrap()).await.unwrap();
                assert_eq!(body, format!("{reported} {}", loopback::source(3)));
            }
        }
        assert_eq!(client.sent(), 4);
    }

    #[tokio::test]
    async fn only_this_machine_is_called() {
        for url in ["http://localhost.example.com/", "http://192.168.1.1/", "https://localhost/"] {
            let reported = Client::default().body(get(&Url::parse(url).unwrap()).unwrap()).await;
            assert!(matches!(reported, Err(Failure::Unexpected(_))), "{url}: {reported:?}");
        }
    }
}
