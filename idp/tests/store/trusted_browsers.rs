//! Trusted browsers (I12).

use idp::store::{
    not_before,
    sessions::{self, Origin},
    trusted_browsers::{New, forget, forget_others, is_trusted, of_user, trust},
};

use crate::harness::{NOW, Scratch, stores, user};

const LONG: i64 = 3600;

fn new<'a>(user_id: &'a str, browser_hash: &'a str, origin: &'a Origin) -> New<'a> {
    New { user_id, browser_hash, origin, since: NOW, until: NOW + LONG }
}

async fn trusted(store: &Scratch, user_id: &str, browser: &str) {
    let origin = Origin { address: [192, 0, 2, 7].into(), user_agent: "Firefox".to_owned() };
    let mut tx = store.facts.begin().await.unwrap();
    sessions::remember_browser(&mut tx, user_id, browser, NOW).await.unwrap();
    trust(&mut tx, new(user_id, browser, &origin)).await.unwrap();
    tx.commit().await.unwrap();
}

async fn is(store: &Scratch, user_id: &str, browser: &str, now: i64) -> bool {
    is_trusted(&store.facts, user_id, browser, now, LONG).await.unwrap()
}

async fn names(store: &Scratch, user_id: &str) -> Vec<String> {
    let all = of_user(&store.facts, user_id, NOW, LONG).await.unwrap();
    all.into_iter().map(|browser| browser.browser_hash).collect()
}

#[tokio::test]
async fn i12_trust_is_of_one_account_in_one_browser_for_a_time() {
    for store in stores().await {
        user(&store, "u1").await;
        user(&store, "u2").await;
        trusted(&store, "u1", "b1").await;
        assert!(is(&store, "u1", "b1", NOW).await && is(&store, "u1", "b1", NOW + LONG - 1).await);
        assert!(!is(&store, "u1", "b1", NOW + LONG).await);
        assert!(!is(&store, "u1", "b2", NOW).await && !is(&store, "u2", "b1", NOW).await);
        assert!(!is(&store, "u1", "b1", NOW - 1).await, "q4 a time ahead of the clock is not believed");
        let shortened = |now| is_trusted(&store.facts, "u1", "b1", now, LONG / 2);
        assert!(shortened(NOW + LONG / 2 - 1).await.unwrap());
        for later in [NOW + LONG / 2, NOW + LONG - 1] {
            assert!(!shortened(later).await.unwrap(), "a realm that shortens it means all of them");
        }
    }
}

#[tokio::test]
async fn i12_a_known_browser_alone_is_not_trusted_and_an_unknown_one_can_not_be() {
    for store in stores().await {
        user(&store, "u1").await;
        let mut tx = store.facts.begin().await.unwrap();
        sessions::remember_browser(&mut tx, "u1", "b1", NOW).await.unwrap();
        let origin = Origin { address: [192, 0, 2, 7].into(), user_agent: String::new() };
        trust(&mut tx, new("u1", "unknown", &origin)).await.unwrap();
        tx.commit().await.unwrap();
        assert!(names(&store, "u1").await.is_empty());
        assert!(!is(&store, "u1", "b1", NOW).await && !is(&store, "u1", "unknown", NOW).await);
    }
}

#[tokio::test]
async fn i12_trust_ends_by_its_owner_and_with_everything_from_before() {
    for store in stores().await {
        user(&store, "u1").await;
        for browser in ["b1", "b2", "b3"] {
            trusted(&store, "u1", browser).await;
        }
        let mut tx = store.facts.begin().await.unwrap();
        assert!(forget(&mut tx, "u1", "b1").await.unwrap());
        assert!(!forget(&mut tx, "u1", "b1").await.unwrap() && !forget(&mut tx, "u2", "b2").await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(names(&store, "u1").await, ["b2", "b3"]);
        let mut tx = store.facts.begin().await.unwrap();
        forget_others(&mut tx, "u1", "b3").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(names(&store, "u1").await, ["b3"]);
        let mut tx = store.facts.begin().await.unwrap();
        not_before::raise(&mut tx, NOW).await.unwrap();
        tx.commit().await.unwrap();
        assert!(names(&store, "u1").await.is_empty() && !is(&store, "u1", "b3", NOW).await);
    }
}
