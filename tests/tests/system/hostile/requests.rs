//! Wrong methods, wrong content types, wrong places (WEB-10, T1, RP4).

use end_to_end::System;

use super::raw::{post, request, send};

async fn status(base: &str, first: &str, headers: &str, body: &[u8]) -> (u16, String) {
    send(base, &request(first, base, headers, body)).await
}

#[tokio::test]
async fn web10_wrong_methods_are_405_with_the_right_ones_named() {
    let system = System::start().await;
    let table = [
        ("/token", &["GET", "PUT", "DELETE", "PATCH", "TRACE"][..], "POST"),
        ("/revoke", &["GET", "PUT"], "POST"),
        ("/introspect", &["GET", "PUT"], "POST"),
        ("/authorize", &["PUT", "DELETE", "PATCH"], "GET"),
        ("/userinfo", &["PUT", "DELETE"], "GET"),
        ("/jwks", &["POST", "PUT"], "GET"),
        ("/.well-known/openid-configuration", &["POST", "DELETE"], "GET"),
        ("/sign-out", &["GET", "PUT"], "POST"),
        ("/end_session", &["PUT"], "GET"),
    ];
    for base in [&system.urls.customer_issuer, &system.urls.admin_issuer] {
        for (path, methods, allowed) in table {
            for method in methods {
                let (status, answer) =
                    status(base, &format!("{method} {path}"), "content-length: 0\r\n", b"").await;
                assert_eq!(status, 405, "{method} {path}: {answer}");
                let allow = answer.lines().find(|line| line.to_ascii_lowercase().starts_with("allow:"));
                assert!(allow.is_some_and(|line| line.contains(allowed)), "{method} {path}: {answer}");
            }
        }
    }
}

#[tokio::test]
async fn web10_wrong_methods_at_the_sides_are_405() {
    let system = System::start().await;
    let table = [
        (&system.urls.storefront, "/logout", "GET"),
        (&system.urls.storefront, "/login", "GET"),
        (&system.urls.storefront, "/checkout", "GET"),
        (&system.urls.storefront, "/api/products", "POST"),
        (&system.urls.console, "/logout", "GET"),
        (&system.urls.console, "/api/me", "DELETE"),
    ];
    for (base, path, method) in table {
        let (status, answer) = status(base, &format!("{method} {path}"), "content-length: 0\r\n", b"").await;
        assert_eq!(status, 405, "{method} {path}: {answer}");
        assert!(answer.to_ascii_lowercase().contains("\r\nallow:"), "{method} {path}: {answer}");
    }
}

#[tokio::test]
async fn web10_wrong_content_types_are_415() {
    let system = System::start().await;
    for base in [&system.urls.customer_issuer, &system.urls.admin_issuer] {
        for path in ["/token", "/revoke", "/introspect", "/authorize", "/end_session", "/sign-out"] {
            for content_type in
                ["application/json", "text/plain", "multipart/form-data; boundary=x", "application/xml"]
            {
                let headers = format!("content-type: {content_type}\r\ncontent-length: 2\r\n");
                let (status, answer) = status(base, &format!("POST {path}"), &headers, b"{}").await;
                assert_eq!(status, 415, "{path} {content_type}: {answer}");
            }
        }
    }
}

#[tokio::test]
async fn rp4_text_plain_forms_change_nothing_at_the_sides() {
    let system = System::start().await;
    for (base, path) in [
        (&system.urls.storefront, "/login"),
        (&system.urls.storefront, "/cart"),
        (&system.urls.console, "/login"),
        (&system.urls.console, "/content/new"),
    ] {
        let headers = format!("content-type: text/plain\r\ncontent-length: 6\r\norigin: {base}\r\n");
        let (status, answer) = status(base, &format!("POST {path}"), &headers, b"csrf=x").await;
        assert!(matches!(status, 403 | 415), "{base}{path}: {answer}");
    }
}

#[tokio::test]
async fn t1_parameters_of_clients_calls_in_the_url_are_refused() {
    let system = System::start().await;
    for base in [&system.urls.customer_issuer, &system.urls.admin_issuer] {
        for path in ["/token?grant_type=client_credentials", "/revoke?token=x", "/introspect?token=x"] {
            let (status, answer) = post(base, path, b"client_id=demo-web").await;
            assert_eq!(status, 400, "{path}: {answer}");
        }
        let (status, _) = send(base, &request("GET /userinfo?access_token=x", base, "", b"")).await;
        assert_eq!(status, 401, "U1: a token in the query is none");
    }
}

#[tokio::test]
async fn web10_unknown_routes_are_404_for_every_method() {
    let system = System::start().await;
    for base in system.origins() {
        for method in ["GET", "POST", "PUT", "DELETE", "OPTIONS"] {
            for path in ["/nope", "/.git/config", "/admin/../token2", "/token/x", "/api/nope"] {
                let (status, answer) =
                    status(&base, &format!("{method} {path}"), "content-length: 0\r\n", b"").await;
                assert_eq!(status, 404, "{base} {method} {path}: {answer}");
            }
        }
    }
}
