//! Requests that are refused: by redirect once the client's address is proved, never before.

use end_to_end::{Browser, Page, RelyingParty, System};

/// The answer to a changed request, by GET and by POST: they have to be the same (A7).
async fn ask(browser: &Browser, client: &RelyingParty, changes: &[(&str, &str)]) -> Page {
    let attempt = client.authorize(changes);
    let fields: Vec<(String, String)> = attempt.url.query_pairs().into_owned().collect();
    let mut bare = attempt.url.clone();
    bare.set_query(None);
    let (get, post) = (browser.get(attempt.url.as_str()).await, browser.post(&bare, &fields).await);
    assert_eq!(get.status, post.status, "A7: {changes:?}");
    let leads_away = |page: &Page| page.location().is_some_and(|to| to.starts_with("http"));
    assert_eq!(leads_away(&get), leads_away(&post), "A7: {changes:?}");
    browser.follow(get).await
}

async fn both_realms() -> (System, Browser, [RelyingParty; 2]) {
    let system = System::start().await;
    let customer = RelyingParty::of(&system, "customer", "demo-web").await;
    let staff = RelyingParty::of(&system, "admin", "demo-web").await;
    let browser = system.browser();
    (system, browser, [customer, staff])
}

#[tokio::test]
async fn auth2_auth3_a4_a5_a7_a8_a12_a14_bad_requests_are_told_to_the_client_with_state_and_iss_and_nothing_more()
 {
    let (_system, browser, clients) = both_realms().await;
    let table: [(&[(&str, &str)], &str); 24] = [
        (&[("response_type", "")], "invalid_request"),
        (&[("response_type", "token")], "unsupported_response_type"),
        (&[("response_type", "id_token")], "unsupported_response_type"),
        (&[("response_type", "code id_token")], "unsupported_response_type"),
        (&[("response_mode", "fragment")], "invalid_request"),
        (&[("code_challenge", "")], "invalid_request"),
        (&[("code_challenge", ""), ("code_challenge_method", ""), ("nonce", "")], "invalid_request"),
        (&[("code_challenge", ""), ("code_challenge_method", ""), ("scope", "orders")], "invalid_request"),
        (&[("code_challenge_method", "plain")], "invalid_request"),
        (&[("code_challenge_method", "")], "invalid_request"),
        (&[("code_challenge", "short")], "invalid_request"),
        (&[("code_challenge", &"!".repeat(43))], "invalid_request"),
        (&[("scope", "")], "invalid_scope"),
        (&[("scope", "nothing known")], "invalid_scope"),
        (&[("scope", "openid \"quoted\"")], "invalid_scope"),
        (&[("max_age", "-1")], "invalid_request"),
        (&[("max_age", "NaN")], "invalid_request"),
        (&[("max_age", "99999999999999999999")], "invalid_request"),
        (&[("prompt", "none login")], "invalid_request"),
        (&[("claims", "{")], "invalid_request"),
        (&[("request", "e30.e30.")], "request_not_supported"),
        (&[("request_uri", "https://evil.example/r")], "request_uri_not_supported"),
        (&[("registration", "{}")], "registration_not_supported"),
        (&[("nonce", &"n".repeat(600))], "invalid_request"),
    ];
    for client in &clients {
        for (changes, error) in table {
            let changes = [changes, &[("state", "s t&a=t%e")]].concat();
            let page = ask(&browser, client, &changes).await;
            let mut answer = page.callback();
            assert_eq!(page.callback_param("error").as_deref(), Some(error), "{changes:?}");
            assert_eq!(page.callback_param("state").as_deref(), Some("s t&a=t%e"));
            assert_eq!(page.callback_param("iss").as_deref(), Some(client.issuer()));
            let text = page.callback_param("error_description").unwrap_or_default();
            assert!(text.chars().all(|c| (' '..='~').contains(&c) && c != '"' && c != '\\'), "{text}");
            answer.retain(|(name, _)| {
                !["error", "error_description", "error_uri", "state", "iss"].contains(&name.as_str())
            });
            assert!(answer.is_empty(), "{answer:?}");
        }
    }
}

#[tokio::test]
async fn a6_a_repeated_parameter_is_an_error_and_an_unknown_one_is_not() {
    let (_system, browser, clients) = both_realms().await;
    for client in &clients {
        for name in ["response_type", "scope", "state", "nonce", "code_challenge", "unknown"] {
            let mut url = client.authorize(&[("unknown", "1")]).url;
            url.query_pairs_mut().append_pair(name, "x");
            let page = browser.visit(url).await;
            assert_eq!(page.callback_param("error").as_deref(), Some("invalid_request"), "{name}");
            assert!(page.callback().iter().filter(|(key, _)| key == "state").count() <= 1);
        }
        for name in ["client_id", "redirect_uri"] {
            let mut url = client.authorize(&[]).url;
            url.query_pairs_mut().append_pair(name, &client.redirect_uri);
            let page = browser.get(url).await;
            assert_eq!((page.status.as_u16(), page.location()), (400, None), "{name}");
        }
    }
}

#[tokio::test]
async fn auth1_what_is_not_understood_never_fails() {
    let (_system, browser, clients) = both_realms().await;
    let changes = [
        ("display", "hologram"),
        ("ui_locales", "tlh x-nothing"),
        ("claims_locales", "??"),
        ("login_hint", "somebody@example.org"),
        ("acr_values", "urn:unknown:1 2"),
        ("unknown", "<script>"),
        ("scope", "email unknown openid"),
        ("code_challenge_method", "S256"),
    ];
    for client in &clients {
        let page = ask(&browser, client, &changes).await;
        assert!(page.has("login-submit"), "{}", page.summary());
        assert_eq!(page.form("login-submit").value("username"), Some("somebody@example.org"));
        assert!(!page.body.contains("<script>"), "A9");
    }
}

#[tokio::test]
async fn a2_page2_a_request_of_an_unknown_client_is_answered_on_a_page_at_its_url() {
    let (_system, browser, clients) = both_realms().await;
    for client in &clients {
        for changes in [
            &[("client_id", "")][..],
            &[("client_id", "nobody")],
            &[("client_id", "demo-web ")],
            &[("redirect_uri", "")],
        ] {
            let page = ask(&browser, client, changes).await;
            assert_eq!((page.status.as_u16(), page.location()), (400, None), "{changes:?}");
            assert!(page.has("error-page") && page.error_code().is_some());
            assert_eq!(page.url.path(), "/authorize");
        }
    }
}

#[tokio::test]
async fn a18_a_public_clients_bad_request_is_not_an_open_redirector() {
    let (system, browser, _) = both_realms().await;
    let app = RelyingParty::of(&system, "customer", "demo-app").await;
    let page =
        ask(&browser, &app, &[("redirect_uri", "http://evil.example/callback"), ("scope", "bad\"")]).await;
    assert_eq!((page.status.as_u16(), page.location()), (400, None));
}

#[tokio::test]
async fn web9_the_authorization_endpoint_sends_no_cors_headers() {
    let (_system, browser, clients) = both_realms().await;
    for client in &clients {
        let page = browser.get(client.authorize(&[]).url.as_str()).await;
        assert!(page.headers.keys().all(|name| !name.as_str().starts_with("access-control-")));
    }
}
