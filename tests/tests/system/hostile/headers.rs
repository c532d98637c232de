//! Hostile headers and framing (WEB-1, WEB-11, Z1).

use end_to_end::System;

use super::raw::{request, send};

#[tokio::test]
async fn z1_header_floods_are_refused_and_the_server_goes_on() {
    let system = System::start().await;
    let many: String = (0..2000).map(|index| ["x-", &index.to_string(), ": 1\r\n"].concat()).collect();
    let long = format!("x-long: {}\r\n", "a".repeat(1_000_000));
    for base in system.origins() {
        for flood in [&many, &long] {
            let (status, _) = send(&base, &request("GET /", &base, flood, b"")).await;
            assert!(status == 0 || status == 400 || status == 431, "{base}: {status}");
        }
        let (status, _) = send(&base, &request("GET /", &base, "", b"")).await;
        assert_eq!(status, 200, "{base}");
    }
}

#[tokio::test]
async fn z1_what_is_not_http_gets_no_5xx() {
    let system = System::start().await;
    let garbage: [&[u8]; 9] = [
        b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nbad header\r\n\r\n",
        b"GET / HTTP/1.1\r\nx: a\x00b\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"POST /token HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
        b"POST /token HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcdef",
    ];
    for base in system.origins() {
        for bytes in garbage {
            let closing = [bytes, b""].concat();
            let (status, answer) = send_and_hang_up(&base, &closing).await;
            assert!(status < 500, "{base} {}: {answer}", bytes.escape_ascii());
        }
    }
}

/// Like [`send`], but says that nothing more comes.
async fn send_and_hang_up(base: &str, bytes: &[u8]) -> (u16, String) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let port = url::Url::parse(base).unwrap().port().unwrap();
    let mut socket = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let _ = socket.write_all(bytes).await;
    let _ = socket.shutdown().await;
    let mut answer = Vec::new();
    let _ = socket.read_to_end(&mut answer).await;
    let text = String::from_utf8_lossy(&answer).into_owned();
    (text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0), text)
}

#[tokio::test]
async fn z26_a_request_with_two_lengths_is_not_two_requests() {
    let system = System::start().await;
    for base in system.origins() {
        let smuggled = b"0\r\n\r\nGET /smuggled HTTP/1.1\r\nhost: x\r\n\r\n";
        let headers = format!(
            "content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\ntransfer-encoding: chunked\r\n",
            smuggled.len()
        );
        let bytes = request("POST /token", &base, &headers, smuggled);
        let (status, answer) = send_and_hang_up(&base, &bytes).await;
        assert_eq!((status, answer.matches("HTTP/1.1 ").count()), (400, 1), "{base}: {answer}");
    }
}

#[tokio::test]
async fn web11_forwarded_headers_of_strangers_change_nothing() {
    let system = System::start().await;
    let forged = "x-forwarded-host: evil.example\r\nx-forwarded-proto: https\r\nforwarded: host=evil.example\r\n\
                  x-forwarded-for: 10.0.0.1\r\nx-original-url: /setup\r\nx-request-id: forged\r\n";
    for base in system.origins() {
        for path in
            ["/", "/.well-known/openid-configuration", "/.well-known/oauth-protected-resource", "/nope"]
        {
            let (status, answer) = send(&base, &request(&format!("GET {path}"), &base, forged, b"")).await;
            assert!(status < 500, "{base}{path}");
            assert!(
                !answer.contains("evil.example") && !answer.contains("x-request-id: forged"),
                "{base}{path}: {answer}"
            );
        }
    }
}

#[tokio::test]
async fn d7_web1_a_foreign_host_header_changes_no_url_that_is_told() {
    let system = System::start().await;
    for base in [&system.urls.customer_issuer, &system.urls.admin_issuer] {
        for path in ["/.well-known/openid-configuration", "/account", "/end_session"] {
            let bytes = request(&format!("GET {path}"), "evil.example", "", b"");
            let (status, answer) = send(base, &bytes).await;
            assert!(status < 500 && !answer.contains("evil.example"), "{path}: {answer}");
        }
    }
}

#[tokio::test]
async fn e5_hostile_cookies_are_no_session_and_no_error() {
    let system = System::start().await;
    let names = [
        "rk_customer_session",
        "rk_customer_browser",
        "rk_admin_session",
        "rk_shop_session",
        "rk_shop_visitor",
        "rk_console_session",
        "rk_console_visitor",
    ];
    let long = "x".repeat(4000);
    for base in system.origins() {
        for value in ["", "=", "\"", "%00", "a b", ";;;", "' OR 1=1 --", "\u{202e}", &long] {
            let cookies: String = names.map(|name| format!("cookie: {name}={value}\r\n")).concat();
            let (status, answer) = send(&base, &request("GET /", &base, &cookies, b"")).await;
            // the list is longer than some servers take: that is a refusal, not a failure
            assert!(matches!(status, 200 | 400 | 431), "{base} {value}: {answer}");
        }
    }
}
