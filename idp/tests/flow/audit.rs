//! What the use cases add to the audit trail (E3).

use database::{record, sql};
use idp::flow::{
    Error, accounts,
    enrol::{self, Outcome as Enrolled},
    new_account::{Filled, Form},
    second_factor::{self, Code, Outcome as Checked},
    setup,
    sign_in::Outcome,
};

use crate::harness::{PASSWORD, Scratch};

const ADA: &str = "ada@example.com";

record! { struct Row { id: String, kind: String } }

/// What the trail has told so far.
#[derive(Default)]
struct Trail(Vec<String>);

impl Trail {
    /// The kinds of the events since the last look, sorted.
    async fn news(&mut self, scratch: &Scratch) -> Vec<String> {
        let rows: Vec<Row> =
            sql("SELECT id, kind FROM audit_events").all(&scratch.realm.store.facts).await.unwrap();
        let mut kinds = Vec::new();
        for row in rows {
            if !self.0.contains(&row.id) {
                self.0.push(row.id);
                kinds.push(row.kind);
            }
        }
        kinds.sort();
        kinds
    }
}

async fn with_password(scratch: &Scratch, password: &str) -> Result<Outcome, Error> {
    let visit = scratch.visit(None).await;
    scratch.try_password(&visit, (ADA, password)).await
}

/// Signs in with the right password; the answer is the session's cookie.
async fn entered(scratch: &Scratch) -> String {
    scratch.signed_in(&scratch.visit(None).await, ADA).await
}

fn code(seed: &str, scratch: &Scratch) -> String {
    scratch.code(seed)
}

#[tokio::test]
async fn e3_a_password_that_is_enough_is_a_sign_in_and_wrong_ones_and_waits_are_told() {
    let scratch = Scratch::with_factor("optional").await;
    let mut trail = Trail::default();
    scratch.account(ADA).await;
    assert_eq!(trail.news(&scratch).await, ["account.added"]);
    entered(&scratch).await;
    assert_eq!(trail.news(&scratch).await, ["password.accepted", "sign_in.succeeded"]);
    for _ in 0..10 {
        assert!(matches!(with_password(&scratch, "wrong").await, Ok(Outcome::Wrong)));
    }
    assert_eq!(trail.news(&scratch).await, ["sign_in.failed"; 10]);
    assert!(matches!(with_password(&scratch, PASSWORD).await, Err(Error::Wait { .. })));
    assert_eq!(trail.news(&scratch).await, ["sign_in.throttled"]);
    // Q2: a wait is one event, however often somebody tries
    for _ in 0..3 {
        assert!(matches!(with_password(&scratch, "wrong").await, Err(Error::Wait { .. })));
    }
    assert!(trail.news(&scratch).await.is_empty());
    scratch.clock.advance(30);
    assert!(matches!(with_password(&scratch, "wrong").await, Ok(Outcome::Wrong)));
    assert!(matches!(with_password(&scratch, "wrong").await, Err(Error::Wait { .. })));
    assert_eq!(
        trail.news(&scratch).await,
        ["sign_in.failed", "sign_in.throttled"],
        "the next wait is another one"
    );
}

#[tokio::test]
async fn e3_with_an_enrolled_factor_the_password_is_accepted_and_the_code_signs_in() {
    let scratch = Scratch::with_factor("optional").await;
    let realm = &scratch.realm;
    scratch.account(ADA).await;
    let visit = scratch.visit(Some(&entered(&scratch).await)).await;
    let session = visit.session.clone().unwrap();
    let mut trail = Trail::default();
    trail.news(&scratch).await;

    let seed = enrol::begin(realm, &session).await.unwrap().grouped();
    let wrong = enrol::confirm(realm, &visit, &session, "000000", "/").await.unwrap();
    assert!(matches!(wrong, Enrolled::Wrong));
    assert_eq!(trail.news(&scratch).await, ["factor.confirmation_failed"]);
    let right = code(&seed, &scratch);
    let done = enrol::confirm(realm, &visit, &session, &right, "/").await.unwrap();
    assert!(matches!(done, Enrolled::Confirmed { .. }));
    assert_eq!(trail.news(&scratch).await, ["factor.totp_enrolled"], "they were signed in before");

    scratch.clock.advance(60);
    let visit = scratch.visit(Some(&entered(&scratch).await)).await;
    assert_eq!(trail.news(&scratch).await, ["password.accepted"]);
    let wrong = second_factor::check(realm, &visit, Code::Totp("000000"), "/").await.unwrap();
    assert!(matches!(wrong, Checked::Wrong));
    assert_eq!(trail.news(&scratch).await, ["second_factor.failed"]);
    let right = code(&seed, &scratch);
    let proved = second_factor::check(realm, &visit, Code::Totp(&right), "/").await.unwrap();
    assert!(matches!(proved, Checked::Proved(_)));
    assert_eq!(trail.news(&scratch).await, ["second_factor.totp", "sign_in.succeeded"]);
}

#[tokio::test]
async fn e3_where_a_factor_is_required_the_password_alone_is_no_sign_in() {
    let scratch = Scratch::with_factor("required").await;
    scratch.account(ADA).await;
    let mut trail = Trail::default();
    trail.news(&scratch).await;
    entered(&scratch).await;
    assert_eq!(trail.news(&scratch).await, ["password.accepted"]);
}

/// Goes behind a setup link up to its page with the seed; the answer is the seed.
async fn begun(scratch: &Scratch, visit: &idp::session::Visit, token: &str) -> String {
    let form = Form { email: ADA, claims: &[Filled::name("Ada")], password: PASSWORD, language: None };
    let turn = scratch.realm.hasher.queue.turn().await.unwrap();
    let begun = setup::begin(&scratch.realm, visit, token, form, turn).await.unwrap();
    assert!(matches!(begun, setup::Begun::Factor), "{begun:?}");
    let seed = setup::waiting(&scratch.realm, visit, token).await.unwrap().unwrap().seed;
    seed.grouped()
}

#[tokio::test]
async fn e3_a_set_up_and_a_reset_tell_every_step_and_every_wrong_code() {
    let scratch = Scratch::with_factor("required").await;
    let realm = &scratch.realm;
    let mut trail = Trail::default();
    let made = setup::issue_link(realm, "member", 3600).await.unwrap();
    assert_eq!(trail.news(&scratch).await, ["setup_link.issued"]);
    for (round, happened) in ["account.set_up", "account.recovered"].into_iter().enumerate() {
        let link = if round == 0 {
            made.clone()
        } else {
            let link = accounts::reset_factors(realm, ADA, 3600).await.unwrap().unwrap();
            assert_eq!(trail.news(&scratch).await, ["account.factors_reset", "session.ended"]);
            link
        };
        let token = link.rsplit('/').next().unwrap();
        let visit = scratch.visit(None).await;
        let seed = begun(&scratch, &visit, token).await;
        for _ in 0..5 {
            let wrong = setup::confirm(realm, &visit, token, "000000").await.unwrap();
            assert!(matches!(wrong, Enrolled::Wrong));
        }
        assert_eq!(trail.news(&scratch).await, ["factor.confirmation_failed"; 5]);
        let waits = setup::confirm(realm, &visit, token, "000000").await;
        assert!(matches!(waits, Err(Error::Wait { .. })));
        assert_eq!(trail.news(&scratch).await, ["second_factor.throttled"]);
        scratch.clock.advance(60);
        let right = code(&seed, &scratch);
        let done = setup::confirm(realm, &visit, token, &right).await.unwrap();
        assert!(matches!(done, Enrolled::Confirmed { .. }));
        assert_eq!(trail.news(&scratch).await, [happened, "sign_in.succeeded"]);
    }
}
