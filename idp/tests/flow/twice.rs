//! The same form twice, by a double click, a retry or a reload, shows what the first one led to (Q5, S36).

use axum::Router;
use clock::Clock;
use database::{record, sql};
use http::StatusCode;
use idp::flow::setup;
use test_browser::Page;

use crate::{
    app::{Browser, SECRET, redeem, router},
    harness::{PASSWORD, Scratch},
};

const ADA: &str = "ada@example.com";
const CLIENTS: &str = r#"
[registration]
open = true
role = "member"
[[clients]]
id = "app"
name = "App"
authentication = "client_secret_basic"
redirect_uris = ["https://app.example/cb"]
client_uri = "https://app.example/"
grants = ["authorization_code"]
scopes = ["openid", "profile"]
first_party = true
[[clients]]
id = "other"
name = "Other"
authentication = "none"
redirect_uris = ["https://other.example/cb"]
grants = ["authorization_code"]
scopes = ["openid", "profile"]
"#;

async fn world() -> (Scratch, Router) {
    let scratch = Scratch::with(CLIENTS, &[("clients.0.secret", SECRET)]).await;
    let router = router(&scratch.realm, &scratch);
    (scratch, router)
}

/// What a form of a page sends.
fn filled<'a>(token: &'a str, fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [&[("csrf", token)], fields].concat()
}

/// Everything that is the same when the outcome is.
fn outcome(answer: &Page) -> (StatusCode, Option<String>, Vec<String>, Vec<String>) {
    let cookies = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap().to_owned());
    let codes = answer.elements("li > code").into_iter().map(|code| code.text);
    (answer.status, answer.location().map(str::to_owned), cookies.collect(), codes.collect())
}

/// Sends a form from the same state of a browser three times: twice at once, and once more when both are answered. Then
/// once with what the answers left in the browser, in either order.
async fn thrice(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Page {
    let (one, other, late) = (browser.clone(), browser.clone(), browser.clone());
    let (first, second) = tokio::join!(one.post(path, fields), other.post(path, fields));
    let third = late.post(path, fields).await;
    assert_eq!(outcome(&first), outcome(&second), "at once: {} {}", first.body, second.body);
    assert_eq!(outcome(&first), outcome(&third), "later: {}", third.body);
    for after in [one, other] {
        let reloaded = after.post(path, fields).await;
        let ((status, location, _, codes), (s, l, cookies, c)) = (outcome(&first), outcome(&reloaded));
        assert_eq!((status, location, codes), (s, l, c), "reloaded: {}", reloaded.body);
        assert!(cookies.iter().all(|cookie| !cookie.contains("_session=") || cookie.contains("Max-Age=0")));
        browser.set_jar(after.jar());
    }
    first
}

async fn count(scratch: &Scratch, statement: &'static str) -> i64 {
    record! { struct Counted { n: i64 } }
    sql(statement).one::<Counted>(&scratch.realm.store.facts).await.unwrap().n
}

async fn signed_in(scratch: &Scratch, router: &Router) -> Browser {
    scratch.account(ADA).await;
    Browser::signed_in(scratch, router, ADA).await
}

async fn sign_out(browser: &Browser) {
    let token = browser.get("/account").await.field("csrf");
    let answer = browser.post("/sign-out", &filled(&token, &[])).await;
    assert_eq!(answer.location(), Some("/signed-out"));
}

fn code(page: &Page, scratch: &Scratch) -> String {
    let seed = page.text_of("totp-secret");
    let seed: String = seed.split_whitespace().collect();
    let secret = totp_rs::Secret::try_from_base32(&seed).unwrap();
    let app = totp_rs::Builder::new().with_secret(secret).with_account_name("app").build().unwrap();
    app.generate(scratch.clock.now().cast_unsigned()).to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn q5_a_registration_sent_again_is_the_first_one() {
    let (scratch, router) = world().await;
    let browser = Browser::fresh(&router);
    let path = browser.interaction("app", &[("prompt", "create")]).await;
    let token = browser.get(&path).await.field("csrf");
    let form = filled(&token, &[("email", ADA), ("name", "Ada"), ("password", PASSWORD)]);
    let before = browser.clone();
    let answer = thrice(&browser, &format!("{path}/register"), &form).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, Some(path.as_str())));
    assert_eq!(count(&scratch, "SELECT COUNT(*) AS n FROM users").await, 1);
    assert_eq!(count(&scratch, "SELECT COUNT(*) AS n FROM sessions").await, 1);
    assert!(browser.get(&path).await.param("code").is_some());

    // what is filled in differently is not swallowed
    let other = filled(&token, &[("email", ADA), ("name", "Ada"), ("password", "another tundra 95 marimba")]);
    let refused = before.clone().post(&format!("{path}/register"), &other).await;
    assert_ne!(refused.status, StatusCode::SEE_OTHER);
    assert!(
        !refused
            .headers
            .get_all("set-cookie")
            .iter()
            .any(|cookie| cookie.to_str().unwrap().contains("_session="))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn q5_a_sign_in_sent_again_is_the_first_one() {
    let (scratch, router) = world().await;
    scratch.account(ADA).await;
    let browser = Browser::fresh(&router);
    let path = browser.interaction("app", &[]).await;
    let token = browser.get(&path).await.field("csrf");
    let form = filled(&token, &[("username", ADA), ("password", PASSWORD)]);
    let before = browser.clone();
    let action = format!("{path}/sign-in");
    let answer = thrice(&browser, &action, &form).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, Some(path.as_str())));
    assert_eq!(count(&scratch, "SELECT COUNT(*) AS n FROM sessions").await, 1);

    let wrong = filled(&token, &[("username", ADA), ("password", "not the password")]);
    assert_eq!(before.clone().post(&action, &wrong).await.status, StatusCode::BAD_REQUEST);
    let stranger = Browser::fresh(&router);
    assert_eq!(stranger.post(&action, &form).await.status, StatusCode::FORBIDDEN, "another browser");

    // a sign-out is not undone by what was sent before it: the password counts anew then, and only it
    sign_out(&browser).await;
    let back = before.clone().post(&action, &form).await;
    let new_session = |answer: &Page| {
        answer.headers.get_all("set-cookie").iter().any(|value| value.to_str().unwrap().contains("_session="))
    };
    assert!(new_session(&back) && outcome(&back).2 != outcome(&answer).2);
    assert_eq!(count(&scratch, "SELECT COUNT(*) AS n FROM sessions").await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn q5_an_enrolment_and_a_second_factor_sent_again_are_the_first_ones() {
    let (scratch, router) = world().await;
    let browser = signed_in(&scratch, &router).await;
    let page = browser.get("/account/totp").await;
    let (token_1, right) = (page.field("csrf"), code(&page, &scratch));
    let shown = thrice(&browser, "/account/totp", &filled(&token_1, &[("otp", &right)])).await;
    assert_eq!((shown.status, outcome(&shown).3.len()), (StatusCode::OK, 10));

    let fresh = Browser::fresh(&router);
    let path = fresh.interaction("app", &[]).await;
    let token_2 = fresh.get(&path).await.field("csrf");
    let form = filled(&token_2, &[("username", ADA), ("password", PASSWORD)]);
    fresh.post(&format!("{path}/sign-in"), &form).await;
    let token_3 = fresh.get(&path).await.field("csrf");
    let recovery = outcome(&shown).3[0].clone();
    let form = filled(&token_3, &[("recovery_code", &recovery)]);
    let proved = thrice(&fresh, &format!("{path}/recovery"), &form).await;
    assert_eq!((proved.status, proved.location()), (StatusCode::SEE_OTHER, Some(path.as_str())));
    assert_eq!(
        count(&scratch, "SELECT COUNT(*) AS n FROM recovery_codes WHERE used_at IS NOT NULL").await,
        1
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn q5_new_recovery_codes_are_shown_again_and_another_press_makes_others() {
    let (scratch, router) = world().await;
    let browser = signed_in(&scratch, &router).await;
    let page = browser.get("/account/totp").await;
    let (token_1, right) = (page.field("csrf"), code(&page, &scratch));
    browser.post("/account/totp", &filled(&token_1, &[("otp", &right)])).await;
    let account = browser.get("/account").await.field("csrf");
    let first = thrice(&browser, "/account/recovery-codes", &filled(&account, &[])).await;
    let account = browser.get("/account").await.field("csrf");
    let second = thrice(&browser, "/account/recovery-codes", &filled(&account, &[])).await;
    assert_eq!((outcome(&first).3.len(), outcome(&second).3.len()), (10, 10));
    assert_ne!(outcome(&first).3, outcome(&second).3);
    // not to whoever sits at the browser when the session is over
    sign_out(&browser).await;
    let later = browser.post("/account/recovery-codes", &filled(&account, &[])).await;
    assert_eq!(outcome(&later).3.len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn q5_consent_sent_again_is_the_first_answer_and_another_answer_is_told() {
    let (scratch, router) = world().await;
    let browser = signed_in(&scratch, &router).await;
    for (decision, other) in [("allow", "deny"), ("deny", "allow")] {
        let path = browser.interaction("other", &[("prompt", "consent")]).await;
        let token = browser.get(&path).await.field("csrf");
        let action = format!("{path}/consent");
        let answer = thrice(&browser, &action, &filled(&token, &[("decision", decision)])).await;
        let leads_to = answer.location().unwrap();
        if decision == "allow" {
            assert_eq!(leads_to, path);
            assert!(browser.get(&path).await.param("code").is_some());
        } else {
            assert!(leads_to.starts_with("https://other.example/cb?error=access_denied"), "{leads_to}");
        }
        let changed = browser.post(&action, &filled(&token, &[("decision", other)])).await;
        assert_eq!(changed.status, StatusCode::OK);
        assert!(changed.body.contains("This page is out of date"), "{}", changed.body);
    }
    assert_eq!(
        count(&scratch, "SELECT COUNT(*) AS n FROM audit_events WHERE kind = 'consent.given'").await,
        1
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn q5_a_sign_out_sent_again_says_that_it_was_done() {
    let (scratch, router) = world().await;
    let browser = signed_in(&scratch, &router).await;
    let token = browser.get("/account").await.field("csrf");
    let before = browser.clone();
    let answer = thrice(&browser, "/sign-out", &filled(&token, &[])).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, Some("/signed-out")));
    assert_eq!(
        count(&scratch, "SELECT COUNT(*) AS n FROM audit_events WHERE kind = 'session.ended'").await,
        1
    );
    // who has signed in since is not told that they are signed out
    let signed_in = Browser::signed_in(&scratch, &router, ADA).await;
    for (name, value) in before.cookies("/") {
        if name.ends_with("_browser") {
            signed_in.set_cookie("/", &name, &value);
        }
    }
    let stale = signed_in.post("/sign-out", &filled(&token, &[])).await;
    assert_eq!(stale.status, StatusCode::FORBIDDEN);
    assert!(signed_in.is_signed_in().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn q5_a_set_up_sent_again_is_the_first_one() {
    let (scratch, router) = world().await;
    let link = setup::issue_link(&scratch.realm, "member", 3600).await.unwrap();
    let path = link.strip_prefix("http://localhost:7001").unwrap().to_owned();
    let browser = Browser::fresh(&router);
    let token_1 = browser.get(&path).await.field("csrf");
    let form = filled(&token_1, &[("email", ADA), ("name", "Ada"), ("password", PASSWORD)]);
    let answer = thrice(&browser, &path, &form).await;
    let factor = format!("{path}/factor");
    assert_eq!(answer.location(), Some(factor.as_str()));
    let page = browser.get(&factor).await;
    let (token_2, right) = (page.field("csrf"), code(&page, &scratch));
    // Back and Continue show the seed that was scanned already
    browser.post(&path, &form).await;
    assert_eq!(code(&browser.get(&factor).await, &scratch), right);
    let shown = thrice(&browser, &factor, &filled(&token_2, &[("otp", &right)])).await;
    assert_eq!((shown.status, outcome(&shown).3.len()), (StatusCode::OK, 10));
    assert_eq!(count(&scratch, "SELECT COUNT(*) AS n FROM users").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a15_a_request_is_answered_with_one_code_as_long_as_it_is_unused() {
    let (scratch, router) = world().await;
    let browser = signed_in(&scratch, &router).await;
    let path = browser.interaction("app", &[("prompt", "select_account")]).await;
    let token = browser.get(&path).await.field("csrf");
    browser.post(&format!("{path}/account"), &filled(&token, &[("decision", "continue")])).await;
    let (one, other) = (browser.clone(), browser.clone());
    let (first, second) = tokio::join!(one.get(&path), other.get(&path));
    let code = first.param("code").unwrap_or_else(|| panic!("{}", first.body));
    assert_eq!(second.param("code"), Some(code.clone()));
    assert_eq!(browser.get(&path).await.location(), first.location());
    assert_eq!(count(&scratch, "SELECT COUNT(*) AS n FROM grants").await, 1);
    assert_eq!(redeem(&router, "app", &code).await.status, 200);
    let over = browser.get(&path).await;
    assert_eq!((over.status, over.location()), (StatusCode::OK, None));
    assert!(over.body.contains("https://app.example/"), "the way back to the app");
    assert_eq!(count(&scratch, "SELECT COUNT(*) AS n FROM grants WHERE revoked_at IS NULL").await, 1);

    // nor does an answer live longer than its code
    let path = browser.interaction("app", &[("prompt", "select_account")]).await;
    let token = browser.get(&path).await.field("csrf");
    browser.post(&format!("{path}/account"), &filled(&token, &[("decision", "continue")])).await;
    assert!(browser.get(&path).await.param("code").is_some());
    scratch.clock.advance(61);
    assert!(browser.get(&path).await.param("code").is_none());
    assert_eq!(count(&scratch, "SELECT COUNT(*) AS n FROM grants").await, 2);
}
