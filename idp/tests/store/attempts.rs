//! Counting failed attempts.

use idp::store::attempts::{self, Count, Counter, UNDER_WAY_SECONDS};

use crate::harness::{NOW, RACERS, counted, stores, winners};

fn count(failures: i64, last_at: i64) -> Count {
    Count { failures, last_at }
}

#[tokio::test]
async fn w8_a_count_begins_empty_and_is_what_was_put() {
    for store in stores().await {
        let db = &store.facts;
        assert_eq!(attempts::read(db, "k").await.unwrap(), None);
        let mut tx = db.begin().await.unwrap();
        assert_eq!(attempts::hold(&mut tx, "k").await.unwrap(), count(0, 0));
        attempts::put(&mut tx, "k", count(1, NOW)).await.unwrap();
        assert_eq!(attempts::hold(&mut tx, "k").await.unwrap(), count(1, NOW));
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
            let seen = attempts::hold(&mut tx, "k").await.unwrap().failures;
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

/// How many attempts are under way under `k` and under `other`, at that time.
async fn under_way(store: &idp::store::Store, now: i64) -> (i64, i64) {
    let mut tx = store.facts.begin().await.unwrap();
    let latest = now + UNDER_WAY_SECONDS + 60;
    let counts = attempts::under_way(&mut tx, ["k", "other", "k"], now, latest).await.unwrap();
    let of = |key| counts.get(key).copied().unwrap_or_default();
    (of("k"), of("other"))
}

async fn begun(store: &idp::store::Store, id: &str, keys: [&str; 3], now: i64) {
    let mut tx = store.facts.begin().await.unwrap();
    attempts::begin(&mut tx, id, keys, now + UNDER_WAY_SECONDS).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn e2_an_attempt_is_under_way_in_its_places_until_it_ends_or_lapses() {
    for store in stores().await {
        begun(&store, "a1", ["k", "other", "other"], NOW).await;
        begun(&store, "a2", ["k", "k", "k"], NOW + 1).await;
        assert_eq!(under_way(&store, NOW + 1).await, (2, 1));
        for _ in 0..2 {
            attempts::end(&store.facts, "a1").await.unwrap();
            assert_eq!(under_way(&store, NOW + 1).await, (1, 0));
        }
        assert_eq!(under_way(&store, NOW + UNDER_WAY_SECONDS).await, (1, 0));
        assert_eq!(under_way(&store, NOW + UNDER_WAY_SECONDS + 1).await, (0, 0));
        assert_eq!(under_way(&store, NOW - 7200).await, (0, 0), "begun by a clock that was ahead");
        assert_eq!(attempts::read(&store.facts, "k").await.unwrap(), None, "no failure yet");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn e2_w8_of_many_attempts_at_once_each_sees_those_that_are_under_way() {
    for store in stores().await {
        let answers = store.race(|racer, store| async move {
            let mut tx = store.facts.begin().await.unwrap();
            attempts::hold(&mut tx, "k").await.unwrap();
            let latest = NOW + UNDER_WAY_SECONDS;
            let seen = attempts::under_way(&mut tx, ["k", "k", "k"], NOW, latest).await.unwrap();
            attempts::begin(&mut tx, &format!("a{racer}"), ["k", "k", "k"], latest).await.unwrap();
            tx.commit().await.unwrap();
            seen.get("k").copied().unwrap_or_default()
        });
        let mut seen = answers.await;
        seen.sort_unstable();
        let all: Vec<i64> = (0..).take(RACERS).collect();
        assert_eq!(seen, all);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w9_of_many_at_once_one_is_the_first_of_the_day() {
    for store in stores().await {
        let note = |now: i64| {
            store.race(move |_, store| async move {
                let mut tx = store.facts.begin().await.unwrap();
                let first = attempts::first_since(&mut tx, "k", now, now - 100, now + 60).await.unwrap();
                tx.commit().await.unwrap();
                first
            })
        };
        assert_eq!(winners(&note(NOW).await), 1);
        assert_eq!(winners(&note(NOW + 99).await), 0);
        assert_eq!(winners(&note(NOW + 100).await), 1);
        assert_eq!(winners(&note(NOW).await), 1, "a time that is ahead says nothing");
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
