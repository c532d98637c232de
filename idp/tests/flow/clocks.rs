//! A clock that was ahead and was put right: nobody is locked out, and no protection stays off (Q4).

use std::sync::Arc;

use clock::{Clock, SystemClock, random::OsRandom};
use database::sql;
use idp::{
    flow::{
        account::{self, Access},
        clocks::{self, Finding},
        end_all,
        second_factor::{self, Code, Outcome},
    },
    realm::Realm,
    store::not_before,
};

use crate::{
    factors::{ADA, enrolled},
    harness::{Scratch, in_session},
};

const AHEAD: i64 = 2 * 3600;

async fn has_a_session(scratch: &Scratch, browser: &str, cookie: &str) -> bool {
    scratch.visit_of(Some(browser), Some(cookie)).await.session.is_some()
}

/// Whether a page that needs a sign-in of the last five minutes opens.
async fn is_fresh(realm: &Realm, visit: &idp::session::Visit) -> bool {
    let access = account::access(realm, visit, "/account", Some(300)).await.unwrap();
    matches!(access, Access::Granted(_))
}

#[tokio::test]
async fn q4_a_factor_that_was_set_up_two_hours_ahead_works_as_soon_as_the_clock_is_right() {
    let scratch = Scratch::with_factor("optional").await;
    scratch.clock.advance(AHEAD);
    let (browser, seed) = enrolled(&scratch).await;
    scratch.clock.advance(-AHEAD);
    let visit = in_session(&scratch, Some(&browser)).await;
    let code = scratch.code(&seed);
    let check =
        async |visit| second_factor::check(&scratch.realm, visit, Code::Totp(code.as_str()), "/").await;
    assert!(matches!(check(&visit).await, Ok(Outcome::Proved(_))));
    let again = in_session(&scratch, Some(&browser)).await;
    assert!(matches!(check(&again).await, Ok(Outcome::Wrong)), "used up like any other");
}

#[tokio::test]
async fn q4_a_wait_that_was_run_up_two_hours_ahead_is_over() {
    let scratch = Scratch::with_factor("optional").await;
    scratch.account(ADA).await;
    scratch.clock.advance(AHEAD);
    for _ in 0..11 {
        scratch.try_password(&scratch.visit(None).await, (ADA, "wrong")).await.ok();
    }
    scratch.clock.advance(-AHEAD);
    scratch.signed_in(&scratch.visit(None).await, ADA).await;
}

#[tokio::test]
async fn q4_a_session_that_was_signed_in_to_two_hours_ahead_goes_on_and_is_not_fresh() {
    let scratch = Scratch::with_factor("optional").await;
    scratch.account(ADA).await;
    scratch.clock.advance(AHEAD);
    let visit = scratch.visit(None).await;
    let cookie = scratch.signed_in(&visit, ADA).await;
    scratch.clock.advance(-AHEAD);
    let visit = scratch.visit_of(Some(&visit.browser), Some(&cookie)).await;
    assert!(visit.session.is_some());
    assert!(!is_fresh(&scratch.realm, &visit).await);
    let renewed = scratch.signed_in(&visit, ADA).await;
    let visit = scratch.visit_of(Some(&visit.browser), Some(&renewed)).await;
    assert!(is_fresh(&scratch.realm, &visit).await, "after one sign-in");
}

#[tokio::test]
async fn q4_a_session_in_use_two_hours_ahead_ends_by_silence_like_any_other() {
    let scratch = Scratch::with_factor("optional").await;
    scratch.account(ADA).await;
    scratch.clock.advance(AHEAD);
    let visit = scratch.visit(None).await;
    let cookie = scratch.signed_in(&visit, ADA).await;
    scratch.clock.advance(-AHEAD);
    assert!(has_a_session(&scratch, &visit.browser, &cookie).await, "used now, which is noted");
    scratch.clock.advance(3599);
    assert!(has_a_session(&scratch, &visit.browser, &cookie).await);
    scratch.clock.advance(3600);
    assert!(!has_a_session(&scratch, &visit.browser, &cookie).await);
}

#[tokio::test]
async fn q4_p10_a_not_before_of_two_hours_ahead_keeps_nobody_out_and_revives_nothing() {
    let scratch = Scratch::with_factor("optional").await;
    let realm = &scratch.realm;
    scratch.account(ADA).await;
    let visit = scratch.visit(None).await;
    let old = scratch.signed_in(&visit, ADA).await;
    scratch.clock.advance(AHEAD);
    end_all::end_all(realm).await.unwrap();
    scratch.clock.advance(-AHEAD + 1);
    // as if ending everything had been broken off after its first step
    sql("UPDATE sessions SET ended_at = NULL").run(&realm.store.facts).await.unwrap();
    let locked_out = scratch.visit(None).await;
    let cookie = scratch.signed_in(&locked_out, ADA).await;
    assert!(!has_a_session(&scratch, &locked_out.browser, &cookie).await);
    clocks::check(realm).await.unwrap();
    assert_eq!(not_before::get(&realm.store.facts).await.unwrap(), realm.now() - 1);
    let owner = scratch.visit(None).await;
    let new = scratch.signed_in(&owner, ADA).await;
    assert!(has_a_session(&scratch, &owner.browser, &new).await);
    for (browser, dead) in [(&visit.browser, &old), (&locked_out.browser, &cookie)] {
        assert!(!has_a_session(&scratch, browser, dead).await);
    }
    clocks::check(realm).await.unwrap();
    assert!(has_a_session(&scratch, &owner.browser, &new).await, "once is enough");
}

#[tokio::test]
async fn q4_times_that_are_ahead_of_the_clock_are_told() {
    let scratch = Scratch::with_factor("optional").await;
    let realm = &scratch.realm;
    scratch.account(ADA).await;
    assert_eq!(clocks::compare(realm).await.unwrap(), Finding::Sound);
    scratch.clock.advance(-60);
    assert_eq!(clocks::compare(realm).await.unwrap(), Finding::Sound, "within the leeway");
    scratch.clock.advance(-AHEAD + 60);
    let finding = clocks::compare(realm).await.unwrap();
    assert_eq!(finding, Finding::Behind(AHEAD));
    assert!(finding.text().unwrap().contains("7200 s"));
    assert!(Finding::Apart(90).text().unwrap().contains("90 s ahead"));
    assert!(Finding::Apart(-90).text().unwrap().contains("90 s behind"));
    assert_eq!(Finding::Sound.text(), None);
}

/// The time of the world, wrong by so many seconds.
#[derive(Debug)]
struct Wrong(i64);

impl Clock for Wrong {
    fn now(&self) -> i64 {
        SystemClock.now() + self.0
    }

    fn elapsed(&self) -> i64 {
        SystemClock.elapsed()
    }
}

#[tokio::test]
async fn q4_a_clock_that_is_more_than_a_minute_from_the_servers_is_told_and_lowers_nothing() {
    let scratch = Scratch::with_factor("optional").await;
    if scratch.realm.store.facts.clock().await.unwrap().is_none() {
        return; // a file has no clock
    }
    for (wrong, apart) in [(0, false), (30, false), (-30, false), (7200, true), (-7200, true)] {
        let config = scratch.realm.config.clone();
        let realm = Realm::open(config, Arc::new(Wrong(wrong)), Arc::new(OsRandom)).await.unwrap();
        let ahead = realm.now() + 7200;
        sql("UPDATE realm_state SET not_before = $1").bind(ahead).run(&realm.store.facts).await.unwrap();
        let finding = clocks::check(&realm).await.unwrap();
        let reported = matches!(finding, Finding::Apart(seconds) if (seconds - wrong).abs() < 30);
        assert_eq!((reported, finding == Finding::Sound), (apart, !apart), "{wrong}: {finding:?}");
        let lowered = not_before::get(&realm.store.facts).await.unwrap() < ahead;
        assert_eq!(lowered, !apart, "{wrong}");
    }
}
