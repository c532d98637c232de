//! Counting failed attempts.

use idp::store::attempts::{self, Count, Counter};

use crate::harness::{NOW, RACERS, counted, stores};

fn count(failures: i64, last_at: i64) -> Count {
    Count { failures, last_at }
}

#[tokio::test]
async fn w8_a_count_begins_empty_and_is_what_was_put() {
    for store in stores().await {
        let db = &store.facts;
        assert_eq!(attempts::read(db, "k").await.unwrap(), None);
        let mut tx = db.begin().await.unwrap();
        assert_eq!(attempts::hold(&mut tx, "k", NOW).await.unwrap(), count(0, NOW));
        attempts::put(&mut tx, "k", count(1, NOW)).await.unwrap();
        assert_eq!(attempts::hold(&mut tx, "k", NOW + 9).await.unwrap(), count(1, NOW));
        drop(tx);
        assert_eq!(attempts::read(db, "k").await.unwrap(), None, "an attempt that is refused counts nowhere");
        counted(&store, "k", count(2, NOW + 1)).await;
        assert_eq!(attempts::read(db, "k").await.unwrap(), Some(count(2, NOW + 1)));
        assert_eq!(attempts::read(db, "other").await.unwrap(), None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w8_mf3_of_many_attempts_at_once_each_sees_those_before_it() {
    for store in stores().await {
        let answers = store.race(|_, store| async move {
            let mut tx = store.facts.begin().await.unwrap();
            let seen = attempts::hold(&mut tx, "k", NOW).await.unwrap().failures;
            attempts::put(&mut tx, "k", count(seen + 1, NOW)).await.unwrap();
            tx.commit().await.unwrap();
            seen
        });
        let mut seen = answers.await;
        seen.sort_unstable();
        let all: Vec<i64> = (0..).take(RACERS).collect();
        assert_eq!(seen, all);
    }
}

#[tokio::test]
async fn a_count_is_put_back_only_as_long_as_nobody_counted_on() {
    for store in stores().await {
        let db = &store.facts;
        counted(&store, "k", count(3, NOW + 1)).await;
        let before = count(2, NOW);
        assert!(!attempts::take_back(db, "k", count(3, NOW), before).await.unwrap());
        assert!(!attempts::take_back(db, "k", count(4, NOW + 1), before).await.unwrap());
        assert!(!attempts::take_back(db, "unknown", count(3, NOW + 1), before).await.unwrap());
        assert!(attempts::take_back(db, "k", count(3, NOW + 1), before).await.unwrap());
        assert_eq!(attempts::read(db, "k").await.unwrap(), Some(before));
    }
}

#[tokio::test]
async fn a_success_takes_its_own_count_away_and_no_other() {
    for store in stores().await {
        for key in ["k", "other"] {
            counted(&store, key, count(9, NOW)).await;
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
            counted(&store, Counter { key, account }, count(9, NOW)).await;
        }
        let more = Counter { key: "a1", account: Some("a") };
        counted(&store, more, count(10, NOW)).await;
        attempts::forgive_account(db, "a").await.unwrap();
        for (key, left) in [("a1", None), ("a2", None), ("b1", Some(9)), ("shared", Some(9))] {
            assert_eq!(attempts::read(db, key).await.unwrap().map(|count| count.failures), left, "{key}");
        }
    }
}

#[tokio::test]
async fn what_is_given_back_never_becomes_a_credit() {
    for store in stores().await {
        counted(&store, "k", count(2, NOW)).await;
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
        counted(&store, "k", count(70, NOW)).await;
        for left in [40, 10, 0] {
            attempts::give_back(&store.facts, "k", 30).await.unwrap();
            assert_eq!(attempts::read(&store.facts, "k").await.unwrap(), Some(count(left, NOW)));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn attempts_that_are_given_back_at_once_are_all_taken_off() {
    for store in stores().await {
        counted(&store, "k", count(20, NOW)).await;
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
