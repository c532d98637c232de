//! The realm's keys: rotated, hammered with unknown ones, gone (K14).

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use relying_party::{KeySource, Unreachable, testing::TestRealm};
use serde_json::json;

use crate::support::{ISSUER, NOW, SHOP, Shop, config};

/// Publishes what a test puts there, and counts.
#[derive(Debug)]
struct Published {
    keys: Mutex<Option<String>>,
    fetches: AtomicUsize,
}

impl Published {
    fn of(realms: &[&TestRealm]) -> String {
        let keys: Vec<_> = realms.iter().map(|realm| realm.jwks()["keys"][0].clone()).collect();
        json!({ "keys": keys }).to_string()
    }

    fn put(&self, keys: Option<String>) {
        *self.keys.lock().unwrap() = keys;
    }

    fn fetches(&self) -> usize {
        self.fetches.load(Ordering::SeqCst)
    }
}

impl KeySource for Published {
    fn fetch(&self) -> Pin<Box<dyn Future<Output = Result<String, Unreachable>> + Send + '_>> {
        Box::pin(async {
            self.fetches.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            self.keys.lock().unwrap().clone().ok_or_else(|| Unreachable("down".to_owned()))
        })
    }
}

async fn shop(realm: &TestRealm, keys: Option<String>) -> (Arc<Shop>, Arc<Published>) {
    let source = Arc::new(Published { keys: Mutex::new(keys), fetches: AtomicUsize::new(0) });
    let keys = Arc::clone(&source) as Arc<dyn KeySource>;
    (Arc::new(Shop::with(config(ISSUER), realm.clone(), Some(keys)).await), source)
}

async fn status(shop: &Shop, realm: &TestRealm, now: i64) -> u16 {
    let token = format!("Bearer {}", realm.access_token(&realm.claims(SHOP, now)));
    shop.get("/me", &[("authorization", &token)]).await.status.as_u16()
}

#[tokio::test]
async fn k14_a_new_key_is_found_after_the_cool_down() {
    let (old, new) = (TestRealm::new(ISSUER), TestRealm::new(ISSUER));
    let (shop, source) = shop(&old, Some(Published::of(&[&old]))).await;
    assert_eq!(status(&shop, &old, NOW).await, 200);
    source.put(Some(Published::of(&[&old, &new])));
    assert_eq!(status(&shop, &new, NOW).await, 401, "within the cool-down");
    shop.clock.set(NOW + 30);
    assert_eq!(status(&shop, &new, NOW + 30).await, 200);
    assert_eq!(source.fetches(), 2);
}

#[tokio::test]
async fn q4_a_clock_that_is_put_right_does_not_prolong_the_cool_down() {
    let (old, new) = (TestRealm::new(ISSUER), TestRealm::new(ISSUER));
    let (shop, source) = shop(&old, Some(Published::of(&[&old]))).await;
    shop.clock.set(NOW + 7200);
    assert_eq!(status(&shop, &old, NOW + 7200).await, 200);
    source.put(Some(Published::of(&[&old, &new])));
    shop.clock.set(NOW);
    assert_eq!(status(&shop, &new, NOW).await, 401, "within the cool-down");
    shop.clock.advance(30);
    assert_eq!(status(&shop, &new, NOW + 30).await, 200);
}

#[tokio::test]
async fn k14_unknown_keys_cause_one_fetch_per_cool_down_however_many_ask() {
    let realm = TestRealm::new(ISSUER);
    let (shop, source) = shop(&realm, Some(Published::of(&[&realm]))).await;
    assert_eq!(status(&shop, &realm, NOW).await, 200);
    shop.clock.set(NOW + 40);
    let stranger = Arc::new(TestRealm::new(ISSUER));
    let requests: Vec<_> = (0..20)
        .map(|_| {
            let (shop, stranger) = (Arc::clone(&shop), Arc::clone(&stranger));
            tokio::spawn(async move { status(&shop, &stranger, NOW + 40).await })
        })
        .collect();
    for request in requests {
        assert_eq!(request.await.unwrap(), 401);
    }
    assert_eq!(source.fetches(), 2);
}

#[tokio::test]
async fn k14_the_last_good_keys_stay_when_the_realm_is_down_but_not_for_ever() {
    let realm = TestRealm::new(ISSUER);
    let (shop, source) = shop(&realm, Some(Published::of(&[&realm]))).await;
    assert_eq!(status(&shop, &realm, NOW).await, 200);
    for broken in [None, Some("no JSON".to_owned())] {
        source.put(broken);
        shop.clock.advance(700);
        assert_eq!(status(&shop, &realm, NOW + 700 * i64::try_from(source.fetches()).unwrap()).await, 200);
    }
    assert_eq!(source.fetches(), 3);
    shop.clock.set(NOW + 24 * 3600);
    assert_eq!(status(&shop, &realm, NOW + 24 * 3600).await, 503);
}

#[tokio::test]
async fn e2_without_any_keys_the_answer_is_unavailable_and_recovers() {
    let realm = TestRealm::new(ISSUER);
    let (shop, source) = shop(&realm, None).await;
    assert_eq!(status(&shop, &realm, NOW).await, 503);
    source.put(Some(Published::of(&[&realm])));
    shop.clock.advance(2);
    assert_eq!(status(&shop, &realm, NOW).await, 200);
}

#[tokio::test]
async fn a_withdrawn_key_stops_counting() {
    let (old, new) = (TestRealm::new(ISSUER), TestRealm::new(ISSUER));
    let (shop, source) = shop(&old, Some(Published::of(&[&old]))).await;
    assert_eq!(status(&shop, &old, NOW).await, 200);
    source.put(Some(Published::of(&[&new])));
    shop.clock.set(NOW + 601);
    assert_eq!(status(&shop, &old, NOW + 601).await, 401);
    assert_eq!(status(&shop, &new, NOW + 601).await, 200);
}

#[tokio::test]
async fn k14_a_request_that_goes_away_does_not_stop_the_fetch() {
    let (old, new) = (TestRealm::new(ISSUER), Arc::new(TestRealm::new(ISSUER)));
    let (shop, source) = shop(&old, Some(Published::of(&[&old]))).await;
    assert_eq!(status(&shop, &old, NOW).await, 200);
    source.put(Some(Published::of(&[&old, &new])));
    shop.clock.set(NOW + 30);
    let hasty = tokio::spawn({
        let (shop, new) = (Arc::clone(&shop), Arc::clone(&new));
        async move { status(&shop, &new, NOW + 30).await }
    });
    while source.fetches() < 2 {
        tokio::task::yield_now().await;
    }
    hasty.abort();
    assert!(hasty.await.unwrap_err().is_cancelled());
    assert_eq!(status(&shop, &new, NOW + 30).await, 200, "within the cool-down of the fetch it began");
    assert_eq!(source.fetches(), 2);
}
