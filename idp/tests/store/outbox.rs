//! The outbox.

use database::sql;
use idp::store::outbox::{self, Delivery, LOGOUT, Lane, MAIL, Outcome};

use crate::harness::{NOW, Scratch, count, stores, winners};

async fn enqueue(store: &Scratch, id: &str, now: i64) {
    let mut tx = store.facts.begin().await.unwrap();
    outbox::enqueue(&mut tx, &notice(id), now).await.unwrap();
    tx.commit().await.unwrap();
}

fn notice(id: &str) -> Delivery {
    Delivery::logout(id.to_owned(), "app".to_owned(), "u1", "s1", NOW)
}

fn lane(kind: &str, lane: &str) -> Lane {
    Lane { kind: kind.to_owned(), lane: lane.to_owned() }
}

async fn due(store: &Scratch, now: i64) -> Vec<String> {
    outbox::due_of(&store.facts, &lane(LOGOUT, "app"), now).await.unwrap()
}

#[tokio::test]
async fn l4_a_notice_is_due_at_once_and_taken_with_everything_it_says() {
    for store in stores().await {
        enqueue(&store, "d1", NOW).await;
        assert!(due(&store, NOW - 1).await.is_empty());
        assert_eq!(due(&store, NOW).await, ["d1"]);
        let taken = outbox::take(&store.facts, "d1", NOW, NOW + 30).await.unwrap().unwrap();
        let said = (taken.id.as_str(), taken.lane.as_str(), taken.subject.as_str(), taken.message.as_str());
        assert_eq!((said, taken.attempts), (("d1", "app", "u1", "s1"), 1));
    }
}

#[tokio::test]
async fn l4_a_notice_under_way_is_nobody_elses_until_its_lease_ends() {
    for store in stores().await {
        enqueue(&store, "d1", NOW).await;
        assert!(outbox::take(&store.facts, "d1", NOW, NOW + 30).await.unwrap().is_some());
        assert!(due(&store, NOW + 29).await.is_empty());
        assert!(outbox::take(&store.facts, "d1", NOW + 29, NOW + 60).await.unwrap().is_none());
        assert_eq!(due(&store, NOW + 30).await, ["d1"], "whoever took it may have died");
        let again = outbox::take(&store.facts, "d1", NOW + 30, NOW + 60).await.unwrap().unwrap();
        assert_eq!(again.attempts, 2);
        assert!(outbox::take(&store.facts, "unknown", NOW, NOW + 30).await.unwrap().is_none());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn l4_of_many_workers_at_once_one_takes_the_notice() {
    for store in stores().await {
        enqueue(&store, "d1", NOW).await;
        let answers = store.race(|_, store| async move {
            outbox::take(&store.facts, "d1", NOW, NOW + 30).await.unwrap().is_some()
        });
        assert_eq!(winners(&answers.await), 1);
        let next = outbox::take(&store.facts, "d1", NOW + 30, NOW + 60).await.unwrap().unwrap();
        assert_eq!(next.attempts, 2, "the others counted no attempt");
    }
}

#[tokio::test]
async fn l4_a_failed_notice_waits_for_its_next_try() {
    for store in stores().await {
        enqueue(&store, "d1", NOW).await;
        enqueue(&store, "d2", NOW).await;
        outbox::put_off(&store.facts, "d1", NOW + 300).await.unwrap();
        assert_eq!(due(&store, NOW + 299).await, ["d2"]);
        assert_eq!(due(&store, NOW + 300).await, ["d2", "d1"]);
    }
}

#[tokio::test]
async fn l4_a_closed_notice_is_never_tried_again() {
    for store in stores().await {
        enqueue(&store, "d1", NOW).await;
        outbox::close(&store.facts, "d1", Outcome::Delivered, NOW + 1).await.unwrap();
        outbox::close(&store.facts, "unknown", Outcome::Delivered, NOW + 1).await.unwrap();
        outbox::put_off(&store.facts, "d1", NOW + 2).await.unwrap();
        assert!(due(&store, NOW + 9).await.is_empty());
        assert!(outbox::take(&store.facts, "d1", NOW + 9, NOW + 30).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn out3_a_sign_out_that_did_not_happen_tells_nobody() {
    for store in stores().await {
        let mut tx = store.facts.begin().await.unwrap();
        outbox::enqueue(&mut tx, &notice("d1"), NOW).await.unwrap();
        drop(tx);
        assert!(due(&store, NOW).await.is_empty());
        enqueue(&store, "d1", NOW).await;
        let mut tx = store.facts.begin().await.unwrap();
        assert!(
            outbox::enqueue(&mut tx, &notice("d1"), NOW).await.unwrap_err().is_conflict(),
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
        let other = Delivery { lane: "other".to_owned(), ..notice("d3") };
        outbox::enqueue(&mut tx, &other, NOW).await.unwrap();
        tx.commit().await.unwrap();
        let mut lanes = outbox::due_lanes(&store.facts, NOW).await.unwrap();
        lanes.sort();
        assert_eq!(lanes, [lane(LOGOUT, "app"), lane(LOGOUT, "other")]);
        assert_eq!(due(&store, NOW).await, ["d1", "d2"]);
        assert_eq!(outbox::due_of(&store.facts, &lane(LOGOUT, "other"), NOW).await.unwrap(), ["d3"]);
        assert!(outbox::due_lanes(&store.facts, NOW - 1).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn q4_a_notice_that_a_clock_ahead_has_dated_is_due_now() {
    for store in stores().await {
        enqueue(&store, "near", NOW + 60).await;
        enqueue(&store, "new", NOW + 7200).await;
        enqueue(&store, "tried", NOW).await;
        outbox::take(&store.facts, "tried", NOW, NOW + 2 * 86_400).await.unwrap().unwrap();
        assert_eq!(due(&store, NOW).await, ["new", "tried"]);
        for id in ["new", "tried"] {
            assert!(outbox::take(&store.facts, id, NOW, NOW + 10).await.unwrap().is_some());
            assert!(outbox::take(&store.facts, id, NOW, NOW + 10).await.unwrap().is_none(), "by one");
        }
        assert!(due(&store, NOW).await.is_empty());
    }
}

#[tokio::test]
async fn l4_mails_and_notices_do_not_wait_for_each_other() {
    for store in stores().await {
        enqueue(&store, "d1", NOW).await;
        let mut tx = store.facts.begin().await.unwrap();
        let mail = Delivery { kind: MAIL.to_owned(), ..notice("m1") };
        outbox::enqueue(&mut tx, &mail, NOW).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(due(&store, NOW).await, ["d1"]);
        assert_eq!(outbox::due_of(&store.facts, &lane(MAIL, "app"), NOW).await.unwrap(), ["m1"]);
    }
}

#[tokio::test]
async fn w10_a_mail_that_is_over_is_kept_without_what_it_said() {
    for store in stores().await {
        for outcome in [Outcome::Delivered, Outcome::Refused, Outcome::GivenUp, Outcome::Late] {
            let id = format!("{outcome:?}");
            enqueue(&store, &id, NOW).await;
            outbox::close(&store.facts, &id, outcome, NOW + 1).await.unwrap();
        }
        let left = count(&store.facts, "SELECT COUNT(*) AS n FROM outbox WHERE message <> ''").await;
        let told = count(&store.facts, "SELECT COUNT(DISTINCT outcome) AS n FROM outbox").await;
        assert_eq!((left, told), (0, 4));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn o16_what_the_release_before_left_behind_is_taken_over_once() {
    for store in stores().await {
        for (id, next_at, done_at) in
            [("old", NOW - 121, None), ("new", NOW, None), ("done", NOW - 999, Some(NOW - 900))]
        {
            sql("INSERT INTO logout_deliveries (id, client_id, user_id, sid, created_at, attempts, next_at, done_at) \
                 VALUES ($1, 'app', 'u1', 's1', $2, 3, $2, $3)")
            .bind(id)
            .bind(next_at)
            .bind(done_at)
            .run(&store.facts)
            .await
            .unwrap();
        }
        store.race(|_, store| async move { outbox::adopt(&store.facts, NOW).await.unwrap() }).await;
        assert_eq!(due(&store, NOW).await, ["old"], "that program may still deliver the new one");
        let taken = outbox::take(&store.facts, "old", NOW, NOW + 30).await.unwrap().unwrap();
        assert_eq!((taken.subject.as_str(), taken.message.as_str(), taken.attempts), ("u1", "s1", 4));
    }
}
