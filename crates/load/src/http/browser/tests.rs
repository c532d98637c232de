use std::net::{Ipv4Addr, SocketAddr};

use axum::{
    Router,
    extract::{ConnectInfo, RawForm, RawQuery},
    response::{Html, Redirect},
    routing::{any, get},
};
use http::HeaderMap;
use tokio::net::TcpListener;

use super::*;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

#[test]
fn the_way_back_is_the_redirect_uri_with_whatever_query() {
    let redirect_uri = url("http://localhost:8080/callback");
    for back in ["http://localhost:8080/callback", "http://LOCALHOST:8080/callback?code=c&state=s#x"] {
        assert!(leads_to(&url(back), &redirect_uri), "{back}");
    }
    for elsewhere in [
        "http://localhost:8080/callback-of-another?code=c",
        "http://localhost:8080/callback/x?code=c",
        "http://localhost:8080/",
        "http://localhost:8081/callback",
        "http://127.0.0.1:8080/callback",
        "https://localhost:8080/callback",
    ] {
        assert!(!leads_to(&url(elsewhere), &redirect_uri), "{elsewhere}");
    }
    assert!(leads_to(&url("com.example.app:/back?code=c"), &url("com.example.app:/back")));
    assert!(!leads_to(&url("com.example.app:/back?code=c"), &url("com.example.other:/back")));
    assert!(leads_to(&url("http://localhost:80/x"), &url("http://localhost/x")));
}

/// Says what it was asked: the method, the query, the body, and the `Origin`.
async fn echo(
    method: Method,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<String, axum::extract::rejection::StringRejection>,
) -> Html<String> {
    let origin = headers.contains_key(ORIGIN);
    Html(format!("{method} {} {} {origin}", query.unwrap_or_default(), body.unwrap_or_default()))
}

async fn server() -> Url {
    let from = |ConnectInfo(address): ConnectInfo<SocketAddr>| async move { address.ip().to_string() };
    let router = Router::new()
        .route("/echo", any(echo))
        .route("/other", any(async || Redirect::to("/echo?a=b")))
        .route("/same", any(async || Redirect::temporary("/echo?a=b")))
        .route("/for-ever", any(async || Redirect::permanent("/echo?a=b")))
        .route("/created", any(async |_: RawForm| ([(LOCATION, "/echo")], Html("made"))))
        .route("/from", get(from));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await
    });
    url(&format!("http://{address}/"))
}

fn text(at: At) -> String {
    match at {
        At::Page(page) => page.html,
        At::Client(url) => panic!("{url}"),
    }
}

#[tokio::test]
async fn a_form_is_sent_as_it_says_and_keeps_its_method_where_the_redirect_demands_it() {
    let server = server().await;
    let mut browser = Browser::new(0, &url("http://localhost:1/callback"));
    for (method, action, seen) in [
        (Method::POST, "/echo?q=r", "POST q=r x=1 true"),
        (Method::POST, "/other", "GET a=b  false"),
        (Method::POST, "/same", "POST a=b x=1 true"),
        (Method::POST, "/for-ever", "POST a=b x=1 true"),
        (Method::GET, "/echo?q=r", "GET x=1  false"),
        (Method::GET, "/same", "GET a=b  false"),
        (Method::POST, "/created", "made"),
    ] {
        let action = server.join(action).unwrap();
        let form =
            Form { method: method.clone(), action: action.clone(), fields: vec![("x".into(), "1".into())] };
        assert_eq!(text(browser.submit(form).await.unwrap()), seen, "{method} {action}");
    }
}

#[tokio::test]
async fn a_browser_leaves_an_address_before_its_pages_are_too_many() {
    let from = server().await.join("/from").unwrap();
    let mut browser = Browser::new(3, &url("http://localhost:1/callback"));
    let mut addresses = Vec::new();
    for _ in 0..=PAGES {
        addresses.push(text(browser.open(&from).await.unwrap()));
    }
    addresses.dedup();
    assert_eq!(addresses, [loopback::source(3).to_string(), loopback::source(3 + FAR).to_string()]);
    let another = browser.with_its_cookies();
    assert_eq!((another.number, another.pages), (3 + FAR, 0));
}

#[tokio::test]
async fn two_servers_with_one_port_are_told_apart() {
    let one = server().await;
    let second = TcpListener::bind(("127.0.0.2", one.port().unwrap())).await.unwrap();
    let other = url(&format!("http://{}/", second.local_addr().unwrap()));
    let router = Router::new().route("/echo", get(async || "the other one"));
    tokio::spawn(async move { axum::serve(second, router).await });
    let mut browser = Browser::new(0, &url("http://localhost:1/callback"));
    for _ in 0..2 {
        assert_eq!(text(browser.open(&one.join("/echo").unwrap()).await.unwrap()), "GET   false");
        assert_eq!(text(browser.open(&other.join("/echo").unwrap()).await.unwrap()), "the other one");
    }
}
