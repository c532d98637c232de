use std::net::SocketAddr;

use axum::{
    Router,
    response::Redirect,
    routing::{get, post},
};

use super::*;

async fn server() -> SocketAddr {
    let router = Router::new()
        .route("/", get(async || "hello"))
        .route("/moved", get(async || Redirect::to("/")))
        .route("/large", get(async || "x".repeat(2000)))
        .route("/slow", get(std::future::pending::<&str>))
        .route("/form", post(async |body: String| body));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

fn client(hosts: &[&str]) -> Outbound {
    let policy = OutboundPolicy {
        allowed_private_hosts: hosts.iter().map(|host| (*host).to_owned()).collect(),
        timeout: Duration::from_millis(300),
        max_bytes: 1000,
        extra_ca: None,
    };
    Outbound::new(&policy).unwrap()
}

#[tokio::test]
async fn page3_a_private_host_is_refused_unless_it_is_named() {
    let port = server().await.port();
    for url in [
        format!("http://127.0.0.1:{port}/"),
        format!("https://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("https://localhost:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        "http://public.example/".to_owned(),
    ] {
        let outcome = client(&[]).get(&url).await;
        assert!(matches!(outcome, Err(OutboundError::Refused)), "{url} {outcome:?}");
        let outcome = client(&["other"]).get(&url).await;
        assert!(matches!(outcome, Err(OutboundError::Refused)), "{url} {outcome:?}");
    }
    for (host, allowed) in [("127.0.0.1", "127.0.0.1"), ("localhost", "LocalHost")] {
        let answer = client(&[allowed]).get(&format!("http://{host}:{port}/")).await.unwrap();
        assert_eq!((answer.status, &answer.body[..]), (StatusCode::OK, &b"hello"[..]));
    }
}

#[tokio::test]
async fn page3_no_redirect_is_followed() {
    let address = server().await;
    let answer = client(&["127.0.0.1"]).get(&format!("http://{address}/moved")).await.unwrap();
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.headers[header::LOCATION], "/");
}

#[tokio::test]
async fn page3_a_large_answer_and_a_slow_one_are_given_up() {
    let address = server().await;
    let client = client(&["127.0.0.1"]);
    let large = client.get(&format!("http://{address}/large")).await;
    assert!(matches!(large, Err(OutboundError::TooLarge)), "{large:?}");
    let slow = client.get(&format!("http://{address}/slow")).await;
    assert!(matches!(slow, Err(OutboundError::TimedOut)), "{slow:?}");
}

#[tokio::test]
async fn a_form_is_posted_encoded() {
    let address = server().await;
    let url = format!("http://{address}/form");
    let answer = client(&["127.0.0.1"]).post_form(&url, &[("a b", "1&2")], HeaderMap::new()).await.unwrap();
    assert_eq!(&answer.body[..], b"a+b=1%262");
}

#[tokio::test]
async fn other_schemes_and_user_information_are_refused() {
    for url in
        ["ftp://127.0.0.1/", "file:///etc/hosts", "https://user@public.example/", "/relative", "nonsense"]
    {
        let outcome = client(&["127.0.0.1"]).get(url).await;
        assert!(matches!(outcome, Err(OutboundError::BadUrl)), "{url} {outcome:?}");
    }
}

#[tokio::test]
async fn a_failure_does_not_quote_the_url() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = client(&["127.0.0.1"]).get(&format!("http://{closed}/canary")).await.unwrap_err();
    assert!(matches!(error, OutboundError::Failed(_)), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("canary"));
}

#[test]
fn an_extra_ca_file_without_certificates_is_an_error() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let policy = OutboundPolicy { extra_ca: Some(file.path().to_owned()), ..OutboundPolicy::default() };
    assert!(matches!(Outbound::new(&policy), Err(OutboundError::Setup(_))));
}
