//! The second factor beside other people's attempts at it, and seeds that were shown and not confirmed (MF2, MF3).

use idp::{
    authn::throttle::Bucket,
    flow::{
        Error, accounts,
        enrol::{self, Outcome as Enrolled},
        second_factor::{self, Code, Outcome},
    },
    session::Visit,
};

use crate::harness::{Scratch, in_session};

pub const ADA: &str = "ada@example.com";

/// An account with a confirmed factor: the browser in which that was done, and the seed.
pub async fn enrolled(scratch: &Scratch) -> (String, String) {
    scratch.account(ADA).await;
    let visit = in_session(scratch, None).await;
    let session = visit.session.clone().unwrap();
    let seed = enrol::begin(&scratch.realm, &session).await.unwrap().grouped();
    let done = enrol::confirm(&scratch.realm, &visit, &session, &scratch.code(&seed), "/").await.unwrap();
    assert!(matches!(done, Enrolled::Confirmed { .. }));
    scratch.clock.advance(60);
    (visit.browser, seed)
}

async fn try_code(scratch: &Scratch, visit: &Visit, code: &str) -> Result<Outcome, Error> {
    second_factor::check(&scratch.realm, visit, Code::Totp(code), "/").await
}

/// Tries wrong codes, each in a new browser that has the right password, until nothing but help ends the wait.
async fn guess_for_good(scratch: &Scratch) -> usize {
    let mut wrong = 0;
    loop {
        let visit = in_session(scratch, None).await;
        match try_code(scratch, &visit, "000000").await {
            Ok(Outcome::Wrong) => wrong += 1,
            Err(Error::Wait { until: i64::MAX }) => return wrong,
            Err(Error::Wait { until }) => scratch.clock.advance(until - scratch.realm.now()),
            _ => panic!("neither wrong nor waiting"),
        }
    }
}

#[tokio::test]
async fn mf3_whoever_has_the_password_only_has_a_hundred_codes_and_holds_the_owner_nowhere_they_came_in() {
    let scratch = Scratch::with_factor("optional").await;
    let (browser, seed) = enrolled(&scratch).await;
    assert_eq!(guess_for_good(&scratch).await, 100, "however many browsers they have");
    let stranger = in_session(&scratch, None).await;
    let locked = try_code(&scratch, &stranger, &scratch.code(&seed)).await;
    assert!(matches!(locked, Err(Error::Wait { until: i64::MAX })), "the right code too");
    let owner = in_session(&scratch, Some(&browser)).await;
    let proved = try_code(&scratch, &owner, &scratch.code(&seed)).await;
    assert!(matches!(proved, Ok(Outcome::Proved(_))), "at once");
    let stranger = in_session(&scratch, None).await;
    assert!(matches!(try_code(&scratch, &stranger, "000000").await, Err(Error::Wait { until: i64::MAX })));
    accounts::unlock(&scratch.realm, ADA).await.unwrap();
    scratch.clock.advance(60);
    let proved = try_code(&scratch, &stranger, &scratch.code(&seed)).await;
    assert!(matches!(proved, Ok(Outcome::Proved(_))), "an operator lets new browsers in again");
}

#[tokio::test]
async fn mf3_five_wrong_codes_in_a_minute_and_a_minute_is_the_owners_longest_wait() {
    let scratch = Scratch::with_factor("optional").await;
    let (_, seed) = enrolled(&scratch).await;
    for _ in 0..5 {
        let visit = in_session(&scratch, None).await;
        assert!(matches!(try_code(&scratch, &visit, "000000").await, Ok(Outcome::Wrong)));
    }
    let visit = in_session(&scratch, None).await;
    let until = scratch.realm.now() + 60;
    let waits = try_code(&scratch, &visit, &scratch.code(&seed)).await;
    assert!(matches!(waits, Err(Error::Wait { until: at }) if at == until), "{:?}", Bucket::SecondFactor);
    scratch.clock.advance(60);
    let proved = try_code(&scratch, &visit, &scratch.code(&seed)).await;
    assert!(matches!(proved, Ok(Outcome::Proved(_))));
}

#[tokio::test]
async fn mf3_wrong_codes_in_the_owners_browser_are_bounded_too() {
    let scratch = Scratch::with_factor("optional").await;
    let (browser, _) = enrolled(&scratch).await;
    let visit = in_session(&scratch, Some(&browser)).await;
    for _ in 0..5 {
        assert!(matches!(try_code(&scratch, &visit, "000000").await, Ok(Outcome::Wrong)));
    }
    assert!(matches!(try_code(&scratch, &visit, "000000").await, Err(Error::Wait { .. })));
}

#[tokio::test]
async fn e2_a_code_whose_success_can_not_be_written_is_nobodys_failure_and_still_good() {
    let scratch = Scratch::with_factor("optional").await;
    let (browser, seed) = enrolled(&scratch).await;
    let facts = &scratch.realm.store.facts;
    let visit = in_session(&scratch, Some(&browser)).await;
    database::sql("ALTER TABLE audit_events RENAME TO elsewhere").run(facts).await.unwrap();
    for _ in 0..8 {
        let failed = try_code(&scratch, &visit, &scratch.code(&seed)).await;
        assert!(matches!(failed, Err(Error::Internal(_) | Error::Unavailable(_))));
    }
    database::sql("ALTER TABLE elsewhere RENAME TO audit_events").run(facts).await.unwrap();
    let proved = try_code(&scratch, &visit, &scratch.code(&seed)).await;
    assert!(matches!(proved, Ok(Outcome::Proved(_))));
}

#[tokio::test]
async fn mf2_a_seed_that_was_shown_before_a_sign_in_is_not_the_one_that_is_shown_after_it() {
    let scratch = Scratch::with_factor("optional").await;
    let realm = &scratch.realm;
    scratch.account(ADA).await;
    let before = in_session(&scratch, None).await;
    let shown = |visit: &Visit| visit.session.clone().unwrap();
    let seen = enrol::begin(realm, &shown(&before)).await.unwrap().grouped();
    let again = enrol::begin(realm, &shown(&before)).await.unwrap().grouped();
    assert_eq!(seen, again, "reloading the page");
    let cookie = scratch.signed_in(&before, ADA).await;
    let after = scratch.visit_of(Some(&before.browser), Some(&cookie)).await;
    assert_eq!(shown(&after).sid, shown(&before).sid, "the same session goes on");
    let fresh = enrol::begin(realm, &shown(&after)).await.unwrap().grouped();
    assert_ne!(seen, fresh);
    let old = enrol::confirm(realm, &after, &shown(&after), &scratch.code(&seen), "/").await.unwrap();
    assert!(matches!(old, Enrolled::Wrong));
    let new = enrol::confirm(realm, &after, &shown(&after), &scratch.code(&fresh), "/").await.unwrap();
    assert!(matches!(new, Enrolled::Confirmed { .. }));
}
