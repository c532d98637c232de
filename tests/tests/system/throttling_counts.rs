//! Whose attempts are counted together, and what ends a wait (W8, W9, H9).

use end_to_end::{
    System,
    people::{PASSWORD, go_to_sign_in, register, sign_in},
};
use http::HeaderMap;
use idp::{
    flow::{Error, accounts, events, throttle},
    realm::Realm,
    session::Visit,
    store::{
        sessions::{self, Origin},
        users,
    },
};

const EMAIL: &str = "demo@example.com";

/// A browser that was never seen before, at an address.
async fn browser_at(realm: &Realm, address: [u8; 4]) -> Visit {
    let origin = Origin { address: address.into(), user_agent: String::new() };
    Visit::recognise(realm, &HeaderMap::new(), origin, "test".to_owned()).await.unwrap()
}

/// A browser that the demo customer has signed in from.
async fn own_browser_at(realm: &Realm, address: [u8; 4]) -> Visit {
    let visit = browser_at(realm, address).await;
    let mut tx = realm.store.facts.begin().await.unwrap();
    sessions::remember_browser(&mut tx, &demo(realm).await, &visit.browser_hash(), realm.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    visit
}

async fn demo(realm: &Realm) -> String {
    users::by_email(&realm.store.facts, EMAIL).await.unwrap().unwrap().id
}

/// Tries a wrong password; when it has to wait, until when.
async fn fail(realm: &Realm, visit: &Visit) -> Option<i64> {
    let id = demo(realm).await;
    match throttle::password(realm, visit, EMAIL, Some(&id)).await {
        Ok(attempt) => {
            let event = events::of_visit(realm, visit, "sign_in.failed", Some(&id));
            throttle::failed(realm, &attempt, &event).await.unwrap();
            None
        }
        Err(Error::Wait { until }) => Some(until),
        Err(other) => panic!("{other}"),
    }
}

/// Fails as often as it takes until nothing but help ends the wait; the answer is how often.
async fn fail_for_good(system: &System, visit: &Visit) -> usize {
    let realm = system.realm("customer");
    let mut failures = 0;
    loop {
        match fail(realm, visit).await {
            None => failures += 1,
            Some(i64::MAX) => return failures,
            Some(until) => system.clock.advance(until - realm.now()),
        }
    }
}

#[tokio::test]
async fn h9_w9_an_operator_ends_a_wait_wherever_it_was_run_up() {
    let system = System::start().await;
    let realm = system.realm("customer");
    let home = browser_at(realm, [192, 0, 2, 1]).await;
    for _ in 0..10 {
        assert_eq!(fail(realm, &home).await, None);
    }
    assert!(fail(realm, &home).await.is_some());
    assert!(accounts::unlock(realm, " Demo@Example.com").await.unwrap());
    assert_eq!(fail(realm, &home).await, None, "at once, from where the mistakes were made");
}

#[tokio::test]
async fn h9_w8_a_lock_after_a_hundred_failures_ends_by_an_operator() {
    let system = System::start().await;
    let realm = system.realm("customer");
    let home = browser_at(realm, [192, 0, 2, 1]).await;
    assert_eq!(fail_for_good(&system, &home).await, 100);
    assert_eq!(fail(realm, &home).await, Some(i64::MAX), "time alone does not help");
    accounts::unlock(realm, EMAIL).await.unwrap();
    assert_eq!(fail(realm, &home).await, None);
}

#[tokio::test]
async fn w9_a_stranger_behind_the_same_address_does_not_close_the_owners_browser() {
    let system = System::start().await;
    let (owner, stranger) = (system.browser(), system.browser());
    let page = go_to_sign_in(&owner, &system.urls.storefront).await;
    let page = register(&owner, &page, "grace@example.org", "Grace").await;
    system.mailbox().confirm(&owner, &page).await;
    let page = go_to_sign_in(&stranger, &system.urls.storefront).await;
    for _ in 0..12 {
        sign_in(&stranger, &page, ("grace@example.org", "wrong wrong wrong")).await;
    }
    let refused = sign_in(&stranger, &page, ("grace@example.org", PASSWORD)).await;
    assert_eq!(refused.status, 429, "{}", refused.summary());
    let page = owner.visit(format!("{}/account/sign-in", system.urls.customer_issuer)).await;
    let entered = sign_in(&owner, &page, ("grace@example.org", PASSWORD)).await;
    assert_eq!(entered.text_of("account-email"), "grace@example.org");
}

#[tokio::test]
async fn w8_a_known_browser_has_a_hundred_failures_and_then_is_a_stranger() {
    let system = System::start().await;
    let realm = system.realm("customer");
    let owner = own_browser_at(realm, [192, 0, 2, 1]).await;
    assert_eq!(fail_for_good(&system, &owner).await, 200, "a hundred of its own, a hundred as a stranger");
    let stranger = browser_at(realm, [198, 51, 100, 1]).await;
    assert_eq!(fail(realm, &stranger).await, None, "a stranger elsewhere does not wait for it");
    let other = own_browser_at(realm, [192, 0, 2, 1]).await;
    assert_eq!(fail(realm, &other).await, None, "another known browser does not wait for it");
}

#[tokio::test]
async fn w9_an_attempt_that_is_refused_counts_nowhere() {
    let system = System::start().await;
    let realm = system.realm("customer");
    for host in 0..20 {
        assert_eq!(fail(realm, &browser_at(realm, [203, 0, 113, host]).await).await, None);
    }
    let patient = browser_at(realm, [192, 0, 2, 1]).await;
    for _ in 0..120 {
        assert!(fail(realm, &patient).await.is_some(), "the account is closed to strangers");
    }
    accounts::unlock(realm, EMAIL).await.unwrap();
    for attempt in 0..10 {
        assert_eq!(fail(realm, &patient).await, None, "attempt {attempt}");
    }
}

#[tokio::test]
async fn p7_an_attempt_that_could_not_be_checked_leaves_every_count_as_it_was() {
    let system = System::start().await;
    let realm = system.realm("customer");
    let id = demo(realm).await;
    let visit = browser_at(realm, [192, 0, 2, 1]).await;
    for _ in 0..10 {
        assert_eq!(fail(realm, &visit).await, None);
    }
    system.clock.advance(30);
    for _ in 0..5 {
        let attempt = throttle::password(realm, &visit, EMAIL, Some(&id)).await.unwrap();
        throttle::take_back(realm, &attempt).await;
    }
    assert_eq!(fail(realm, &visit).await, None, "nobody waits for what was not checked");
    let owner = own_browser_at(realm, [192, 0, 2, 2]).await;
    for _ in 0..5 {
        let attempt = throttle::password(realm, &owner, EMAIL, Some(&id)).await.unwrap();
        throttle::take_back(realm, &attempt).await;
    }
    let elsewhere = browser_at(realm, [192, 0, 2, 3]).await;
    for _ in 0..10 {
        assert_eq!(fail(realm, &elsewhere).await, None);
    }
    assert!(fail(realm, &elsewhere).await.is_some(), "ten failures are still ten");
    // of twenty-one, two and a half are forgotten by now
    assert_eq!(fail(realm, &browser_at(realm, [192, 0, 2, 4]).await).await, None);
    assert!(
        fail(realm, &browser_at(realm, [192, 0, 2, 5]).await).await.is_some(),
        "and all of them are counted"
    );
}

#[tokio::test]
async fn w9_an_address_that_is_never_at_rest_still_forgets_its_failures() {
    let system = System::start().await;
    let realm = system.realm("customer");
    let office = std::net::IpAddr::from([192, 0, 2, 1]);
    for failure in 0..240 {
        assert!(throttle::address(realm, "client", office).await.is_ok(), "failure {failure}");
        system.clock.advance(29);
    }
}
