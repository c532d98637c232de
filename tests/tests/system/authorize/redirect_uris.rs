//! Redirect URIs are compared as they are written (A1, AUTH-5, M20).

use end_to_end::{RelyingParty, System};

/// Each looks like `http://localhost:8080/callback`, or is made of it, and is another string.
const OTHERS: [&str; 34] = [
    "http://localhost:8080/callback/",
    "http://localhost:8080/callback?",
    "http://localhost:8080/callback?a=1",
    "http://localhost:8080/callback#",
    "http://localhost:8080/callback#f",
    "http://localhost:8080/Callback",
    "HTTP://localhost:8080/callback",
    "http://LOCALHOST:8080/callback",
    "http://localhost.:8080/callback",
    "http://localhost:08080/callback",
    "http://localhost:8081/callback",
    "http://localhost/callback",
    "https://localhost:8080/callback",
    "http://localhost:8080//callback",
    "http://localhost:8080/./callback",
    "http://localhost:8080/x/../callback",
    "http://localhost:8080/%63allback",
    "http://localhost:8080/x/%2e%2e/callback",
    "http://localhost:8080/..;/callback",
    "http://localhost:8080/callback;x",
    "http://localhost:8080\\callback",
    "http://localhost:8080\\@evil.example/callback",
    "http://evil.example\\@localhost:8080/callback",
    "http://localhost:8080@evil.example/callback",
    "http://user@localhost:8080/callback",
    "http://a@b@localhost:8080/callback",
    "http://localhost:8080.evil.example/callback",
    "http://evil.example/http://localhost:8080/callback",
    "//localhost:8080/callback",
    " http://localhost:8080/callback",
    "http://localhost:8080/callback ",
    "http://2130706433:8080/callback",
    "javascript:alert(1)//localhost:8080/callback",
    "http://127.1:8080/callback",
];

#[tokio::test]
async fn a1_auth5_m20_another_spelling_of_a_registered_uri_is_another_uri() {
    let system = System::start().await;
    let browser = system.browser();
    for realm in ["customer", "admin"] {
        let client = RelyingParty::of(&system, realm, "demo-web").await;
        for uri in OTHERS {
            let page = browser.get(client.authorize(&[("redirect_uri", uri)]).url.as_str()).await;
            assert_eq!((page.status.as_u16(), page.location()), (400, None), "{uri}");
            assert_eq!(page.error_code().as_deref(), Some("invalid_request"), "{uri}");
        }
        let good = browser.visit(client.authorize(&[]).url.as_str()).await;
        assert!(good.has("login-submit"), "{}", good.summary());
    }
}

#[tokio::test]
async fn a1_control_characters_in_a_redirect_uri_are_refused_before_they_are_compared() {
    let system = System::start().await;
    let client = RelyingParty::of(&system, "customer", "demo-web").await;
    for uri in [
        "http://localhost:8080/call\tback",
        "http://localhost:8080/callback\r\nx: y",
        "http://localhost:8080/callback\u{0}",
    ] {
        let page = system.browser().get(client.authorize(&[("redirect_uri", uri)]).url.as_str()).await;
        assert_eq!((page.status.as_u16(), page.location()), (400, None), "{uri:?}");
    }
}

#[tokio::test]
async fn a1_a_native_app_may_listen_on_any_loopback_port_and_nowhere_else() {
    let system = System::start().await;
    let app = RelyingParty::of(&system, "customer", "demo-app").await;
    let table = [
        ("http://127.0.0.1/callback", true),
        ("http://127.0.0.1:49152/callback", true),
        ("http://[::1]:49152/callback", true),
        ("http://localhost:8080/callback", true),
        ("http://localhost:49152/callback", false),
        ("http://127.0.0.1:49152/other", false),
        ("http://127.0.0.1:/callback", false),
        ("http://127.0.0.1:99999/callback", false),
        ("http://127.0.0.1:1@evil.example/callback", false),
        ("https://127.0.0.1:49152/callback", false),
        ("http://127.0.0.2:49152/callback", false),
        ("http://0x7f000001:49152/callback", false),
    ];
    for (uri, accepted) in table {
        let page = system.browser().visit(app.authorize(&[("redirect_uri", uri)]).url.as_str()).await;
        assert_eq!(page.has("login-submit"), accepted, "{uri}: {}", page.summary());
        assert_eq!(page.status.as_u16(), if accepted { 200 } else { 400 }, "{uri}");
    }
}

#[tokio::test]
async fn auth5_the_query_of_a_registered_uri_is_kept() {
    let with_query = "http://localhost:8080/callback?tenant=a%20b&x=";
    let uris = [("customer", "clients.2.redirect_uris", with_query)];
    let (_system, browser, mut client) = crate::support::customer_of(System::start_with(&uris).await).await;
    client.redirect_uri = with_query.to_owned();
    let (attempt, code) = client.code(&browser, &[]).await;
    client.redeem(&attempt, &code).await.ok();
    let page = browser.visit(client.authorize(&[]).url.as_str()).await;
    let query = page.left_to.unwrap().query().unwrap().to_owned();
    assert!(query.starts_with("tenant=a%20b&x=&"), "{query}");
}
