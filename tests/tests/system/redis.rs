//! Redis in front of the sessions: quick for everybody, believed by nobody. Whatever it does, every flow works and what
//! has ended stays so.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};

use end_to_end::{
    Browser, Page, RelyingParty, System,
    databases::in_front,
    people::{self, Staff, set_up_staff, sign_in_demo, sign_in_staff},
    relying_party::{bearer, claims},
};
use testbed::Redis;

use crate::{replica::Replica, support::FULL};

/// A system with a Redis of its own, which counts requests besides.
async fn system() -> (Arc<Redis>, System) {
    let limits =
        [("customer", "requests.endpoints_per_minute", "6000"), ("shop-api", "requests.per_minute", "6000")];
    system_with(&limits).await
}

async fn system_with(overrides: &[(&str, &str, &str)]) -> (Arc<Redis>, System) {
    let redis = Redis::start();
    let values = in_front(&redis);
    let values = values.iter().map(|(part, key, value)| (part.as_str(), key.as_str(), value.as_str()));
    let values: Vec<_> = values.chain(overrides.iter().copied()).collect();
    (Arc::new(redis), System::start_with(&values).await)
}

/// How often Redis had what it was asked for.
fn hits(redis: &Redis) -> u64 {
    let reported = redis.tell(&["INFO", "stats"]);
    let line = reported.lines().find_map(|line| line.strip_prefix("keyspace_hits:"));
    line.and_then(|number| number.trim().parse().ok()).expect("a number")
}

/// Every key that Redis has.
fn keys(redis: &Redis) -> Vec<String> {
    redis.tell(&["KEYS", "*"]).lines().map(str::to_owned).filter(|key| !key.is_empty()).collect()
}

async fn without_asking(browser: &Browser, client: &RelyingParty) -> Page {
    browser.get(client.authorize(&[("prompt", "none"), ("scope", "openid")]).url).await
}

fn is_signed_out(page: &Page) -> bool {
    page.next().is_some_and(|url| url.as_str().contains("error=login_required"))
}

async fn sign_out(browser: &Browser, client: &RelyingParty, id_token: &str) {
    let mut url = client.endpoint("end_session");
    url.query_pairs_mut().append_pair("id_token_hint", id_token);
    let page = browser.get(url).await;
    assert!(page.status.is_success(), "{}", page.summary());
}

/// What people and clients do in both realms, from the sign-in to its end.
async fn walk(system: &System, staff: &Staff) {
    let browser = system.browser();
    let client = RelyingParty::of(system, "customer", "demo-web").await;
    let attempt = client.authorize(&[("scope", FULL)]);
    let page = browser.visit(attempt.url.as_str()).await;
    let mut page = sign_in_demo(system, &browser, &page).await;
    if page.has("consent-allow") {
        page = browser.submit(&page.form("consent-allow").press("consent-allow")).await;
    }
    let tokens = client.redeem(&attempt, &page.code()).await.ok();
    client.userinfo(tokens.access_token()).await.ok();
    bearer(&format!("{}/api/orders", system.urls.storefront), tokens.access_token()).await.ok();
    let renewed = client.refresh(tokens.refresh_token()).await.ok();
    let cookie = session_cookie(system, &browser);
    sign_out(&browser, &client, renewed.id_token()).await;
    browser.set_cookie(system.issuer("customer"), &cookie.0, &cookie.1);
    let page = without_asking(&browser, &client).await;
    assert!(is_signed_out(&page), "the old cookie is dead: {}", page.summary());
    assert_eq!(client.userinfo(renewed.access_token()).await.status, 401);
    client.refresh(renewed.refresh_token()).await.refused(400, "invalid_grant");

    let (browser, client) = (system.browser(), RelyingParty::of(system, "admin", "demo-web").await);
    let attempt = client.authorize(&[("scope", "openid")]);
    let page = browser.visit(attempt.url.as_str()).await;
    let mut page = sign_in_staff(system, &browser, &page, staff).await;
    if page.has("consent-allow") {
        page = browser.submit(&page.form("consent-allow").press("consent-allow")).await;
    }
    let tokens = client.redeem(&attempt, &page.code()).await.ok();
    assert_eq!(claims(tokens.id_token())["amr"].as_array().unwrap().len(), 3);
    sign_out(&browser, &client, tokens.id_token()).await;
    assert!(is_signed_out(&without_asking(&browser, &client).await));
}

fn session_cookie(system: &System, browser: &Browser) -> (String, String) {
    let issuer = system.issuer("customer");
    let name = system.realm("customer").cookies.session.name().to_owned();
    let value = browser.cookie(issuer, &name).expect("a session cookie");
    (name, value)
}

/// Does something to the server again and again until it is dropped.
struct Again {
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Again {
    fn start(redis: &Arc<Redis>, words: &'static [&'static str]) -> Self {
        let (redis, over) = (redis.clone(), Arc::new(AtomicBool::new(false)));
        let seen = over.clone();
        let thread = std::thread::spawn(move || {
            while !seen.load(Ordering::Relaxed) {
                redis.tell(words);
            }
        });
        Self { over, thread: Some(thread) }
    }
}

impl Drop for Again {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn copies_are_shared_sealed_and_below_their_realms_prefix() {
    let (redis, system) = system().await;
    let staff = set_up_staff(&system, &system.browser()).await;
    let browser = system.browser();
    let client = RelyingParty::of(&system, "customer", "demo-web").await;
    let page = browser.visit(client.authorize(&[]).url.as_str()).await;
    sign_in_demo(&system, &browser, &page).await;
    let page = browser.get(format!("{}/account", system.issuer("customer"))).await;
    assert!(page.status.is_success(), "{}", page.summary());
    let kept = keys(&redis);
    assert!(kept.iter().any(|key| key.starts_with("customer:session:")), "{kept:?}");
    assert!(kept.iter().all(|key| key.starts_with("customer:") || key.starts_with("admin:")), "{kept:?}");
    let (_, cookie) = session_cookie(&system, &browser);
    let secrets = [
        cookie.as_str(),
        &system.demo.email,
        &system.demo.password,
        &staff.email,
        &staff.seed,
        "\"sid\"",
        "pwd",
        "127.0.0.1",
    ];
    for key in kept {
        let reported = format!("{key} {}", redis.tell(&["GET", &key]));
        assert!(secrets.iter().all(|secret| !reported.contains(secret)), "{reported}");
    }
    for realm in ["customer", "admin"] {
        let status = browser.get(format!("{}/status", system.issuer(realm))).await;
        assert!(status.body.contains(r#""redis":{"reachable":true}"#), "{}", status.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_of_a_moment_find_the_copy_that_the_first_one_made() {
    // so that nothing but sessions is looked for
    let (redis, system) = system_with(&[("customer", "requests.pages_per_minute", "0")]).await;
    let client = RelyingParty::of(&system, "customer", "demo-web").await;
    let browser = system.browser();
    people::enter_shop(&system, &browser).await;
    let before = hits(&redis);
    for _ in 0..20 {
        without_asking(&browser, &client).await;
    }
    assert!(hits(&redis) > before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p1_who_signs_out_at_one_replica_has_no_copy_left_at_the_other() {
    let (_redis, system) = system().await;
    let replica = Replica::start(&system).await;
    let here = RelyingParty::of(&system, "customer", "demo-web").await;
    let there = replica.client(&here);
    let browser = system.browser();
    people::enter_shop(&system, &browser).await;
    let tokens = here.tokens(&browser, FULL).await;
    let cookie = session_cookie(&system, &browser);
    assert!(!is_signed_out(&without_asking(&browser, &there).await), "a copy is made");
    sign_out(&browser, &here, tokens.id_token()).await;
    browser.set_cookie(system.issuer("customer"), &cookie.0, &cookie.1);
    assert!(is_signed_out(&without_asking(&browser, &there).await));
    replica.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p1_whoever_ends_a_session_again_is_told_so_without_a_copy_left() {
    let (redis, system) = system().await;
    let client = RelyingParty::of(&system, "customer", "demo-web").await;
    let browser = system.browser();
    people::enter_shop(&system, &browser).await;
    let tokens = client.tokens(&browser, FULL).await;
    let cookie = session_cookie(&system, &browser);
    without_asking(&browser, &client).await;
    // another replica has ended it and still waits for the copies to die
    let sid = claims(tokens.id_token())["sid"].as_str().unwrap().to_owned();
    let realm = system.realm("customer");
    assert!(idp::store::sessions::end(&realm.store.facts, &sid, realm.now()).await.unwrap().is_some());
    sign_out(&browser, &client, tokens.id_token()).await;
    browser.set_cookie(system.issuer("customer"), &cookie.0, &cookie.1);
    assert!(is_signed_out(&without_asking(&browser, &client).await));
    assert!(keys(&redis).iter().any(|key| key.starts_with("customer:session:")), "its mark");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p10_when_every_session_ends_no_copy_is_left() {
    let (_redis, system) = system().await;
    let client = RelyingParty::of(&system, "customer", "demo-web").await;
    let browser = system.browser();
    people::enter_shop(&system, &browser).await;
    assert!(!is_signed_out(&without_asking(&browser, &client).await), "a copy is made");
    idp::flow::end_all::end_all(system.replica("customer").await.as_ref()).await.unwrap();
    assert!(is_signed_out(&without_asking(&browser, &client).await));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn i1_a_copy_that_was_made_up_moved_or_brought_back_is_none() {
    let (redis, system) = system().await;
    let client = RelyingParty::of(&system, "customer", "demo-web").await;
    let browser = system.browser();
    people::enter_shop(&system, &browser).await;
    let tokens = client.tokens(&browser, FULL).await;
    let cookie = session_cookie(&system, &browser);
    without_asking(&browser, &client).await;
    let key = keys(&redis).into_iter().find(|key| key.starts_with("customer:session:")).expect("a copy");
    let copy = redis.tell(&["GET", &key]);
    sign_out(&browser, &client, tokens.id_token()).await;
    system.clock.advance(cache::LIFE_SECONDS + 1);
    redis.tell(&["SET", &key, &copy]);
    browser.set_cookie(system.issuer("customer"), &cookie.0, &cookie.1);
    assert!(is_signed_out(&without_asking(&browser, &client).await), "brought back");

    // another person's fresh copy in the place of a stranger's
    let other = system.browser();
    let page = other.visit(client.authorize(&[("prompt", "login")]).url.as_str()).await;
    let page = people::register(&other, &page, "grace@example.org", "Grace").await;
    system.mailbox().confirm(&other, &page).await;
    without_asking(&other, &client).await;
    let theirs =
        keys(&redis).into_iter().find(|other| other.starts_with("customer:session:") && *other != key);
    let theirs = redis.tell(&["GET", &theirs.expect("a second copy")]);
    redis.tell(&["SET", &key, &theirs]);
    assert!(is_signed_out(&without_asking(&browser, &client).await), "moved");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn e2_without_redis_everything_works_and_nothing_is_weaker() {
    let (redis, system) = system().await;
    let staff = set_up_staff(&system, &system.browser()).await;
    walk(&system, &staff).await;
    redis.kill();
    walk(&system, &staff).await;
    redis.restart();
    walk(&system, &staff).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn e2_a_redis_that_hangs_only_costs_time() {
    let (redis, system) = system().await;
    let staff = set_up_staff(&system, &system.browser()).await;
    redis.freeze();
    walk(&system, &staff).await;
    redis.thaw();
    walk(&system, &staff).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn e2_a_redis_that_is_full_flushed_or_holds_junk_makes_no_difference() {
    let (redis, system) = system().await;
    let staff = set_up_staff(&system, &system.browser()).await;
    redis.tell(&["CONFIG", "SET", "maxmemory", "1"]);
    walk(&system, &staff).await;
    redis.tell(&["CONFIG", "SET", "maxmemory", "0"]);
    for misdeed in [
        &["FLUSHALL"][..],
        &["EVAL", "for _, k in ipairs(redis.call('KEYS', '*')) do redis.call('SET', k, 'junk') end", "0"],
        &[
            "EVAL",
            "for _, k in ipairs(redis.call('KEYS', '*')) do redis.call('DEL', k) redis.call('LPUSH', k, 'x') end",
            "0",
        ],
    ] {
        let again = Again::start(&redis, misdeed);
        walk(&system, &staff).await;
        drop(again);
    }
}
