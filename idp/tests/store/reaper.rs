//! Forgetting what has expired.

use database::sql;
use idp::store::{
    attempts::{self, Count, Counter},
    audit::{self, Event},
    grants,
    mailed_links::{self, MailedLink},
    outbox::{self, Delivery, Outcome},
    pending::{self, New},
    reaper,
    sessions::Session,
};
use protocol::grant::Grant;

use crate::{
    grants::{Claim, claim, grant, issue},
    harness::{NOW, RACERS, Scratch, count, counted, new_session, session, stores, user},
    mailed_links::mailed,
};

const DAY: i64 = 86400;
const RETENTION: i64 = 400 * DAY;
/// The table, and how many of its rows are kept.
const TABLES: [(&str, &str); 10] = [
    ("sessions", "SELECT COUNT(*) AS n FROM sessions"),
    ("grants", "SELECT COUNT(*) AS n FROM grants"),
    ("revoked_tokens", "SELECT COUNT(*) AS n FROM revoked_tokens"),
    ("attempts", "SELECT COUNT(*) AS n FROM attempts"),
    ("outbox", "SELECT COUNT(*) AS n FROM outbox"),
    ("pending_authorizations", "SELECT COUNT(*) AS n FROM pending_authorizations"),
    ("pending_enrolments", "SELECT COUNT(*) AS n FROM pending_enrolments"),
    ("attempts_under_way", "SELECT COUNT(*) AS n FROM attempts_under_way"),
    ("mailed_links", "SELECT COUNT(*) AS n FROM mailed_links"),
    ("audit_events", "SELECT COUNT(*) AS n FROM audit_events"),
];

fn waiting(id: &str, life: (i64, i64)) -> New<'_> {
    New { id_hash: id, browser_hash: "browser", source: "here", purpose: "{}", life }
}

/// In every table a row whose time is up by one second at [`NOW`] and one that is kept for one more.
async fn filled(store: &Scratch) {
    user(store, "u1").await;
    for (name, past) in [("old", 1), ("kept", 0)] {
        let expired_at = NOW - past;
        let day_before = expired_at - DAY;
        let facts = &store.facts;
        session(store, &Session { expires_at: day_before, ..new_session(name, "u1") }).await;
        issue(store, &Grant { refresh_absolute_at: day_before, ..grant(name) }, name).await;
        grants::revoke_token(facts, name, day_before).await.unwrap();
        let count = Count { failures: 9, last_at: expired_at - 30 * DAY };
        counted(store, name, count).await;
        let mut tx = facts.begin().await.unwrap();
        attempts::begin(&mut tx, name, [name; 3], day_before).await.unwrap();
        tx.commit().await.unwrap();
        let notice = Delivery::logout(name.into(), "app".into(), "u1", name, NOW);
        let mut tx = facts.begin().await.unwrap();
        outbox::enqueue(&mut tx, &notice, NOW - 9 * DAY).await.unwrap();
        let link = MailedLink { id: name.into(), expires_at: day_before, ..mailed("u1") };
        mailed_links::add(&mut tx, &link, name).await.unwrap();
        tx.commit().await.unwrap();
        outbox::close(facts, name, Outcome::Delivered, day_before).await.unwrap();
        let at = expired_at - RETENTION;
        audit::record(facts, &Event { id: name.into(), at, kind: "session.ended", ..Event::default() })
            .await
            .unwrap();
        let pending = &store.pending;
        let hour_before = expired_at - 3600;
        pending::begin(pending, &waiting(name, (hour_before - 600, hour_before))).await.unwrap();
        pending::begin_enrolment(pending, name, "seed", expired_at - 60, expired_at).await.unwrap();
    }
}

async fn left(store: &Scratch) -> Vec<(&'static str, i64)> {
    let mut left = Vec::new();
    for (table, statement) in TABLES {
        let db = if table.starts_with("pending") { &store.pending } else { &store.facts };
        left.push((table, count(db, statement).await));
    }
    left
}

#[tokio::test]
async fn what_expired_is_forgotten_and_nothing_else() {
    for store in stores().await {
        filled(&store).await;
        assert_eq!(reaper::reap(&store, NOW, RETENTION).await.unwrap(), 10);
        assert_eq!(left(&store).await, TABLES.map(|(table, _)| (table, 1)));
        assert_eq!(reaper::reap(&store, NOW, RETENTION).await.unwrap(), 0);
        assert_eq!(reaper::reap(&store, NOW + 1, RETENTION).await.unwrap(), 10);
        assert!(store.has_users().await.unwrap(), "accounts never expire");
    }
}

#[tokio::test]
async fn o18_a_used_code_is_recognised_as_long_as_its_tokens_could_live() {
    for store in stores().await {
        user(&store, "u1").await;
        issue(&store, &grant("g1"), "code").await;
        assert!(matches!(claim(&store, "code", NOW).await, Claim::Claimed(_)));
        let end = grant("g1").refresh_absolute_at;
        assert_eq!(reaper::reap(&store, end + DAY, RETENTION).await.unwrap(), 0);
        let shown = claim(&store, "code", end + DAY).await;
        assert!(matches!(shown, Claim::Replayed(_)));
    }
}

#[tokio::test]
async fn l4_a_notice_that_was_not_delivered_is_not_forgotten() {
    for store in stores().await {
        filled(&store).await;
        sql("UPDATE outbox SET done_at = NULL").run(&store.facts).await.unwrap();
        reaper::reap(&store, NOW + 99 * DAY, RETENTION).await.unwrap();
        assert_eq!(left(&store).await[4], ("outbox", 2));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn o11_all_replicas_may_clear_up_at_once() {
    for store in stores().await {
        filled(&store).await;
        let answers =
            store.race(|_, store| async move { reaper::reap(&store, NOW, RETENTION).await.unwrap() });
        let answers = answers.await;
        assert_eq!(
            (answers.len(), answers.iter().sum::<u64>()),
            (RACERS, 10),
            "each row is counted by one of them"
        );
    }
}

#[tokio::test]
async fn w8_a_long_count_of_an_account_is_kept_and_one_that_many_share_is_forgotten() {
    for store in stores().await {
        for (key, account) in [("one account's", Some("a")), ("everybody's", None)] {
            let long = Count { failures: 3000, last_at: NOW - 31 * DAY };
            counted(&store, Counter { key, account }, long).await;
        }
        assert_eq!(reaper::reap(&store, NOW, RETENTION).await.unwrap(), 1);
        assert!(attempts::read(&store.facts, "one account's").await.unwrap().is_some());
    }
}

#[tokio::test]
async fn o15_however_much_has_expired_all_of_it_goes() {
    for store in stores().await {
        let (created, expired) = (NOW - 9 * DAY, NOW - DAY);
        for n in 0..2100 {
            let name = format!("p{n}");
            pending::begin(&store.pending, &waiting(&name, (created, expired))).await.unwrap();
        }
        assert_eq!(reaper::reap(&store, NOW, RETENTION).await.unwrap(), 2100);
        assert_eq!(left(&store).await[5], ("pending_authorizations", 0));
    }
}

#[tokio::test]
async fn o15_a_table_that_can_not_be_cleared_keeps_no_other_one_from_it() {
    for store in stores().await {
        filled(&store).await;
        sql("ALTER TABLE known_browsers RENAME TO away").run(&store.facts).await.unwrap();
        assert!(reaper::reap(&store, NOW, RETENTION).await.is_err(), "it is told");
        assert_eq!(left(&store).await, TABLES.map(|(table, _)| (table, 1)));
        sql("ALTER TABLE away RENAME TO known_browsers").run(&store.facts).await.unwrap();
        assert_eq!(reaper::reap(&store, NOW, RETENTION).await.unwrap(), 0);
    }
}
