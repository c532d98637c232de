//! The headers of every answer: WEB-6, S5, S6, H5, P5.

use axum::http::{Method, StatusCode};

use super::world::{config, world, world_with};
use crate::paths;

const PAGES: [&str; 7] = [
    "/",
    "/products/stoneware-mug",
    "/pages/delivery-and-returns",
    paths::CART,
    paths::SIGNED_OUT,
    paths::ORDERS,
    "/nowhere",
];

#[tokio::test]
async fn s6_the_policy_of_every_page_lets_forms_lead_to_the_realm_and_nothing_else_out() {
    let world = world().await;
    for path in PAGES {
        let page = world.browser().get(path).await;
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self'"), "{path}: {policy}");
        assert!(policy.contains("form-action 'self' http://localhost:7001;"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"));
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("x-frame-options"), "DENY");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert_eq!(page.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn s5_no_page_has_an_inline_style_script_or_handler_or_a_foreign_resource() {
    let world = world().await;
    for path in PAGES {
        let page = world.browser().get(path).await;
        for banned in
            ["<script", "style=", "<style", " onclick", " onload", "javascript:", "src=\"http", "@import"]
        {
            assert!(!page.body.contains(banned), "{path} has {banned}");
        }
        for css in ["main#main", "html[lang=en]", "h1"] {
            assert_eq!(page.elements(css).len(), 1, "{path}: {css}");
        }
        for label in page.elements("label") {
            let target = label.get("for").unwrap();
            assert!(page.has(target), "{path}: a label for {target}");
        }
    }
}

#[tokio::test]
async fn p5_the_policy_can_be_rolled_out_by_reporting_only() {
    let mut config = config();
    config.csp_report_only = true;
    let page = world_with(config).await.browser().get("/").await;
    assert_eq!(page.header("content-security-policy"), "");
    assert!(page.header("content-security-policy-report-only").starts_with("default-src 'none'"));
}

#[tokio::test]
async fn assets_are_kept_by_browsers_and_found_under_the_hash_of_their_content_only() {
    let world = world().await;
    let sheets = world.browser().get("/").await.elements("link[rel=stylesheet]");
    let css = world.get(sheets[0].get("href").unwrap(), None).await;
    assert_eq!((css.status, css.header("content-type")), (StatusCode::OK, "text/css; charset=utf-8"));
    assert_eq!(css.header("cache-control"), "public, max-age=31536000, immutable");
    assert!(css.body.contains("prefers-color-scheme: dark"));
    assert_eq!(world.get("/assets/shop.css", None).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn h5_no_origin_is_allowed_unless_it_is_configured_and_none_is_ever_reflected() {
    let preflight = [("origin", "https://app.example"), ("access-control-request-method", "POST")];
    let closed = world().await;
    for method in [Method::GET, Method::OPTIONS] {
        let answer = closed.call((method, paths::api::PRODUCTS), None, &preflight, None).await;
        assert_eq!(answer.header("access-control-allow-origin"), "");
        assert!(["", "accept-encoding"].contains(&answer.header("vary")), "{}", answer.header("vary"));
    }
    let mut config = config();
    config.cors_origins = vec!["https://app.example".to_owned()].into();
    let open = world_with(config).await;
    let answer = open.call((Method::OPTIONS, paths::api::ORDERS), None, &preflight, None).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(answer.header("access-control-allow-origin"), "https://app.example");
    assert_eq!(answer.header("access-control-allow-credentials"), "");
    for origin in ["https://app.example.evil", "https://evil.example", "null", "http://app.example"] {
        let answer = open.call((Method::GET, paths::api::PRODUCTS), None, &[("origin", origin)], None).await;
        assert_eq!((answer.header("access-control-allow-origin"), answer.header("vary")), ("", "Origin"));
    }
    let page = open.call((Method::GET, "/"), None, &preflight[..1], None).await;
    assert_eq!(page.header("access-control-allow-origin"), "", "pages are never for other origins");
}
