//! Attempts with a verdict, and attempts without one (W8, E2).

use database::{record, sql};
use idp::{
    flow::{
        Error, accounts, events,
        sign_in::Outcome,
        throttle::{self, Attempt},
    },
    store::attempts::UNDER_WAY_SECONDS,
};

use crate::harness::{PASSWORD, Scratch};

const ADA: &str = "ada@example.com";

/// How many failures are counted, and how many attempts are under way.
async fn counted(scratch: &Scratch) -> (i64, i64) {
    record! { struct Sum { n: i64 } }
    let facts = &scratch.realm.store.facts;
    let failures: Sum =
        sql("SELECT CAST(COALESCE(SUM(failures), 0) AS BIGINT) AS n FROM attempts").one(facts).await.unwrap();
    let under_way: Sum = sql("SELECT COUNT(*) AS n FROM attempts_under_way").one(facts).await.unwrap();
    (failures.n, under_way.n)
}

/// Ten strangers' attempts from one place, as many as may be under way at once.
async fn ten_under_way(scratch: &Scratch) -> Vec<Attempt> {
    let visit = scratch.visit(None).await;
    let mut attempts = Vec::new();
    for _ in 0..10 {
        attempts.push(throttle::password(&scratch.realm, &visit, ADA, None).await.unwrap());
    }
    let eleventh = throttle::password(&scratch.realm, &visit, ADA, None).await;
    assert!(matches!(eleventh, Err(Error::Wait { .. })), "{eleventh:?}");
    attempts
}

#[tokio::test]
async fn e2_a_right_password_whose_session_can_not_be_written_is_nobodys_failure() {
    let scratch = Scratch::with_factor("optional").await;
    scratch.account(ADA).await;
    let facts = &scratch.realm.store.facts;
    sql("ALTER TABLE sessions RENAME TO elsewhere").run(facts).await.unwrap();
    for _ in 0..14 {
        let visit = scratch.visit(None).await;
        let failed = scratch.try_password(&visit, (ADA, PASSWORD)).await;
        assert!(matches!(failed, Err(Error::Internal(_) | Error::Unavailable(_))));
    }
    sql("ALTER TABLE elsewhere RENAME TO sessions").run(facts).await.unwrap();
    assert_eq!(counted(&scratch).await, (0, 0));
    scratch.signed_in(&scratch.visit(None).await, ADA).await;
}

#[tokio::test]
async fn e2_a_wrong_password_whose_failure_can_not_be_written_is_no_verdict() {
    let scratch = Scratch::with_factor("optional").await;
    scratch.account(ADA).await;
    let facts = &scratch.realm.store.facts;
    sql("ALTER TABLE audit_events RENAME TO elsewhere").run(facts).await.unwrap();
    let visit = scratch.visit(None).await;
    for _ in 0..14 {
        let answer = scratch.try_password(&visit, (ADA, "wrong")).await;
        assert!(
            matches!(answer, Err(Error::Internal(_) | Error::Unavailable(_))),
            "the guesser learns nothing"
        );
    }
    assert_eq!(counted(&scratch).await, (0, 0));
}

#[tokio::test]
async fn e2_what_can_not_even_be_taken_back_is_taken_back_as_soon_as_it_can_be() {
    let scratch = Scratch::with_factor("optional").await;
    let (realm, facts) = (&scratch.realm, &scratch.realm.store.facts);
    let attempts = ten_under_way(&scratch).await;
    sql("ALTER TABLE attempts_under_way RENAME TO elsewhere").run(facts).await.unwrap();
    for attempt in &attempts {
        throttle::take_back(realm, attempt).await;
    }
    sql("ALTER TABLE elsewhere RENAME TO attempts_under_way").run(facts).await.unwrap();
    ten_under_way(&scratch).await;
}

#[tokio::test]
async fn e2_what_can_not_even_be_taken_back_is_taken_back_before_anybody_comes() {
    let scratch = Scratch::with_factor("optional").await;
    let (realm, facts) = (&scratch.realm, &scratch.realm.store.facts);
    let attempts = ten_under_way(&scratch).await;
    sql("ALTER TABLE attempts_under_way RENAME TO elsewhere").run(facts).await.unwrap();
    for attempt in &attempts {
        throttle::take_back(realm, attempt).await;
    }
    throttle::settle(realm).await;
    sql("ALTER TABLE elsewhere RENAME TO attempts_under_way").run(facts).await.unwrap();
    assert_eq!(counted(&scratch).await, (0, 3 * 10), "each has a place in three counters");
    throttle::settle(realm).await;
    assert_eq!(counted(&scratch).await, (0, 0));
}

#[tokio::test]
async fn e2_whoever_has_to_wait_takes_back_what_others_could_not() {
    let scratch = Scratch::with_factor("optional").await;
    let (realm, facts) = (&scratch.realm, &scratch.realm.store.facts);
    let attempts = ten_under_way(&scratch).await;
    sql("ALTER TABLE attempts_under_way RENAME TO elsewhere").run(facts).await.unwrap();
    throttle::take_back(realm, &attempts[0]).await;
    sql("ALTER TABLE elsewhere RENAME TO attempts_under_way").run(facts).await.unwrap();
    let visit = scratch.visit(None).await;
    for attempt in &attempts[1..] {
        let event = events::of_visit(realm, &visit, "sign_in.failed", None);
        throttle::failed(realm, attempt, &event).await.unwrap();
    }
    throttle::password(realm, &visit, ADA, None).await.unwrap();
    let waits = throttle::password(realm, &visit, ADA, None).await;
    assert!(matches!(waits, Err(Error::Wait { .. })), "{waits:?}");
    assert_eq!(counted(&scratch).await, (9 * (1 + 30 + 12), 3));
}

#[tokio::test]
async fn e2_attempts_that_end_with_their_process_count_no_more_after_two_minutes() {
    let scratch = Scratch::with_factor("optional").await;
    ten_under_way(&scratch).await;
    scratch.clock.advance(UNDER_WAY_SECONDS);
    ten_under_way(&scratch).await;
    assert_eq!(counted(&scratch).await.0, 0);
}

#[tokio::test]
async fn w8_a_verdict_makes_a_failure_of_an_attempt_even_after_it_lapsed() {
    let scratch = Scratch::with_factor("optional").await;
    let realm = &scratch.realm;
    let attempts = ten_under_way(&scratch).await;
    scratch.clock.advance(UNDER_WAY_SECONDS + 1);
    let visit = scratch.visit(None).await;
    for attempt in &attempts {
        let event = events::of_visit(realm, &visit, "sign_in.failed", None);
        throttle::failed(realm, attempt, &event).await.unwrap();
    }
    let refused = throttle::password(realm, &visit, ADA, None).await;
    assert!(matches!(refused, Err(Error::Wait { .. })), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w8_e2_of_attempts_at_once_ten_are_admitted_whatever_becomes_of_them() {
    let scratch = Scratch::with_factor("optional").await;
    let realm = &scratch.realm;
    let visit = scratch.visit(None).await;
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..40 {
        let (realm, visit) = (realm.clone(), visit.clone());
        tasks.spawn(async move {
            let Ok(attempt) = throttle::password(&realm, &visit, ADA, None).await else { return (0, 0) };
            if n % 2 == 0 {
                throttle::take_back(&realm, &attempt).await;
                return (1, 0);
            }
            let event = events::of_visit(&realm, &visit, "sign_in.failed", None);
            throttle::failed(&realm, &attempt, &event).await.unwrap();
            (0, 1)
        });
    }
    let (_, failed) =
        tasks.join_all().await.into_iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    assert!(failed <= 10, "{failed} failures");
    let (failures, under_way) = counted(&scratch).await;
    // the source counts failures; address and account count the seconds of each
    assert_eq!((failures, under_way), (failed * (1 + 30 + 12), 0));
}

#[tokio::test]
async fn w9_h9_a_success_ends_what_was_run_up_here_and_an_operator_ends_all() {
    let scratch = Scratch::with_factor("optional").await;
    scratch.account(ADA).await;
    let visit = scratch.visit(None).await;
    for _ in 0..9 {
        assert!(matches!(scratch.try_password(&visit, (ADA, "wrong")).await, Ok(Outcome::Wrong)));
    }
    let cookie = scratch.signed_in(&visit, ADA).await;
    let known = scratch.visit_of(Some(&visit.browser), Some(&cookie)).await;
    let stranger = scratch.visit(None).await;
    for _ in 0..10 {
        assert!(matches!(scratch.try_password(&stranger, (ADA, "wrong")).await, Ok(Outcome::Wrong)));
    }
    assert!(matches!(scratch.try_password(&stranger, (ADA, PASSWORD)).await, Err(Error::Wait { .. })));
    scratch.signed_in(&known, ADA).await;
    scratch.signed_in(&stranger, ADA).await;
    for _ in 0..10 {
        let visit = scratch.visit(None).await;
        scratch.try_password(&visit, (ADA, "wrong")).await.ok();
    }
    accounts::unlock(&scratch.realm, ADA).await.unwrap();
    scratch.signed_in(&scratch.visit(None).await, ADA).await;
}
