//! Which answers are compressed.

use axum::http::{Request, header};
use tower::ServiceExt as _;

use super::*;

/// The content encoding of the answer to a request.
async fn encoding(method: &str, path: &str, sent: &[(&str, &str)]) -> Option<String> {
    let page = |cache: &'static str, kind: &'static str, length: usize| {
        let headers = [(header::CACHE_CONTROL, cache), (header::CONTENT_TYPE, kind)];
        move || async move { (headers, "text ".repeat(length / 5)) }
    };
    let routes = Router::new()
        .route(
            "/page",
            get(page("no-store", "text/html; charset=utf-8", 5000)).post(page("no-store", "text/html", 5000)),
        )
        .route("/style", get(page("public, max-age=60", "text/css", 5000)))
        .route("/short", get(page("public, max-age=60", "text/css", 500)))
        .route("/image", get(page("public, max-age=60", "image/png", 5000)))
        .route(
            "/version",
            get(async || ([(header::ETAG, "\"7\""), (header::CONTENT_TYPE, "text/css")], "x".repeat(5000))),
        );
    let edge = Edge::new("customer", "http://localhost", Arc::new(ManualClock::new(0)), Arc::new(OsRandom));
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in sent {
        request = request.header(*name, *value);
    }
    let answer = edge.wrap(routes).oneshot(request.body(axum::body::Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    answer.headers().get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap().to_owned())
}

#[tokio::test]
async fn s37_what_is_everybodys_is_compressed_and_never_what_a_cookie_made_somebodys() {
    let gzip = ("accept-encoding", "gzip, br");
    let cookie = ("cookie", "rk=1");
    for (method, path, sent, compressed) in [
        ("GET", "/page", &[gzip][..], true),
        ("GET", "/page", &[gzip, cookie], false),
        ("GET", "/page", &[gzip, ("authorization", "Bearer x")], true),
        ("GET", "/page", &[], false),
        ("POST", "/page", &[gzip], false),
        ("GET", "/style", &[gzip, cookie], true),
        ("GET", "/short", &[gzip], false),
        ("GET", "/image", &[gzip], false),
        ("GET", "/version", &[gzip], false),
    ] {
        let encoding = encoding(method, path, sent).await;
        assert_eq!(encoding.as_deref(), compressed.then_some("gzip"), "{method} {path} {sent:?}");
    }
}
