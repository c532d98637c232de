//! Break-glass: every session and token of a realm ends at once, and none of the other realm (P10).

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use end_to_end::{
    Browser, Program, RelyingParty, System,
    people::{enter_shop, sign_in},
    relying_party::{JsonAnswer, bearer},
};
use idp::flow::end_all::end_all;

use crate::{
    replica::Replica,
    resource_servers::signed_in::{SignedIn, both},
    support::{FULL, customer, eventually},
};

/// How long our resource servers take a key set for the realm's, seconds.
const KEY_CACHE: i64 = 300;

/// Waits for the realm's notice: until it has arrived the storefront has a session that it can't use. One that came before
/// the new key was published is sent again when the clock goes on.
async fn signed_out(system: &System, shop: &SignedIn) {
    eventually(async || {
        system.clock.advance(1);
        shop.browser.visit(&shop.url).await.has("sign-in")
    })
    .await;
}

#[tokio::test]
async fn p10_break_glass_ends_what_one_realm_issued_and_nothing_of_the_other() {
    let (system, [shop, console]) = both().await;
    let tokens = shop.client.tokens(&shop.browser, FULL).await;
    let own = shop.client.client_credentials("orders").await.ok();
    let (attempt, code) = shop.client.code(&shop.browser, &[]).await;
    // past the pause between two looks at the key set: the logout notice is signed with a key the storefront must fetch
    system.clock.advance(31);
    end_all(system.realm("customer")).await.unwrap();

    let client = &shop.client;
    client.redeem(&attempt, &code).await.refused(400, "invalid_grant");
    client.refresh(tokens.refresh_token()).await.refused(400, "invalid_grant");
    for token in [tokens.access_token(), tokens.refresh_token(), own.access_token()] {
        assert_eq!(client.introspect(token).await.ok().json["active"], false);
    }
    assert_eq!(client.userinfo(tokens.access_token()).await.status, 401);
    let page = shop.browser.get(client.authorize(&[("prompt", "none")]).url).await;
    assert!(page.next().unwrap().as_str().contains("error=login_required"), "{}", page.summary());
    signed_out(&system, &shop).await;

    assert_eq!(bearer(&console.at("/api/me"), &console.token).await.status, 200, "the other realm goes on");
    assert!(console.browser.visit(&console.url).await.has("card-orders"));
    system.clock.advance(KEY_CACHE);
    assert_eq!(bearer(&shop.at("/api/me"), &shop.token).await.status, 401, "the key is gone");

    enter_shop(&system, &shop.browser).await;
    let fresh = client.tokens(&shop.browser, FULL).await;
    client.userinfo(fresh.access_token()).await.ok();
    assert_eq!(bearer(&shop.at("/api/me"), fresh.access_token()).await.status, 200);
}

#[tokio::test]
async fn p10_a_resource_server_drops_old_keys_as_soon_as_it_meets_a_new_one() {
    let (system, [shop, _]) = both().await;
    assert_eq!(bearer(&shop.at("/api/me"), &shop.token).await.status, 200);
    // past the pause between two looks, well before the key set is old
    system.clock.advance(31);
    end_all(system.realm("customer")).await.unwrap();
    system.clock.advance(1);
    signed_out(&system, &shop).await;
    enter_shop(&system, &shop.browser).await;
    let fresh = shop.client.tokens(&shop.browser, FULL).await;
    assert_eq!(bearer(&shop.at("/api/me"), fresh.access_token()).await.status, 200);
    assert_eq!(bearer(&shop.at("/api/me"), &shop.token).await.status, 401);
}

/// Refreshes and asks for codes until told to stop; the access and refresh tokens that came of it.
async fn keep_asking(
    client: RelyingParty,
    browser: Arc<Browser>,
    first: String,
    (rounds, stop): (Arc<AtomicUsize>, Arc<AtomicBool>),
) -> Vec<(String, String)> {
    let mut seen = Vec::new();
    let mut refresh_token = first;
    while !stop.load(Ordering::Relaxed) {
        let answer = client.refresh(&refresh_token).await;
        if answer.status.is_success() {
            refresh_token = answer.refresh_token().to_owned();
            seen.push((answer.access_token().to_owned(), refresh_token.clone()));
        }
        let attempt = client.authorize(&[("prompt", "none"), ("scope", FULL)]);
        let page = browser.get(attempt.url.clone()).await;
        if let Some((_, code)) =
            page.next().and_then(|url| url.query_pairs().into_owned().find(|(name, _)| name == "code"))
        {
            let answer = client.redeem(&attempt, &code).await;
            if answer.status.is_success() {
                seen.push((answer.access_token().to_owned(), answer.refresh_token().to_owned()));
            }
        }
        rounds.fetch_add(1, Ordering::Relaxed);
    }
    seen
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p10_nothing_of_before_works_at_any_replica_whatever_was_under_way() {
    let (system, browser, here) = customer().await;
    let replicas = [Replica::start(&system).await, Replica::start(&system).await];
    let clients = [here.clone(), replicas[0].client(&here), replicas[1].client(&here)];
    let browser = Arc::new(browser);
    let rounds = Arc::new(AtomicUsize::new(0));
    let stop = Arc::new(AtomicBool::new(false));
    let mut tasks = tokio::task::JoinSet::new();
    for client in clients.iter().cycle().take(6) {
        let first = here.tokens(&browser, FULL).await.refresh_token().to_owned();
        let switch = (rounds.clone(), stop.clone());
        tasks.spawn(keep_asking(client.clone(), browser.clone(), first, switch));
    }
    let passed = async |wanted: usize| {
        here.jwks().await;
        rounds.load(Ordering::Relaxed) >= wanted
    };
    eventually(async || passed(12).await).await;
    end_all(system.realm("customer")).await.unwrap();
    let then = rounds.load(Ordering::Relaxed);
    eventually(async || passed(then + 12).await).await;
    stop.store(true, Ordering::Relaxed);
    let seen: Vec<_> = tasks.join_all().await.into_iter().flatten().collect();
    assert!(seen.len() >= 12);
    for (access_token, refresh_token) in seen {
        for client in &clients {
            assert_eq!(client.userinfo(&access_token).await.status, 401);
            assert!(!client.refresh(&refresh_token).await.status.is_success());
        }
    }
    for replica in replicas {
        replica.stop().await;
    }
}

/// A program, a client of its customer realm, and the tokens it got for the demo customer.
async fn demo_with_tokens() -> (Program, RelyingParty, JsonAnswer) {
    let program = Program::start().await;
    let (browser, client) = (program.browser(), program.client("customer").await);
    let (email, password) = program.demo();
    let page = browser.visit(client.authorize(&[]).url.as_str()).await;
    sign_in(&browser, &page, (&email, &password)).await;
    let tokens = client.tokens(&browser, FULL).await;
    (program, client, tokens)
}

#[tokio::test]
async fn p10_an_operator_ends_everything_while_the_system_serves() {
    let (program, client, tokens) = demo_with_tokens().await;
    let (done, reported) = program.operate("sessions end-all --realm customer");
    assert!(!done && reported.contains("1 sessions") && reported.contains("--yes"), "{reported}");
    client.userinfo(tokens.access_token()).await.ok();
    let (done, reported) = program.operate("sessions end-all --realm customer --yes");
    assert!(done, "{reported}");
    client.refresh(tokens.refresh_token()).await.refused(400, "invalid_grant");
    assert_eq!(client.userinfo(tokens.access_token()).await.status, 401);
    let (served, reported) = program.operate("serve");
    assert!(!served && reported.contains("by itself"), "{reported}");
}

#[tokio::test]
async fn p10_an_operator_ends_what_one_person_has_while_the_system_serves() {
    let (program, client, tokens) = demo_with_tokens().await;
    let (done, reported) = program.operate(&format!("user disable --realm customer {}", program.demo().0));
    assert!(done, "{reported}");
    client.refresh(tokens.refresh_token()).await.refused(400, "invalid_grant");
    assert_eq!(client.userinfo(tokens.access_token()).await.status, 401);
    let (done, reported) = program.operate("migrate status");
    assert!(done && reported.matches("current").count() == 4, "{reported}");
}
