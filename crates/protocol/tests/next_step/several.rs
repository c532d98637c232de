//! The next step in a browser with several accounts (ACC-14).

use protocol::{
    acr::PWD,
    authorize::{Beside, Facts, Other, SessionFacts, Step, named, next_step, silent},
    catalogue,
    scope::Scope,
};

use crate::{NOW, common::scope, facts, request, session};

#[test]
fn acc14_a_request_names_an_account_by_its_subject_or_its_address() {
    let others = [
        Other { user_id: "u-2", email: "grace@example.com" },
        Other { user_id: "u-3", email: "Linus@example.com" },
    ];
    let (plain, hinted) = (request(&[]), |hint| request(&[("login_hint", hint)]));
    assert_eq!(named(&plain, None, Some("u-1"), &others), None);
    assert_eq!(named(&plain, Some("u-3"), Some("u-1"), &others), Some(1));
    assert_eq!(named(&plain, Some("u-2"), None, &others), Some(0));
    assert_eq!(named(&plain, Some("u-1"), Some("u-1"), &others), None, "it is in use");
    assert_eq!(named(&plain, Some("u-9"), Some("u-1"), &others), None);
    assert_eq!(named(&hinted("linus@EXAMPLE.com"), None, Some("u-1"), &others), Some(1));
    assert_eq!(named(&hinted("ada@example.com"), None, Some("u-1"), &others), None);
    assert_eq!(named(&hinted("grace@example.com.evil.example"), None, Some("u-1"), &others), None);
    // a subject says more than an address
    assert_eq!(named(&hinted("grace@example.com"), Some("u-3"), Some("u-1"), &others), Some(1));
    assert_eq!(named(&hinted("grace@example.com"), Some("u-1"), Some("u-1"), &others), None);
    assert_eq!(named(&hinted("grace@example.com"), None, Some("u-1"), &[]), None);
}

#[test]
fn acc14_the_account_in_use_counts_silently_among_several() {
    let (session, consented) = (session(&[PWD], false), scope("openid email"));
    let several = Facts { beside: Beside::Somebody, ..facts(Some(&session), &consented) };
    for change in [("state", "s"), ("login_hint", "nobody@example.com"), ("prompt", "none")] {
        assert_eq!(next_step(&request(&[change]), &several), Step::Done, "{change:?}");
    }
    // another person than the hint's never answers
    let elsewhere = Facts { hint_subject: Some("u-9"), ..several };
    assert_eq!(next_step(&request(&[]), &elsewhere), Step::SignIn);
}

#[test]
fn acc14_no_account_takes_the_place_of_the_one_in_use_unasked() {
    let consented = scope("openid email");
    let nobody = facts(None, &consented);
    let several = Facts { beside: Beside::Somebody, ..nobody };
    assert_eq!(next_step(&request(&[]), &nobody), Step::SignIn);
    assert_eq!(next_step(&request(&[]), &several), Step::SelectAccount);
    assert_eq!(next_step(&request(&[("max_age", "60")]), &several), Step::SelectAccount);
    assert_eq!(next_step(&request(&[("prompt", "select_account")]), &several), Step::SelectAccount);
    // what begins with a new sign-in, or is about somebody else, is about none of them
    for change in [("prompt", "login"), ("max_age", "0"), ("login_hint", "nobody@example.com")] {
        assert_eq!(next_step(&request(&[change]), &several), Step::SignIn, "{change:?}");
    }
    let elsewhere = Facts { hint_subject: Some("u-9"), ..several };
    assert_eq!(next_step(&request(&[]), &elsewhere), Step::SignIn);
    let named = Facts { beside: Beside::Named, ..elsewhere };
    assert_eq!(next_step(&request(&[]), &named), Step::SelectAccount);
    let none = request(&[("prompt", "none")]);
    let silently = |facts| silent(&none, next_step(&none, facts));
    assert_eq!(silently(&several), Err(catalogue::ACCOUNT_SELECTION_REQUIRED));
    assert_eq!(silently(&elsewhere), Err(catalogue::LOGIN_REQUIRED));
}

#[test]
fn acc14_an_account_that_the_request_names_is_chosen_before_anything_is_judged() {
    let old = SessionFacts { auth_time: NOW - 5_000, ..session(&[PWD], true) };
    let nothing = Scope::default();
    let beside = |beside| Facts { beside, ..facts(Some(&old), &nothing) };
    assert_eq!(next_step(&request(&[("max_age", "60")]), &beside(Beside::Named)), Step::SelectAccount);
    assert_eq!(next_step(&request(&[]), &beside(Beside::Named)), Step::SelectAccount);
    assert_eq!(next_step(&request(&[]), &beside(Beside::Somebody)), Step::SecondFactor);
    let select = request(&[("prompt", "select_account"), ("max_age", "60")]);
    assert_eq!(next_step(&select, &beside(Beside::Somebody)), Step::SelectAccount);
    assert_eq!(next_step(&select, &beside(Beside::Nobody)), Step::SignIn);
    // choosing is no sign-in: the age of the chosen one's own counts
    let chosen = Facts { selected_here: true, ..beside(Beside::Somebody) };
    assert_eq!(next_step(&select, &chosen), Step::SignIn);
    let chosen = Facts { selected_here: true, ..beside(Beside::Named) };
    assert_eq!(next_step(&request(&[]), &chosen), Step::SecondFactor, "what the person chose counts");
    let login = request(&[("prompt", "login")]);
    assert_eq!(next_step(&login, &beside(Beside::Named)), Step::SignIn);
}
