//! The outbox of back-channel logout.

use idp::store::logout::{self, Delivery};

use crate::harness::{NOW, Scratch, stores, winners};

async fn enqueue(store: &Scratch, id: &str, now: i64) {
    let mut tx = store.facts.begin().await.unwrap();
    logout::enqueue(&mut tx, &notice(id), now).await.unwrap();
    tx.commit().await.unwrap();
}

fn notice(id: &str) -> Delivery {
    Delivery {
        id: id.to_owned(),
        client_id: "app".to_owned(),
        user_id: "u1".to_owned(),
        sid: "s1".to_owned(),
        attempts: 0,
    }
}

async fn due(store: &Scratch, now: i64) -> Vec<String> {
    logout::due_of(&store.facts, "app", now).await.unwrap()
}

#[tokio::test]
async fn l4_a_notice_is_due_at_once_and_taken_with_everything_it_says() {
    for store in stores().await {
        enqueue(&store, "d1", NOW).await;
        assert!(due(&store, NOW - 1).await.is_empty());
        assert_eq!(due(&store, NOW).await, ["d1"]);
        let taken = logout::take(&store.facts, "d1", NOW, NOW + 30).await.unwrap().unwrap();
        let said = (taken.id.as_str(), taken.client_id.as_str(), taken.user_id.as_str(), taken.sid.as_str());
        assert_eq!((said, taken.attempts), (("d1", "app", "u1", "s1"), 1));
    }
}

#[tokio::test]
async fn l4_a_notice_under_way_is_nobody_elses_until_its_lease_ends() {
    for store in stores().await {
        enqueue(&store, "d1", NOW).await;
        assert!(logout::take(&store.facts, "d1", NOW, NOW + 30).await.unwrap().is_some());
        assert!(due(&store, NOW + 29).await.is_empty());
        assert!(logout::take(&store.facts, "d1", NOW + 29, NOW + 60).await.unwrap().is_none());
        assert_eq!(due(&store, NOW + 30).await, ["d1"], "whoever took it may have died");
        let again = logout::take(&store.facts, "d1", NOW + 30, NOW + 60).await.unwrap().unwrap();
        assert_eq!(again.attempts, 2);
        assert!(logout::take(&store.facts, "unknown", NOW, NOW + 30).await.unwrap().is_none());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn l4_of_many_workers_at_once_one_takes_the_notice() {
    for store in stores().await {
        enqueue(&store, "d1", NOW).await;
        let answers = store.race(|_, store| async move {
            logout::take(&store.facts, "d1", NOW, NOW + 30).await.unwrap().is_some()
        });
        assert_eq!(winners(&answers.await), 1);
        let next = logout::take(&store.facts, "d1", NOW + 30, NOW + 60).await.unwrap().unwrap();
        assert_eq!(next.attempts, 2, "the others counted no attempt");
    }
}

#[tokio::test]
async fn l4_a_failed_notice_waits_for_its_next_try() {
    for store in stores().await {
        enqueue(&store, "d1", NOW).await;
        enqueue(&store, "d2", NOW).await;
        logout::put_off(&store.facts, "d1", NOW + 300).await.unwrap();
        assert_eq!(due(&store, NOW + 299).await, ["d2"]);
        assert_eq!(due(&store, NOW + 300).await, ["d2", "d1"]);
    }
}

#[tokio::test]
async fn l4_a_closed_notice_is_never_tried_again() {
    for store in stores().await {
        enqueue(&store, "d1", NOW).await;
        logout::close(&store.facts, "d1", NOW + 1).await.unwrap();
        logout::close(&store.facts, "unknown", NOW + 1).await.unwrap();
        logout::put_off(&store.facts, "d1", NOW + 2).await.unwrap();
        assert!(due(&store, NOW + 9).await.is_empty());
        assert!(logout::take(&store.facts, "d1", NOW + 9, NOW + 30).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn out3_a_sign_out_that_did_not_happen_tells_nobody() {
    for store in stores().await {
        let mut tx = store.facts.begin().await.unwrap();
        logout::enqueue(&mut tx, &notice("d1"), NOW).await.unwrap();
        drop(tx);
        assert!(due(&store, NOW).await.is_empty());
        enqueue(&store, "d1", NOW).await;
        let mut tx = store.facts.begin().await.unwrap();
        assert!(
            logout::enqueue(&mut tx, &notice("d1"), NOW).await.unwrap_err().is_conflict(),
            "one jti, one notice"
        );
    }
}

#[tokio::test]
async fn l4_the_longest_waiting_come_first_and_a_few_at_a_time() {
    for store in stores().await {
        for place in 0..12_i64 {
            enqueue(&store, &format!("d{place}"), NOW - place).await;
        }
        let due = due(&store, NOW).await;
        assert_eq!((due.len(), due[0].as_str(), due[7].as_str()), (8, "d11", "d4"));
    }
}

#[tokio::test]
async fn l4_each_client_has_its_own_notices() {
    for store in stores().await {
        enqueue(&store, "d1", NOW).await;
        enqueue(&store, "d2", NOW).await;
        let mut tx = store.facts.begin().await.unwrap();
        let other = Delivery { client_id: "other".to_owned(), ..notice("d3") };
        logout::enqueue(&mut tx, &other, NOW).await.unwrap();
        tx.commit().await.unwrap();
        let mut clients = logout::due_clients(&store.facts, NOW).await.unwrap();
        clients.sort();
        assert_eq!(clients, ["app", "other"]);
        assert_eq!(due(&store, NOW).await, ["d1", "d2"]);
        assert_eq!(logout::due_of(&store.facts, "other", NOW).await.unwrap(), ["d3"]);
        assert!(logout::due_clients(&store.facts, NOW - 1).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn q4_a_notice_that_a_clock_ahead_has_dated_is_due_now() {
    for store in stores().await {
        enqueue(&store, "near", NOW + 60).await;
        enqueue(&store, "new", NOW + 7200).await;
        enqueue(&store, "tried", NOW).await;
        logout::take(&store.facts, "tried", NOW, NOW + 2 * 86_400).await.unwrap().unwrap();
        assert_eq!(due(&store, NOW).await, ["new", "tried"]);
        for id in ["new", "tried"] {
            assert!(logout::take(&store.facts, id, NOW, NOW + 10).await.unwrap().is_some());
            assert!(logout::take(&store.facts, id, NOW, NOW + 10).await.unwrap().is_none(), "by one");
        }
        assert!(due(&store, NOW).await.is_empty());
    }
}
