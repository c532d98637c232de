//! What every answer carries (WEB-5 to WEB-9, E8, S6).

use end_to_end::{Page, RelyingParty, System, http_client, people::sign_in_demo, relying_party::read};

use crate::support::customer;

fn assert_page_headers(page: &Page) {
    let header = |name: &str| page.header(name);
    let policy = header("content-security-policy");
    for part in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action "] {
        assert!(policy.contains(part), "{part} at {}: {policy}", page.url);
    }
    assert!(!policy.contains("unsafe-") && !policy.contains('*'), "{policy}");
    assert_eq!(header("x-frame-options"), "DENY");
    assert_eq!(header("referrer-policy"), "no-referrer");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cross-origin-opener-policy"), "same-origin");
    assert_eq!(header("cache-control"), "no-store", "{}", page.url);
    assert_eq!(header("content-type"), "text/html; charset=utf-8");
    assert!(!header("x-request-id").is_empty());
}

/// WEB-7, S6: nothing on the page comes from elsewhere, and nothing is inline.
fn assert_page_is_its_own(page: &Page) {
    for element in page.elements("*") {
        let name = &element.name;
        for (attribute, value) in &element.attributes {
            assert!(!attribute.starts_with("on") && attribute != "style", "{attribute} in {name}");
            let loads = attribute == "src" || (attribute == "href" && name == "link");
            assert!(!(loads && value.contains("//")), "{value}");
        }
        assert!(name != "style" && !(name == "script" && element.get("src").is_none()), "inline {name}");
    }
}

#[tokio::test]
async fn web5_web6_web7_every_page_is_locked_down() {
    let (system, browser, client) = customer().await;
    let guest = system.browser();
    let staff_client = RelyingParty::of(&system, "admin", "demo-web").await;
    let sign_in = guest.visit(client.authorize(&[]).url.as_str()).await;
    let pages = [
        guest.visit(sign_in.link("register")).await,
        sign_in_demo(&system, &guest, &sign_in).await,
        guest.visit(staff_client.authorize(&[]).url.as_str()).await,
        guest.visit(&system.setup_link).await,
        guest.visit(client.authorize(&[("client_id", "nobody")]).url.as_str()).await,
        guest.visit(client.endpoint("end_session")).await,
        guest.visit(format!("{}/no-such-page", system.urls.customer_issuer)).await,
        browser.visit(format!("{}/account", system.urls.customer_issuer)).await,
        browser.visit(format!("{}/account/totp", system.urls.customer_issuer)).await,
        browser.visit(&system.urls.customer_issuer).await,
        sign_in,
    ];
    for page in &pages {
        assert_page_headers(page);
        assert_page_is_its_own(page);
    }
}

#[tokio::test]
async fn s6_the_forms_of_a_sign_in_may_lead_to_the_clients_address_and_nowhere_else() {
    let system = System::start().await;
    let client = RelyingParty::of(&system, "customer", "demo-web").await;
    let page = system.browser().visit(client.authorize(&[]).url.as_str()).await;
    let policy = page.header("content-security-policy");
    let part = policy.split(';').map(str::trim).find(|part| part.starts_with("form-action")).unwrap();
    assert_eq!(part, "form-action 'self' http://localhost:8080");
}

#[tokio::test]
async fn web8_every_redirect_after_a_form_is_303() {
    let (system, _, client) = customer().await;
    let browser = system.browser();
    let page = browser.visit(client.authorize(&[]).url.as_str()).await;
    let form = page.form("login-submit").with("username", &system.demo.email);
    let mut answer = browser.send(&form.with("password", &system.demo.password)).await;
    while let Some(next) = answer.next() {
        assert_eq!(answer.status, 303, "{}", answer.url);
        answer = browser.get(next).await;
    }
    let answer = browser.send(&answer.form("consent-allow").press("consent-allow")).await;
    assert_eq!(answer.status, 303);
}

#[tokio::test]
async fn web9_no_origin_may_read_the_token_endpoint_unless_a_client_registered_it() {
    let system = System::start().await;
    for realm in ["customer", "admin"] {
        let client = RelyingParty::of(&system, realm, "demo-web").await;
        for name in ["token", "revocation", "userinfo"] {
            let request =
                http_client::client().post(client.endpoint(name)).header("origin", "https://evil.example");
            let answer = read(request.form(&[("x", "1")])).await;
            assert_eq!(answer.header("access-control-allow-origin"), None, "{name}");
        }
    }
}

#[tokio::test]
async fn web9_the_origin_of_a_registered_browser_app_may_read_the_token_endpoint() {
    let origins = [("customer", "clients.1.origins", "https://app.example")];
    let system = System::start_with(&origins).await;
    let client = RelyingParty::of(&system, "customer", "demo-app").await;
    for (origin, allowed) in
        [("https://app.example", true), ("https://app.example.evil", false), ("null", false)]
    {
        let request = http_client::client().post(client.endpoint("token")).header("origin", origin);
        let answer = read(request.form(&[("grant_type", "refresh_token"), ("client_id", "demo-app")])).await;
        assert_eq!(answer.header("access-control-allow-origin"), allowed.then_some(origin));
    }
}

#[tokio::test]
async fn web9_a_browsers_question_about_the_metadata_is_answered_for_registered_origins_only() {
    let app = "https://app.example";
    let system = System::start_with(&[("customer", "clients.1.origins", app)]).await;
    let client = http_client::client();
    for path in ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server", "/jwks"] {
        let url = format!("{}{path}", system.urls.customer_issuer);
        for (origin, allowed) in [(app, true), ("https://app.example.evil", false)] {
            let request = client.request(reqwest::Method::OPTIONS, &url).header("origin", origin);
            let request = request.header("access-control-request-method", "GET");
            let answer = read(request.header("access-control-request-headers", "mcp-protocol-version")).await;
            assert_eq!(answer.header("access-control-allow-origin"), allowed.then_some(origin), "{path}");
            let names = answer.header("access-control-allow-headers").unwrap_or_default();
            assert_eq!(names.contains("mcp-protocol-version"), allowed, "{path} {origin}: {names}");
        }
    }
}

#[tokio::test]
async fn web9_a_browser_app_may_read_every_answer_of_its_endpoints_whatever_was_wrong() {
    let app = "https://app.example";
    let system = System::start_with(&[
        ("customer", "clients.1.origins", app),
        ("customer", "requests.endpoints_per_minute", "20"),
    ])
    .await;
    let client = RelyingParty::of(&system, "customer", "demo-app").await;
    let twice = "access_token=a&access_token=b&token=a&token=b&grant_type=a&grant_type=b";
    let bodies = [
        ("application/x-www-form-urlencoded", twice),
        ("application/x-www-form-urlencoded", "a=%ff"),
        ("application/json", "{}"),
    ];
    for name in ["token", "revocation", "userinfo"] {
        for (content_type, body) in bodies {
            let request = http_client::client().post(client.endpoint(name)).header("origin", app);
            let answer = read(request.header("content-type", content_type).body(body)).await;
            assert!(answer.status.is_client_error(), "{name} {body}: {}", answer.status);
            assert_eq!(answer.header("access-control-allow-origin"), Some(app), "{name} {body}");
            assert_eq!(answer.header("vary"), Some("Origin"), "{name} {body}");
        }
    }
    let introspected = async || {
        let request = http_client::client().post(client.endpoint("introspection"));
        read(request.header("origin", app).form(&[("token", "a")])).await
    };
    assert_eq!(introspected().await.header("access-control-allow-origin"), None, "no browser has a secret");
    for _ in 0..20 {
        introspected().await;
    }
    let refused = introspected().await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("access-control-allow-origin"), None);
    for name in ["token", "revocation", "userinfo"] {
        let request = http_client::client().post(client.endpoint(name)).header("origin", app);
        let answer = read(request.form(&[("x", "1")])).await;
        assert_eq!(answer.status, 429, "{name}");
        assert_eq!(answer.header("access-control-allow-origin"), Some(app), "{name}");
    }
}

#[tokio::test]
async fn e8_all_four_listeners_say_that_they_live_and_are_ready() {
    let system = System::start().await;
    for origin in system.origins() {
        for path in ["/health/live", "/health/ready", "/health/auth"] {
            let answer = read(http_client::client().get(format!("{origin}{path}"))).await;
            assert_eq!(answer.status, 200, "{origin}{path}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn h10_every_listener_says_what_it_is_and_whether_its_schema_is_the_programs() {
    let system = System::start().await;
    for origin in system.origins() {
        let answer = read(http_client::client().get(format!("{origin}/status"))).await;
        let status = answer.json;
        assert_eq!((answer.status.as_u16(), &status["ok"]), (200, &true.into()), "{origin}: {status}");
        let stores = status["stores"].as_object().unwrap();
        assert_eq!(stores.len(), 2, "{status}");
        for store in stores.values() {
            assert_eq!(store["reachable"], true, "{status}");
            assert!(store["schema"].is_i64() && store["schema"] == store["schema_known"], "{status}");
        }
    }
    for (realm, factor) in [("customer", "optional"), ("admin", "required")] {
        let issuer = system.issuer(realm);
        let stack = read(http_client::client().get(format!("{issuer}/health/auth"))).await.json;
        assert_eq!((&stack["realm"], &stack["issuer"]), (&realm.into(), &issuer.into()));
        assert_eq!(stack["session_cookie"], format!("rk_{realm}_session"));
        assert_eq!(stack["second_factor"], factor);
        assert!(stack["access_token_seconds"].as_i64().is_some_and(|seconds| seconds <= 600), "{stack}");
        let shown = stack.to_string();
        for file in std::fs::read_dir(system.data().join("secrets")).unwrap() {
            let secret = std::fs::read_to_string(file.unwrap().path()).unwrap();
            assert!(!shown.contains(secret.trim()), "{shown}");
        }
    }
}

#[tokio::test]
async fn h10_e8_a_realm_whose_schema_is_another_programs_says_so() {
    let system = System::start().await;
    let store = &system.realm("customer").store;
    let newer = "INSERT INTO schema_migrations (migration_set, version, name) SELECT migration_set, 99, 'newer' \
                 FROM schema_migrations WHERE version = 1";
    database::sql(newer).run(&store.facts).await.unwrap();
    let answer = read(http_client::client().get(format!("{}/status", system.issuer("customer")))).await;
    let status = answer.json;
    assert_eq!((answer.status.as_u16(), &status["ok"]), (503, &false.into()), "{status}");
    assert_eq!(status["stores"]["database"]["schema"], 99, "{status}");
    store.facts.close().await;
    let answer = read(http_client::client().get(format!("{}/status", system.issuer("customer")))).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json["stores"]["database"]["reachable"]),
        (503, &false.into())
    );
}
