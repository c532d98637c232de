//! Counting failed attempts.

use idp::store::attempts::{self, Count, Counter};

use crate::harness::{NOW, stores, winners};

fn count(failures: i64, last_at: i64) -> Count {
    Count { failures, last_at }
}

#[tokio::test]
async fn w8_a_count_goes_on_only_from_what_was_seen() {
    for store in stores().await {
        let db = &store.facts;
        assert_eq!(attempts::read(db, "k").await.unwrap(), None);
        assert!(
            !attempts::advance(db, "k", Some(count(0, NOW)), count(1, NOW)).await.unwrap(),
            "there was none"
        );
        assert!(attempts::advance(db, "k", None, count(1, NOW)).await.unwrap());
        assert!(!attempts::advance(db, "k", None, count(1, NOW + 1)).await.unwrap(), "there is one by now");
        assert!(attempts::advance(db, "k", Some(count(1, NOW)), count(2, NOW + 1)).await.unwrap());
        assert!(!attempts::advance(db, "k", Some(count(1, NOW)), count(2, NOW + 2)).await.unwrap());
        assert!(!attempts::advance(db, "k", Some(count(2, NOW)), count(3, NOW + 2)).await.unwrap());
        assert_eq!(attempts::read(db, "k").await.unwrap(), Some(count(2, NOW + 1)));
        assert_eq!(attempts::read(db, "other").await.unwrap(), None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w8_of_many_first_attempts_at_once_one_is_counted_and_the_others_look_again() {
    for store in stores().await {
        let answers = store.race(|_, store| async move {
            attempts::advance(&store.facts, "k", None, count(1, NOW)).await.unwrap()
        });
        assert_eq!(winners(&answers.await), 1);
        assert_eq!(attempts::read(&store.facts, "k").await.unwrap(), Some(count(1, NOW)));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mf3_of_many_attempts_at_once_that_saw_the_same_count_one_goes_on() {
    for store in stores().await {
        assert!(attempts::advance(&store.facts, "k", None, count(4, NOW)).await.unwrap());
        let answers = store.race(|racer, store| async move {
            let next = count(5, NOW + i64::try_from(racer).unwrap());
            attempts::advance(&store.facts, "k", Some(count(4, NOW)), next).await.unwrap()
        });
        assert_eq!(winners(&answers.await), 1);
        assert_eq!(attempts::read(&store.facts, "k").await.unwrap().unwrap().failures, 5);
    }
}

#[tokio::test]
async fn a_success_takes_its_own_count_away_and_no_other() {
    for store in stores().await {
        for key in ["k", "other"] {
            assert!(attempts::advance(&store.facts, key, None, count(9, NOW)).await.unwrap());
        }
        attempts::forgive(&store.facts, "k").await.unwrap();
        attempts::forgive(&store.facts, "unknown").await.unwrap();
        assert_eq!(attempts::read(&store.facts, "k").await.unwrap(), None);
        assert_eq!(attempts::read(&store.facts, "other").await.unwrap(), Some(count(9, NOW)));
    }
}

#[tokio::test]
async fn h9_all_counts_of_an_account_are_taken_away_together_and_no_others() {
    for store in stores().await {
        let db = &store.facts;
        for (key, account) in [("a1", Some("a")), ("a2", Some("a")), ("b1", Some("b")), ("shared", None)] {
            assert!(attempts::advance(db, Counter { key, account }, None, count(9, NOW)).await.unwrap());
        }
        let more = Counter { key: "a1", account: Some("a") };
        assert!(attempts::advance(db, more, Some(count(9, NOW)), count(10, NOW)).await.unwrap());
        attempts::forgive_account(db, "a").await.unwrap();
        for (key, left) in [("a1", None), ("a2", None), ("b1", Some(9)), ("shared", Some(9))] {
            assert_eq!(attempts::read(db, key).await.unwrap().map(|count| count.failures), left, "{key}");
        }
    }
}

#[tokio::test]
async fn what_is_given_back_never_becomes_a_credit() {
    for store in stores().await {
        assert!(attempts::advance(&store.facts, "k", None, count(2, NOW)).await.unwrap());
        for left in [1, 0, 0] {
            attempts::give_back(&store.facts, "k", 1).await.unwrap();
            assert_eq!(attempts::read(&store.facts, "k").await.unwrap(), Some(count(left, NOW)));
        }
        attempts::give_back(&store.facts, "unknown", 1).await.unwrap();
        assert_eq!(attempts::read(&store.facts, "unknown").await.unwrap(), None);
    }
}

#[tokio::test]
async fn w9_of_what_leaks_a_whole_failure_is_given_back() {
    for store in stores().await {
        assert!(attempts::advance(&store.facts, "k", None, count(70, NOW)).await.unwrap());
        for left in [40, 10, 0] {
            attempts::give_back(&store.facts, "k", 30).await.unwrap();
            assert_eq!(attempts::read(&store.facts, "k").await.unwrap(), Some(count(left, NOW)));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn attempts_that_are_given_back_at_once_are_all_taken_off() {
    for store in stores().await {
        assert!(attempts::advance(&store.facts, "k", None, count(20, NOW)).await.unwrap());
        store.race(|_, store| async move { attempts::give_back(&store.facts, "k", 1).await.unwrap() }).await;
        assert_eq!(attempts::read(&store.facts, "k").await.unwrap(), Some(count(4, NOW)));
    }
}

#[tokio::test]
async fn e8_the_probe_writes_again_and_again_and_counts_nothing() {
    for store in stores().await {
        for now in [NOW, NOW + 1] {
            attempts::touch_probe(&store.facts, now).await.unwrap();
            assert_eq!(attempts::read(&store.facts, "probe").await.unwrap(), Some(count(0, now)));
        }
    }
}
