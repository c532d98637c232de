use axum::{
    Router,
    extract::{RawForm, RawQuery},
    response::{Html, Redirect},
    routing::{any, get},
};
use http::header::{LOCATION, SET_COOKIE};

use super::*;

const HERE: &str = "http://localhost:1";

/// Answers with the request's method, query, body and cookies, and whether it had an `Origin`.
async fn echo(method: Method, RawQuery(query): RawQuery, headers: HeaderMap, body: String) -> Html<String> {
    let origin = headers.contains_key(ORIGIN);
    let cookies = headers.get(COOKIE).map_or("", |cookies| cookies.to_str().unwrap());
    Html(format!("{method} {} {body} {cookies} {origin}", query.unwrap_or_default()))
}

fn router() -> Router {
    Router::new()
        .route("/echo", any(echo))
        .route("/other", any(async || Redirect::to("/echo?a=b")))
        .route("/same", any(async || Redirect::temporary("/echo?a=b")))
        .route("/for-ever", any(async || Redirect::permanent("/echo?a=b")))
        .route("/created", any(async |_: RawForm| ([(LOCATION, "/echo")], Html("made"))))
        .route("/refresh", get(async || Html("<meta http-equiv=refresh content='0;url=/echo'>")))
        .route("/cookie", get(async || ([(SET_COOKIE, "c=1; Path=/")], Redirect::to("/echo"))))
        .route("/round", get(async || Redirect::to("/round")))
        .route("/away", get(async || Redirect::to("https://app.example/cb?code=x")))
}

fn browser() -> Browser<Router> {
    Browser::new(router(), &[HERE])
}

fn form(method: &Method, action: &str) -> Form {
    let html = format!("<form action='{action}' method={method}><input name=x value=1></form>");
    Page::new(Url::parse(HERE).unwrap(), http::Response::new(html.into())).forms().remove(0)
}

#[tokio::test]
async fn a_form_is_sent_as_it_says_and_keeps_its_method_where_the_redirect_demands_it() {
    for (method, action, seen) in [
        (Method::POST, "/echo?q=r", "POST q=r x=1  true"),
        (Method::POST, "/other", "GET a=b   false"),
        (Method::POST, "/same", "POST a=b x=1  true"),
        (Method::POST, "/for-ever", "POST a=b x=1  true"),
        (Method::GET, "/echo?q=r", "GET x=1   false"),
        (Method::GET, "/same", "GET a=b   false"),
        (Method::POST, "/created", "made"),
    ] {
        assert_eq!(browser().submit(&form(&method, action)).await.body, seen, "{method} {action}");
    }
}

#[tokio::test]
async fn cookies_redirects_and_refreshes_are_followed_and_a_circle_ends() {
    let browser = browser();
    assert_eq!(browser.visit("/cookie").await.body, "GET   c=1 false");
    assert_eq!(browser.visit("/refresh").await.body, "GET   c=1 false");
    assert_eq!(browser.get("/other").await.status, StatusCode::SEE_OTHER, "nothing is followed by get");
    assert_eq!(browser.visit("/round").await.status, StatusCode::SEE_OTHER);
    let other = browser.clone();
    browser.forget_cookie("/", "c");
    assert_eq!((browser.cookie("/", "c"), other.cookie("/", "c").as_deref()), (None, Some("1")));
}

#[tokio::test]
async fn a_browser_stops_where_a_redirect_leads_away() {
    let page = browser().visit("/away").await;
    assert_eq!((page.code().as_str(), page.status), ("x", StatusCode::SEE_OTHER));
}

#[tokio::test]
async fn requests_go_over_sockets_too() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router()).await });
    let browser = Browser::new(sockets(), &[&origin]);
    assert_eq!(browser.visit("/cookie").await.body, "GET   c=1 false");
    assert_eq!(browser.post("/echo", &[("x", "1")]).await.body, "POST  x=1 c=1 true");
}

#[expect(clippy::disallowed_methods, reason = "the guarded client reaches no loopback")]
fn sockets() -> reqwest::Client {
    // only the first call in the process installs it
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap()
}

#[test]
fn the_way_back_is_the_redirect_uri_with_whatever_query() {
    let url = |text: &str| Url::parse(text).unwrap();
    let leads = |next: &str, last: &str| Bounds::Until(url(last)).end_before(&url(next));
    let redirect_uri = "http://localhost:8080/callback";
    for back in [redirect_uri, "http://LOCALHOST:8080/callback?code=c&state=s#x"] {
        assert!(leads(back, redirect_uri), "{back}");
    }
    for elsewhere in [
        "http://localhost:8080/callback-of-another?code=c",
        "http://localhost:8080/callback/x?code=c",
        "http://localhost:8080/",
        "http://localhost:8081/callback",
        "http://127.0.0.1:8080/callback",
        "https://localhost:8080/callback",
    ] {
        assert!(!leads(elsewhere, redirect_uri), "{elsewhere}");
    }
    assert!(leads("com.example.app:/back?code=c", "com.example.app:/back"));
    assert!(!leads("com.example.app:/back?code=c", "com.example.other:/back"));
    assert!(leads("http://localhost:80/x", "http://localhost/x"));
}
