//! Guessing passwords slows down, and the owner still gets in (W8, W9).

use std::sync::Arc;

use end_to_end::{
    Browser, Form, Page, RelyingParty, System,
    people::{PASSWORD, register},
};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue, ORIGIN};
use tokio::task::JoinSet;

/// Callers may say where they come from: the tests stand in for a proxy.
const BEHIND_PROXY: [(&str, &str, &str); 1] = [("customer", "network.trusted_proxies", "127.0.0.1/32")];

async fn sign_in_page(system: &System, browser: &Browser) -> Page {
    let client = RelyingParty::of(system, "customer", "demo-web").await;
    browser.visit(client.authorize(&[("prompt", "login")]).url.as_str()).await
}

async fn send_from(address: &str, browser: &Browser, form: &Form) -> Page {
    let mut headers = HeaderMap::new();
    let origin = form.action.origin().ascii_serialization();
    headers.insert(ORIGIN, HeaderValue::from_str(&origin).unwrap());
    headers.insert(HeaderName::from_static("x-forwarded-for"), HeaderValue::from_str(address).unwrap());
    browser.post_with(&form.action, &form.fields, headers).await
}

fn filled(page: &Page, email: &str, password: &str) -> Form {
    page.form("login-submit").with("username", email).with("password", password)
}

#[tokio::test]
async fn w8_w9_after_ten_wrong_passwords_each_further_try_waits_up_to_a_minute() {
    let system = System::start().await;
    let browser = system.browser();
    let page = sign_in_page(&system, &browser).await;
    let wrong = filled(&page, &system.demo.email, "wrong wrong wrong");
    for attempt in 1..=10 {
        assert_eq!(browser.send(&wrong).await.status, 400, "attempt {attempt}");
    }
    let mut waits = Vec::new();
    for _ in 0..4 {
        let answer = browser.send(&wrong).await;
        assert_eq!(answer.status, 429, "{}", answer.summary());
        let seconds: i64 = answer.header("retry-after").parse().unwrap();
        let right = browser.send(&filled(&page, &system.demo.email, &system.demo.password)).await;
        assert_eq!(right.status, 429, "the right password waits too");
        system.clock.advance(seconds);
        assert_eq!(browser.send(&wrong).await.status, 400, "once the time has passed");
        waits.push(seconds);
    }
    assert_eq!(waits, [30, 60, 60, 60]);
}

#[tokio::test]
async fn w8_s24_an_address_without_an_account_is_slowed_down_alike() {
    let system = System::start().await;
    let browser = system.browser();
    let page = sign_in_page(&system, &browser).await;
    let mut statuses = Vec::new();
    for _ in 0..11 {
        statuses.push(
            browser.send(&filled(&page, "nobody@example.org", "wrong wrong wrong")).await.status.as_u16(),
        );
    }
    assert_eq!(statuses, [400, 400, 400, 400, 400, 400, 400, 400, 400, 400, 429]);
}

#[tokio::test]
async fn w8_spelling_an_address_differently_gives_no_further_tries() {
    let system = System::start().await;
    let browser = system.browser();
    let page = sign_in_page(&system, &browser).await;
    let spellings = [
        "demo@example.com",
        "DEMO@example.com",
        "Demo@Example.Com",
        " demo@example.com",
        "demo@example.com ",
    ];
    for attempt in 0..10 {
        let answer = browser.send(&filled(&page, spellings[attempt % 5], "wrong wrong wrong")).await;
        assert_eq!(answer.status, 400, "attempt {attempt}");
    }
    let answer = browser.send(&filled(&page, "dEmO@example.com", "wrong wrong wrong")).await;
    assert_eq!(answer.status, 429, "{}", answer.summary());
}

#[tokio::test]
async fn w9_the_owners_own_browser_gets_in_during_an_attack_from_elsewhere() {
    let system = System::start_with(&BEHIND_PROXY).await;
    let (owner, attacker, stranger) = (system.browser(), system.browser(), system.browser());
    let page = sign_in_page(&system, &owner).await;
    let page = register(&owner, &page, "grace@example.org", "Grace").await;
    system.mailbox().confirm(&owner, &page).await;
    let page = sign_in_page(&system, &attacker).await;
    let wrong = filled(&page, "grace@example.org", "wrong wrong wrong");
    let mut last = 0;
    // as many as an attacker may have who holds up no new browser: twenty, and four that were told to wait
    for source in 0..24 {
        last = send_from(&format!("203.0.113.{source}"), &attacker, &wrong).await.status.as_u16();
    }
    assert_eq!(last, 429, "many sources, one account");
    let page = sign_in_page(&system, &stranger).await;
    let refused = send_from("198.51.100.8", &stranger, &filled(&page, "grace@example.org", PASSWORD)).await;
    assert_eq!(refused.status, 429, "a browser that was never seen waits");
    let seconds: i64 = refused.header("retry-after").parse().unwrap();
    assert!(seconds <= 60, "for {seconds} s");
    let page = sign_in_page(&system, &owner).await;
    let entered = send_from("198.51.100.7", &owner, &filled(&page, "grace@example.org", PASSWORD)).await;
    assert_eq!(entered.status, 303, "{}", entered.summary());
    for second in 0..seconds {
        send_from(&format!("203.0.113.{}", second % 24), &attacker, &wrong).await;
        system.clock.advance(1);
    }
    let page = sign_in_page(&system, &stranger).await;
    let entered = send_from("198.51.100.8", &stranger, &filled(&page, "grace@example.org", PASSWORD)).await;
    assert_eq!(entered.status, 303, "in its turn, however hard others try: {}", entered.summary());
}

#[tokio::test]
async fn w9_guesses_at_accounts_that_do_not_exist_hold_nobody_behind_their_address() {
    let system = System::start().await;
    let (owner, attacker, stranger) = (system.browser(), system.browser(), system.browser());
    let page = sign_in_page(&system, &owner).await;
    let page = register(&owner, &page, "grace@example.org", "Grace").await;
    system.mailbox().confirm(&owner, &page).await;
    let page = sign_in_page(&system, &attacker).await;
    let mut refused = 0;
    for guess in 0..210 {
        let wrong = filled(&page, &format!("nobody{guess}@example.org"), "wrong wrong wrong");
        refused += i64::from(attacker.send(&wrong).await.status == 429);
    }
    assert!((1..=10).contains(&refused), "{refused} of 210");
    let page = sign_in_page(&system, &stranger).await;
    let waits = stranger.send(&filled(&page, "grace@example.org", PASSWORD)).await;
    assert_eq!(waits.status, 429);
    assert!(waits.header("retry-after").parse::<i64>().unwrap() <= 60);
    let page = sign_in_page(&system, &owner).await;
    let entered = owner.send(&filled(&page, "grace@example.org", PASSWORD)).await;
    assert_eq!(entered.status, 303, "a browser that is known: {}", entered.summary());
    system.clock.advance(60);
    let page = sign_in_page(&system, &stranger).await;
    let entered = stranger.send(&filled(&page, "grace@example.org", PASSWORD)).await;
    assert_eq!(entered.status, 303, "one that isn't: {}", entered.summary());
}

#[tokio::test]
async fn w8_web11_a_stranger_cannot_choose_the_address_that_is_counted() {
    let system = System::start().await;
    let browser = system.browser();
    let page = sign_in_page(&system, &browser).await;
    let wrong = filled(&page, &system.demo.email, "wrong wrong wrong");
    let mut last = 0;
    for source in 0..11 {
        last = send_from(&format!("203.0.113.{source}"), &browser, &wrong).await.status.as_u16();
    }
    assert_eq!(last, 429, "no proxy is trusted: all tries came from one place");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn w8_parallel_guesses_share_the_same_ten_tries() {
    let system = System::start().await;
    let browser = Arc::new(system.browser());
    let page = sign_in_page(&system, &browser).await;
    let wrong = filled(&page, &system.demo.email, "wrong wrong wrong");
    let mut tries = JoinSet::new();
    for _ in 0..30 {
        let (browser, wrong) = (browser.clone(), wrong.clone());
        tries.spawn(async move { browser.send(&wrong).await.status.as_u16() });
    }
    let mut statuses = tries.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [[400; 10].as_slice(), &[429; 20]].concat());
}
