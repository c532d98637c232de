//! Tabs, bookmarks, other browsers and blocked cookies: each says what happened and leads on (S7, S36).

use axum::Router;
use http::StatusCode;
use test_browser::Page;

use crate::{
    app::{Browser, SECRET, router},
    harness::{PASSWORD, Scratch},
};

const ADA: &str = "ada@example.com";
const CLIENT: &str = r#"
[[clients]]
id = "app"
name = "App"
authentication = "client_secret_basic"
redirect_uris = ["https://app.example/cb"]
client_uri = "https://app.example/"
grants = ["authorization_code"]
scopes = ["openid"]
first_party = true
"#;

async fn world() -> (Scratch, Router) {
    let scratch = Scratch::with(CLIENT, &[("clients.0.secret", SECRET)]).await;
    scratch.account(ADA).await;
    let router = router(&scratch.realm, &scratch);
    (scratch, router)
}

fn leads_to(answer: &Page) -> String {
    answer.location().unwrap_or_else(|| panic!("{} {}", answer.status, answer.body)).to_owned()
}

/// The page of an interaction, without the mark that its browser was bound a moment ago.
fn page_of(answer: &Page) -> String {
    leads_to(answer).split('?').next().unwrap().to_owned()
}

/// Keeps the cookies of an answer, as a browser does when it arrives.
fn arrives(browser: &Browser, from: &Browser) {
    for (name, value) in from.cookies("/") {
        browser.set_cookie("/", &name, &value);
    }
}

async fn sign_in(browser: &Browser, path: &str) -> Page {
    let csrf = browser.get(path).await.field("csrf");
    let form = [("csrf", csrf.as_str()), ("username", ADA), ("password", PASSWORD)];
    browser.post(&format!("{}/sign-in", path.split('?').next().unwrap()), &form).await
}

#[tokio::test]
async fn s36_all_tabs_of_a_fresh_browser_lead_on_in_whatever_order_answers_arrive() {
    let (_scratch, router) = world().await;
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let mut tabs = Vec::new();
        for state in ["a", "b", "c"] {
            let tab = Browser::fresh(&router);
            let path = page_of(&tab.authorize("app", &[("state", state)]).await);
            tabs.push((tab, path, state));
        }
        let browser = Browser::fresh(&router);
        for tab in order {
            arrives(&browser, &tabs[tab].0);
        }
        for (_, path, _) in &tabs {
            assert!(browser.get(path).await.body.contains("id=\"username\""), "{order:?}");
        }
        for (n, (_, path, state)) in tabs.iter().enumerate() {
            if n == 0 {
                let answer = sign_in(&browser, path).await;
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
            }
            let answer = browser.get(path).await;
            assert_eq!(answer.param("state").as_deref(), Some(*state), "{}", answer.body);
            assert!(answer.param("code").is_some());
        }
    }
}

#[tokio::test]
async fn s36_a_page_that_was_shown_before_another_tab_was_answered_still_signs_in() {
    let (_scratch, router) = world().await;
    let (browser, late) = (Browser::fresh(&router), Browser::fresh(&router));
    let path = page_of(&browser.authorize("app", &[]).await);
    let page = browser.get(&path).await;
    late.authorize("app", &[]).await;
    arrives(&browser, &late);
    let csrf = page.field("csrf");
    let form = [("csrf", csrf.as_str()), ("username", ADA), ("password", PASSWORD)];
    let answer = browser.post(&format!("{}/sign-in", path.split('?').next().unwrap()), &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(browser.get(&path).await.param("code").is_some());
}

#[tokio::test]
async fn s7_a_browser_that_keeps_no_cookies_is_told_so() {
    let (_scratch, router) = world().await;
    let without = || Browser::fresh(&router);
    for first in ["/account", "/authorize"] {
        let answer = match first {
            "/authorize" => without().authorize("app", &[]).await,
            path => without().get(path).await,
        };
        let page = without().get(&leads_to(&answer)).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert!(
            page.body.contains("Cookies are blocked") && page.body.contains("start again"),
            "{}",
            page.body
        );
    }
    // cookies that were deleted while the page was open
    let browser = without();
    let marked = leads_to(&browser.authorize("app", &[]).await);
    let path = leads_to(&browser.get(&marked).await);
    assert_eq!(marked, format!("{path}?bound=1"), "what was asked is not to be seen");
    let page = browser.get(&path).await;
    let csrf = page.field("csrf");
    let form = [("csrf", csrf.as_str()), ("username", ADA), ("password", PASSWORD)];
    let refused = without().post(&format!("{}/sign-in", path.split('?').next().unwrap()), &form).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.body.contains("Cookies are blocked"), "{}", refused.body);
}

#[tokio::test]
async fn s7_another_browser_is_led_back_to_the_app_and_learns_nothing_else() {
    let (_scratch, router) = world().await;
    let owner = Browser::fresh(&router);
    let path = leads_to(&owner.authorize("app", &[("login_hint", "secret@example.com")]).await);
    let path = path.split('?').next().unwrap();
    let other = Browser::fresh(&router);
    other.get("/").await;
    for page in [other.get(path).await, Browser::fresh(&router).get(path).await] {
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(
            page.body.contains("https://app.example/") && page.body.contains("another browser"),
            "{}",
            page.body
        );
        assert!(!page.body.contains("secret@example.com") && !page.body.contains("id=\"username\""));
    }
    assert!(owner.get(path).await.body.contains("id=\"username\""), "its owner goes on");
}

#[tokio::test]
async fn s7_a_page_that_was_left_open_starts_again_and_a_bookmark_leads_to_the_start() {
    let (scratch, router) = world().await;
    let browser = Browser::fresh(&router);
    let path = leads_to(&browser.authorize("app", &[]).await);
    let path = path.split('?').next().unwrap().to_owned();
    let page = browser.get(&path).await;
    let csrf = page.field("csrf");
    scratch.clock.advance(3601);
    let form = [("csrf", csrf.as_str()), ("username", ADA), ("password", PASSWORD)];
    for over in [browser.get(&path).await, browser.post(&format!("{path}/sign-in"), &form).await] {
        assert_eq!(over.status, StatusCode::OK);
        assert!(over.body.contains(&format!("{path}/again")), "{}", over.body);
    }
    let again = leads_to(&browser.get(&format!("{path}/again")).await);
    sign_in(&browser, &again).await;
    assert!(browser.get(&again).await.param("code").is_some());

    let bookmark = browser.get("/interaction/0000000000000000000000000000000000000000000").await;
    assert_eq!(bookmark.status, StatusCode::NOT_FOUND);
    assert!(bookmark.body.contains("not here any more") && bookmark.body.contains("id=\"home\" href=\"/\""));
}
