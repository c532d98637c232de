//! The edge and the server on real sockets, with limits small enough for a fast test.

use std::{
    net::{SocketAddr, TcpListener},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    extract::ConnectInfo,
    http::StatusCode,
    response::IntoResponse as _,
    routing::{get, post},
};
use clock::{ManualClock, random::OsRandom};
use problem::Problem;
use runtime::{shutdown::Shutdown, testing::Memory};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::oneshot,
    task::JoinHandle,
};

use super::{
    client_address::TrustedProxies,
    edge::{Edge, RequestId},
    limits::Limits,
    params::FormParams,
    server::serve,
};

mod compression;
mod crowds;

const CONNECTIONS: usize = 3;

fn limits() -> Limits {
    Limits {
        connections: CONNECTIONS,
        per_address: CONNECTIONS,
        heads_per_address: CONNECTIONS,
        proxies: TrustedProxies::default(),
        head_read: Duration::from_millis(100),
        idle: Duration::from_millis(100),
        body_read: Duration::from_millis(100),
        answer_stall: Duration::from_millis(100),
        body_bytes: 100,
        grace: Duration::from_millis(500),
    }
}

struct Server {
    address: SocketAddr,
    shutdown: Shutdown,
    running: JoinHandle<std::io::Result<()>>,
}

fn start(public_url: &str) -> Server {
    start_with(public_url, limits())
}

fn start_with(public_url: &str, limits: Limits) -> Server {
    let routes = Router::new()
        .route("/", get(async |id: RequestId| id.0))
        .route("/peer", get(async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.ip().to_string()))
        .route("/form", post(async |form: FormParams| form.0.first("a").unwrap_or_default().to_owned()))
        .route("/panic", get(panics))
        .route("/problem", get(async || Problem::new(StatusCode::CONFLICT, "stale", "Stale")))
        .route("/slow", get(slow))
        .route("/endless", get(std::future::pending::<&str>));
    let edge =
        Edge::new("customer", public_url, Arc::new(ManualClock::new(1_700_000_000)), Arc::new(OsRandom))
            .limits(limits.clone())
            .on_panic(|id| format!("sorry, {}", id.0).into_response());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let shutdown = Shutdown::new();
    let running = tokio::spawn(serve(listener, edge.wrap(routes), limits, shutdown.clone()));
    Server { address, shutdown, running }
}

async fn panics() -> &'static str {
    panic!("canary in a panic message")
}

async fn slow() -> &'static str {
    tokio::time::sleep(Duration::from_millis(150)).await;
    "finished"
}

/// Sends bytes and reads until the server closes the connection.
async fn exchange(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    read_all(stream).await
}

async fn read_all(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer))
        .await
        .expect("closed")
        .unwrap();
    String::from_utf8(answer).unwrap()
}

async fn fetch(address: SocketAddr, path: &str) -> String {
    exchange(address, &format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).await
}

fn post_form(length: usize, body: &str) -> String {
    format!(
        "POST /form HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}"
    )
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    answer.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

#[tokio::test]
async fn every_answer_has_our_request_id_and_no_strangers() {
    let server = start("http://localhost");
    let request = "GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: planted\r\nConnection: close\r\n\r\n";
    let answer = exchange(server.address, request).await;
    let id = header(&answer, "x-request-id").unwrap();
    assert!(answer.ends_with(id), "handler and header agree: {answer}");
    assert!(!answer.contains("planted"));
    assert_ne!(header(&fetch(server.address, "/").await, "x-request-id"), Some(id));
}

#[tokio::test]
async fn an_answer_that_leaves_a_part_of_the_body_unread_ends_its_connection_and_says_so() {
    let server = start("http://localhost");
    let body = "a=".to_owned() + &"1".repeat(48);
    let head = |path: &str| {
        format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        )
    };
    for (path, closes) in [("/nowhere", Some("close")), ("/form", None)] {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(head(path).as_bytes()).await.unwrap();
        if closes.is_none() {
            stream.write_all(body.as_bytes()).await.unwrap();
        }
        let answer = read_all(stream).await;
        assert_eq!(header(&answer, "connection"), closes, "{path}: {answer}");
    }
}

#[tokio::test]
async fn handlers_know_the_peer() {
    let server = start("http://localhost");
    assert!(fetch(server.address, "/peer").await.ends_with("127.0.0.1"));
}

#[tokio::test]
async fn a_client_slow_with_its_head_or_idle_is_disconnected() {
    let server = start("http://localhost");
    for sent in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\n", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"] {
        // Reading to the end only succeeds because the server closes the connection.
        let answer = exchange(server.address, sent).await;
        assert_eq!(answer.starts_with("HTTP/1.1 200"), sent.ends_with("\r\n\r\n"), "{sent:?} {answer}");
    }
}

#[tokio::test]
async fn a_client_slow_with_its_body_gets_408() {
    let server = start("http://localhost");
    let answer = exchange(server.address, &post_form(50, "a=1")).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
}

/// Larger than all buffers on its way; signals when it is dropped.
struct Long(Vec<u8>, Option<oneshot::Sender<()>>);

impl AsRef<[u8]> for Long {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Long {
    fn drop(&mut self) {
        let _ = self.1.take().map(|gone| gone.send(()));
    }
}

#[tokio::test]
async fn a_peer_that_does_not_take_its_answer_is_disconnected() {
    const LENGTH: usize = 64 * 1024 * 1024;
    let (sender, gone) = oneshot::channel();
    let long = bytes::Bytes::from_owner(Long(vec![b'x'; LENGTH], Some(sender)));
    let long = Arc::new(Mutex::new(Some(long)));
    let answer = move || {
        let body = long.lock().unwrap().take().unwrap_or_default();
        async move { body }
    };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut stream = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let router = Router::new().route("/", get(answer));
    tokio::spawn(serve(listener, router, limits(), Shutdown::new()));
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    tokio::time::timeout(Duration::from_secs(30), gone).await.expect("it is cut off").unwrap();
    let mut taken = Vec::new();
    // reads the bytes that were on their way, then the end or an error
    let _ = stream.read_to_end(&mut taken).await;
    assert!(taken.len() < LENGTH, "{}", taken.len());
}

#[tokio::test]
async fn so_many_connections_are_served_at_a_time_and_the_others_after_them() {
    const ASKED: usize = 20;
    let served = Arc::new((AtomicUsize::new(0), AtomicUsize::new(0)));
    let counts = served.clone();
    let handler = move || {
        let counts = counts.clone();
        async move {
            let (now, most) = &*counts;
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            // every accepted request has arrived by then
            for _ in 0..1000 {
                tokio::task::yield_now().await;
            }
            now.fetch_sub(1, Ordering::SeqCst);
            "done"
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/", get(handler));
    // a trusted proxy's connections: none of them is dismissed
    let proxies = TrustedProxies::new(vec!["127.0.0.1".parse().unwrap()]);
    tokio::spawn(serve(listener, router, Limits { proxies, ..limits() }, Shutdown::new()));
    let asked: Vec<_> = (0..ASKED).map(|_| tokio::spawn(fetch(address, "/"))).collect();
    for answer in asked {
        assert!(answer.await.unwrap().ends_with("done"));
    }
    assert_eq!(served.1.load(Ordering::SeqCst), CONNECTIONS);
}

#[tokio::test]
async fn m18_a_body_beyond_the_limit_gets_413() {
    let server = start("http://localhost");
    let body = format!("a={}", "x".repeat(200));
    let answer = exchange(server.address, &post_form(body.len(), &body)).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(exchange(server.address, &post_form(3, "a=1")).await.ends_with("\r\n\r\n1"));
}

#[tokio::test]
async fn e1_a_panic_is_a_500_and_the_server_lives() {
    let server = start("http://localhost");
    let answer = fetch(server.address, "/panic").await;
    assert!(answer.starts_with("HTTP/1.1 500"), "{answer}");
    assert!(answer.ends_with(&format!("sorry, {}", header(&answer, "x-request-id").unwrap())));
    assert!(!answer.contains("canary"));
    assert!(fetch(server.address, "/").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn r2_problems_carry_the_request_id() {
    let server = start("http://localhost");
    let answer = fetch(server.address, "/problem").await;
    let body = answer.split("\r\n\r\n").nth(1).unwrap();
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["request_id"].as_str(), header(&answer, "x-request-id"));
    assert_eq!(header(&answer, "content-type"), Some("application/problem+json"));
}

#[tokio::test]
async fn web6_even_errors_of_the_framework_have_the_security_headers() {
    let server = start("https://login.example");
    for path in ["/", "/absent", "/form", "/panic"] {
        let answer = fetch(server.address, path).await;
        assert_eq!(header(&answer, "x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(header(&answer, "cache-control"), Some("no-store"), "{path}");
        assert!(header(&answer, "strict-transport-security").is_some(), "{path}");
    }
}

#[tokio::test]
async fn shutdown_lets_a_request_under_way_finish_and_takes_no_new_ones() {
    let server = start("http://localhost");
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    server.shutdown.fire();
    assert!(read_all(stream).await.ends_with("finished"));
    server.running.await.unwrap().unwrap();
    assert!(TcpStream::connect(server.address).await.is_err());
}

#[tokio::test]
async fn shutdown_answers_once_more_on_connections_that_are_there_already() {
    let server = start("http://localhost");
    let request = b"GET /peer HTTP/1.1\r\nHost: x\r\n\r\n";
    let mut kept = TcpStream::connect(server.address).await.unwrap();
    kept.write_all(request).await.unwrap();
    let mut first = [0; 12];
    kept.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    // the connection may still be in the queue
    let mut fresh = TcpStream::connect(server.address).await.unwrap();
    server.shutdown.fire();
    tokio::task::yield_now().await;
    for connection in [&mut kept, &mut fresh] {
        connection.write_all(request).await.unwrap();
    }
    for connection in [kept, fresh] {
        let answers = read_all(connection).await;
        assert!(answers.ends_with("127.0.0.1") && answers.contains("connection: close"), "{answers}");
    }
    server.running.await.unwrap().unwrap();
}

#[tokio::test]
async fn h13_a_warning_names_its_request_also_where_only_warnings_are_logged() {
    let memory = Memory::default();
    let writer = memory.clone();
    let filter = tracing_subscriber::EnvFilter::new("warn");
    let subscriber =
        runtime::testing::subscriber(runtime::telemetry::Format::Json, filter, move || writer.clone());
    let _logging = tracing::subscriber::set_default(subscriber);
    let edge = Edge::new("customer", "http://localhost", Arc::new(ManualClock::new(0)), Arc::new(OsRandom));
    let router = edge.wrap(Router::new().route("/", get(async || tracing::warn!("odd"))));
    let request = axum::http::Request::builder().uri("/").body(axum::body::Body::empty()).unwrap();
    let answer = tower::ServiceExt::oneshot(router, request).await.unwrap();
    let event: serde_json::Value = serde_json::from_str(&memory.text()).unwrap();
    assert_eq!((&event["message"], &event["spans"][0]["service"]), (&"odd".into(), &"customer".into()));
    let id = answer.headers()["x-request-id"].to_str().unwrap();
    assert_eq!(event["spans"][0]["request_id"], id);
}

#[tokio::test]
async fn a19_the_log_has_the_route_and_never_the_path_or_the_query() {
    let memory = Memory::default();
    let writer = memory.clone();
    let filter = tracing_subscriber::EnvFilter::new("info");
    let subscriber =
        runtime::testing::subscriber(runtime::telemetry::Format::Json, filter, move || writer.clone());
    let _logging = tracing::subscriber::set_default(subscriber);

    let edge = Edge::new("customer", "http://localhost", Arc::new(ManualClock::new(0)), Arc::new(OsRandom));
    let router = edge.wrap(Router::new().route("/orders/{id}", get(async || "ok")));
    let request =
        axum::http::Request::builder().uri("/orders/canary-1?code=canary-2").header("referer", "canary-3");
    let request = request.body(axum::body::Body::empty()).unwrap();
    tower::ServiceExt::oneshot(router, request).await.unwrap();

    let log = memory.text();
    assert!(!log.contains("canary"), "{log}");
    let event: serde_json::Value = serde_json::from_str(log.lines().last().unwrap()).unwrap();
    assert_eq!(event["status"], 200);
    assert!(event["latency_ms"].is_u64());
    let span = &event["spans"][0];
    assert_eq!((span["route"].as_str(), span["method"].as_str()), (Some("/orders/{id}"), Some("GET")));
    assert_eq!(span["service"], "customer");
    assert_eq!(span["request_id"].as_str().map(str::len), Some(36));
}

#[tokio::test]
async fn shutdown_does_not_wait_for_a_request_beyond_the_grace_period() {
    let server = start("http://localhost");
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(b"GET /endless HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    server.shutdown.fire();
    tokio::time::timeout(Duration::from_secs(5), server.running).await.expect("ended").unwrap().unwrap();
    assert_eq!(read_all(stream).await, "");
}
