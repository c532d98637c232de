//! Sessions at the realms: rotation, fixation, lifetimes, cookies (I10, RP2, RP3, MF10).

use axum::http::HeaderMap;
use end_to_end::{
    Browser, RelyingParty, System,
    people::{enter_code, set_up_staff, sign_in, sign_in_demo},
};
use idp::{
    flow::sign_in,
    session::{Visit, interaction::Interaction},
    store::sessions::Origin,
};

use crate::support::{FULL, customer, customer_of, staff};

const SESSION: &str = "rk_customer_session";

async fn alive(browser: &Browser, client: &RelyingParty) -> bool {
    let page = browser.visit(client.authorize(&[("prompt", "none")]).url.as_str()).await;
    page.callback_param("error").as_deref() != Some("login_required")
}

#[tokio::test]
async fn i10_a_session_id_that_was_there_before_the_sign_in_is_not_taken_over() {
    let (system, _, client) = customer().await;
    let (browser, attacker) = (system.browser(), system.browser());
    let planted = "A".repeat(43);
    for someone in [&browser, &attacker] {
        someone.set_cookie(&system.urls.customer_issuer, SESSION, &planted);
    }
    let page = browser.visit(client.authorize(&[]).url.as_str()).await;
    sign_in_demo(&system, &browser, &page).await;
    assert_ne!(browser.cookie(&system.urls.customer_issuer, SESSION).unwrap(), planted);
    assert!(alive(&browser, &client).await && !alive(&attacker, &client).await);
}

#[tokio::test]
async fn rp3_each_sign_in_and_each_factor_gives_the_session_a_new_id_and_ends_the_old_one() {
    let system = System::start().await;
    let staff = set_up_staff(&system, &system.browser()).await;
    let client = RelyingParty::of(&system, "admin", "demo-web").await;
    let (browser, name) = (system.browser(), "rk_admin_session");
    let issuer = &system.urls.admin_issuer;
    let page = browser.visit(client.authorize(&[]).url.as_str()).await;
    let page = sign_in(&browser, &page, (&staff.email, &staff.password)).await;
    let first = browser.cookie(issuer, name).unwrap();
    enter_code(&system, &browser, &page, &staff).await;
    let second = browser.cookie(issuer, name).unwrap();
    assert_ne!(first, second);
    let thief = system.browser();
    thief.set_cookie(issuer, name, &first);
    assert!(!alive(&thief, &client).await && alive(&browser, &client).await);
}

#[tokio::test]
async fn i10_signing_in_as_somebody_else_ends_the_first_persons_session() {
    let (system, browser, client) = customer().await;
    let first = browser.cookie(&system.urls.customer_issuer, SESSION).unwrap();
    let page = browser.visit(client.authorize(&[("prompt", "login")]).url.as_str()).await;
    let page = end_to_end::people::register(&browser, &page, "grace@example.org", "Grace").await;
    system.mailbox().confirm(&browser, &page).await;
    let thief = system.browser();
    thief.set_cookie(&system.urls.customer_issuer, SESSION, &first);
    assert!(!alive(&thief, &client).await);
}

/// A request of this browser, as the realm recognises it.
async fn visit(system: &System, browser: &Browser) -> Visit {
    let issuer = &system.urls.customer_issuer;
    let cookies = [SESSION, "rk_customer_browser"]
        .map(|name| format!("{name}={}", browser.cookie(issuer, name).unwrap()));
    let mut headers = HeaderMap::new();
    headers.insert("cookie", cookies.join("; ").parse().unwrap());
    let origin = Origin { address: [127, 0, 0, 1].into(), user_agent: "test".to_owned() };
    Visit::recognise(system.realm("customer"), &headers, origin, "request".to_owned()).await.unwrap()
}

#[tokio::test]
async fn a15_a_sign_in_form_that_is_sent_twice_at_once_ends_nothing() {
    let (system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    let page = browser.visit(client.authorize(&[("prompt", "login")]).url.as_str()).await;
    let id = page.url.path_segments().unwrap().nth(1).unwrap();
    // both are recognised before one of them has signed in
    let visits = [visit(&system, &browser).await, visit(&system, &browser).await];
    let realm = system.realm("customer");
    let form = sign_in::Credentials { email: &system.demo.email, password: system.demo.password.as_str() };
    let mut cookies = Vec::new();
    for visit in &visits {
        let interaction = Interaction::load(realm, visit, id).await.unwrap().unwrap();
        let turn = realm.hasher.queue.turn().await.unwrap();
        match sign_in::with_password(realm, visit, &interaction, form, turn).await.unwrap() {
            sign_in::Outcome::SignedIn(cookie) => cookies.push(cookie),
            sign_in::Outcome::Wrong => panic!("the password is right"),
        }
    }
    client.refresh(tokens.refresh_token()).await.ok();
    browser.set_cookie(&system.urls.customer_issuer, SESSION, &cookies[1]);
    assert!(!browser.visit(&page.url).await.code().is_empty(), "both signed in to the same session");
}

#[tokio::test]
async fn mf10_sessions_end_with_their_idle_time() {
    let (system, browser, client) = customer().await;
    let (_, staff_browser, staff_client) = staff(&system).await;
    for _ in 0..3 {
        system.clock.advance(3599);
        assert!(alive(&staff_browser, &staff_client).await, "in use");
    }
    system.clock.advance(3600);
    assert!(!alive(&staff_browser, &staff_client).await);
    assert!(alive(&browser, &client).await);
    system.clock.advance(12 * 3600);
    assert!(!alive(&browser, &client).await);
}

#[tokio::test]
async fn mf10_use_never_prolongs_a_session_beyond_its_absolute_time() {
    let (system, browser, client) = customer().await;
    let (_, staff_browser, staff_client) = staff(&system).await;
    for _ in 0..12 {
        assert!(alive(&staff_browser, &staff_client).await && alive(&browser, &client).await);
        system.clock.advance(3599);
    }
    system.clock.advance(12);
    assert!(!alive(&staff_browser, &staff_client).await, "twelve hours");
    for _ in 0..59 {
        assert!(alive(&browser, &client).await);
        system.clock.advance(12 * 3600 - 1);
    }
    system.clock.advance(60);
    assert!(!alive(&browser, &client).await, "thirty days");
}

#[tokio::test]
async fn mf10_a_second_factor_does_not_begin_the_absolute_time_anew() {
    let hour = ("admin", "session.absolute", "1h");
    let system = System::start_with(&[hour, ("admin", "session.idle", "1h")]).await;
    let staff = set_up_staff(&system, &system.browser()).await;
    let client = RelyingParty::of(&system, "admin", "demo-web").await;
    let browser = system.browser();
    let page = browser.visit(client.authorize(&[]).url.as_str()).await;
    let page = sign_in(&browser, &page, (&staff.email, &staff.password)).await;
    system.clock.advance(1800);
    enter_code(&system, &browser, &page, &staff).await;
    system.clock.advance(1700);
    assert!(alive(&browser, &client).await, "not an hour since the password");
    system.clock.advance(100);
    assert!(!alive(&browser, &client).await, "an hour since the password");
}

#[tokio::test]
async fn mf10_a_short_idle_time_does_not_end_a_session_in_use() {
    let system = System::start_with(&[("customer", "session.idle", "60s")]).await;
    let (system, browser, client) = customer_of(system).await;
    for _ in 0..6 {
        system.clock.advance(40);
        assert!(alive(&browser, &client).await);
    }
    system.clock.advance(60);
    assert!(!alive(&browser, &client).await);
}

#[tokio::test]
async fn rp2_the_realms_cookies_are_opaque_and_locked_down() {
    let system = System::start().await;
    for realm in ["customer", "admin"] {
        let client = RelyingParty::of(&system, realm, "demo-web").await;
        let browser = system.browser();
        let mut page = browser.get(client.authorize(&[]).url.as_str()).await;
        let mut cookies = Vec::new();
        loop {
            cookies.extend(
                page.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap().to_owned()),
            );
            let Some(next) = page.next() else { break };
            page = browser.get(next).await;
        }
        assert!(!cookies.is_empty());
        for cookie in cookies {
            assert!(cookie.starts_with(&format!("rk_{realm}_")), "{cookie}");
            assert!(cookie.contains("; HttpOnly") && cookie.contains("; Path=/"), "{cookie}");
            assert!(cookie.contains("; SameSite=Lax") || cookie.contains("; SameSite=Strict"), "{cookie}");
            assert!(!cookie.contains("Domain="), "{cookie}");
        }
    }
}

#[tokio::test]
async fn i10_a_session_that_was_signed_out_stays_dead_with_its_cookie_put_back() {
    let (system, browser, client) = customer().await;
    let cookie = browser.cookie(&system.urls.customer_issuer, SESSION).unwrap();
    let page = browser.visit(format!("{}/account", system.urls.customer_issuer)).await;
    browser.submit(&page.form_to("/sign-out")).await;
    assert_eq!(browser.cookie(&system.urls.customer_issuer, SESSION), None);
    browser.set_cookie(&system.urls.customer_issuer, SESSION, &cookie);
    assert!(!alive(&browser, &client).await);
}

#[tokio::test]
async fn mf5_the_authenticator_app_is_set_up_only_after_a_recent_sign_in() {
    let (system, browser, _) = customer().await;
    let url = format!("{}/account/totp", system.urls.customer_issuer);
    assert!(browser.visit(&url).await.has("totp-secret"));
    system.clock.advance(301);
    let page = browser.visit(&url).await;
    assert!(page.has("login-submit") && !page.has("totp-secret"), "{}", page.summary());
    let page = sign_in_demo(&system, &browser, &page).await;
    assert!(page.has("totp-secret"), "{}", page.summary());
}
