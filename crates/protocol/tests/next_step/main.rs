//! The next step of an authorization, from the request and the facts.

#![cfg(test)]

#[path = "../common/mod.rs"]
mod common;
mod several;

use common::{client, scope};
use protocol::{
    acr::{ATTESTED, Amr, HWK, MFA, MULTI, OTP, PWD, SINGLE, SWK, USER},
    authorize::{
        self, AuthorizationRequest, Beside, Enrolled, FactorPolicy, Facts, Offer, SessionFacts, Step,
        next_step, silent,
    },
    catalogue,
    error::ErrorCode,
    params::Params,
    resource::Resources,
    scope::Scope,
};

const NOW: i64 = 10_000;

fn request(changes: &[(&str, &str)]) -> AuthorizationRequest {
    let base = [
        ("client_id", "app"),
        ("redirect_uri", "https://app.example/cb"),
        ("response_type", "code"),
        ("scope", "openid email"),
        ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
        ("code_challenge_method", "S256"),
    ];
    let params: Params = base.iter().chain(changes).copied().collect();
    let realm = scope("openid profile email");
    authorize::request(&params, Some(&client()), &Offer { scopes: &realm, resources: &Resources::default() })
        .unwrap()
}

fn session(methods: &[&str], enrolled: bool) -> SessionFacts {
    SessionFacts {
        user_id: "u-1".into(),
        auth_time: NOW - 100,
        amr: methods.iter().copied().collect::<Amr>(),
        enrolled: Enrolled { app: enrolled, ..Enrolled::default() },
        factor: FactorPolicy::Optional,
        trusted_browser: false,
    }
}

/// A password session without second factor, consent remembered, nothing done in this interaction.
fn facts<'a>(session: Option<&'a SessionFacts>, consented: &'a Scope) -> Facts<'a> {
    Facts {
        now: NOW,
        session,
        beside: Beside::Nobody,
        consented,
        first_party: false,
        client_assured: true,
        enrols_at_sign_in: false,
        hint_subject: None,
        authenticated_here: false,
        consented_here: false,
        selected_here: false,
    }
}

#[test]
fn auth6_a_session_and_remembered_consent_are_enough() {
    let (session, consented) = (session(&[PWD], false), scope("openid email profile"));
    assert_eq!(next_step(&request(&[]), &facts(Some(&session), &consented)), Step::Done);
    assert_eq!(next_step(&request(&[("max_age", "10000")]), &facts(Some(&session), &consented)), Step::Done);
    assert_eq!(next_step(&request(&[]), &facts(None, &consented)), Step::SignIn);
}

#[test]
fn a12_login_and_a_passed_max_age_force_a_sign_in_once() {
    let (session, consented) = (session(&[PWD], false), scope("openid email"));
    let base = facts(Some(&session), &consented);
    for change in [("prompt", "login"), ("max_age", "0"), ("max_age", "99")] {
        assert_eq!(next_step(&request(&[change]), &base), Step::SignIn, "{change:?}");
        let after = Facts { authenticated_here: true, ..base };
        assert_eq!(next_step(&request(&[change]), &after), Step::Done, "{change:?}");
    }
    assert_eq!(next_step(&request(&[("max_age", "100")]), &base), Step::Done);
    let clock_went_back = Facts { now: 0, ..base };
    assert_eq!(next_step(&request(&[("max_age", "0")]), &clock_went_back), Step::SignIn);
}

#[test]
fn a12_a_sign_in_of_this_interaction_is_asked_for_again_when_it_grew_too_old() {
    let consented = scope("openid email");
    let step = |max_age: &str, age: i64| {
        let session = SessionFacts { auth_time: NOW - age, ..session(&[PWD], false) };
        let facts = Facts { authenticated_here: true, ..facts(Some(&session), &consented) };
        next_step(&request(&[("max_age", max_age), ("prompt", "login")]), &facts)
    };
    for (max_age, longest) in [("0", 120), ("30", 120), ("120", 120), ("300", 300)] {
        assert_eq!(step(max_age, longest), Step::Done, "{max_age}");
        assert_eq!(step(max_age, longest + 1), Step::SignIn, "{max_age}");
    }
}

#[test]
fn auth8_a_hint_at_another_user_asks_for_a_sign_in() {
    let (session, consented) = (session(&[PWD], false), scope("openid email"));
    let hinted = |hint| Facts { hint_subject: Some(hint), ..facts(Some(&session), &consented) };
    assert_eq!(next_step(&request(&[]), &hinted("u-1")), Step::Done);
    assert_eq!(next_step(&request(&[]), &hinted("u-2")), Step::SignIn);
}

#[test]
fn select_account_and_create_are_satisfied_once() {
    let (session, consented) = (session(&[PWD], false), scope("openid email"));
    let base = facts(Some(&session), &consented);
    let select = request(&[("prompt", "select_account")]);
    assert_eq!(next_step(&select, &base), Step::SelectAccount);
    assert_eq!(next_step(&select, &Facts { selected_here: true, ..base }), Step::Done);
    assert_eq!(next_step(&select, &Facts { authenticated_here: true, ..base }), Step::Done);
    let create = request(&[("prompt", "create")]);
    assert_eq!(next_step(&create, &Facts { session: None, ..base }), Step::Register);
    assert_eq!(next_step(&create, &base), Step::Register);
    assert_eq!(next_step(&create, &Facts { authenticated_here: true, ..base }), Step::Done);
}

#[test]
fn rfc8252_nobody_gets_a_code_unseen_who_may_not_be_the_client() {
    let (session, consented) = (session(&[PWD], false), scope("openid email"));
    let theirs = Facts { client_assured: false, ..facts(Some(&session), &consented) };
    let ours = Facts { first_party: true, ..theirs };
    let silently = request(&[("prompt", "none")]);
    for (facts, step) in [(theirs, Step::Consent), (ours, Step::SelectAccount)] {
        assert_eq!(next_step(&request(&[]), &facts), step, "however often it was agreed to");
        assert!(silent(&silently, next_step(&silently, &facts)).is_err());
    }
    let agreed = Facts { consented_here: true, ..theirs };
    let chosen = Facts { selected_here: true, ..ours };
    let signed_in = Facts { authenticated_here: true, ..ours };
    let after_all = Facts { authenticated_here: true, ..theirs };
    for seen in [agreed, chosen, signed_in, after_all] {
        assert_eq!(next_step(&request(&[]), &seen), Step::Done);
    }
}

#[test]
fn mf6_no_code_without_the_second_factor_in_this_session() {
    let consented = scope("openid email");
    for (methods, enrolled, policy, step) in [
        (&[PWD][..], false, FactorPolicy::Optional, Step::Done),
        (&[PWD], true, FactorPolicy::Optional, Step::SecondFactor),
        (&[PWD], true, FactorPolicy::Required, Step::SecondFactor),
        (&[PWD], false, FactorPolicy::Required, Step::NotEnrolled),
        (&[PWD, OTP, MFA], true, FactorPolicy::Required, Step::Done),
        (&[PWD, OTP, MFA], true, FactorPolicy::Optional, Step::Done),
    ] {
        let session = SessionFacts { factor: policy, ..session(methods, enrolled) };
        for here in [false, true] {
            let facts = Facts {
                first_party: true,
                authenticated_here: here,
                consented_here: here,
                selected_here: here,
                ..facts(Some(&session), &consented)
            };
            assert_eq!(next_step(&request(&[]), &facts), step, "{methods:?} {enrolled} {policy:?}");
            assert_eq!(next_step(&request(&[("acr_values", protocol::acr::MULTI)]), &facts), step);
            // setting one up is offered to whoever has none, and replaces no proof
            let step = if step == Step::NotEnrolled { Step::Enrol } else { step };
            let facts = Facts { enrols_at_sign_in: true, ..facts };
            assert_eq!(next_step(&request(&[]), &facts), step, "{methods:?} {enrolled} {policy:?}");
        }
    }
}

#[test]
fn mf9_where_a_passkey_is_demanded_an_app_leads_to_making_one_and_no_further() {
    let consented = scope("openid email");
    let (app, both) = (
        Enrolled { app: true, ..Enrolled::default() },
        Enrolled { app: true, passkey: true, hardware: false },
    );
    for (methods, enrolled, customers, staff) in [
        (&[PWD][..], Enrolled::default(), Step::Enrol, Step::NotEnrolled),
        (&[PWD], app, Step::SecondFactor, Step::NotEnrolled),
        (&[PWD, OTP, MFA], app, Step::Enrol, Step::NotEnrolled),
        (&[PWD], both, Step::Passkey, Step::Passkey),
        (&[PWD, OTP, MFA], both, Step::Passkey, Step::Passkey),
        (&[HWK, USER, MFA], both, Step::Done, Step::Done),
        (&["fed", MFA], Enrolled::default(), Step::Enrol, Step::NotEnrolled),
        (&["fed", MFA], both, Step::Passkey, Step::Passkey),
    ] {
        let session = SessionFacts {
            enrolled,
            factor: FactorPolicy::PhishingResistant,
            trusted_browser: true,
            ..session(methods, false)
        };
        for (enrols_at_sign_in, step) in [(true, customers), (false, staff)] {
            for asked in [None, Some(("acr_values", MULTI)), Some(("acr_values", "phr"))] {
                let facts = Facts {
                    enrols_at_sign_in,
                    authenticated_here: true,
                    ..facts(Some(&session), &consented)
                };
                assert_eq!(next_step(&request(asked.as_slice()), &facts), step, "{methods:?} {enrolled:?}");
            }
        }
    }
}

#[test]
fn mf5_a_factor_is_set_up_right_after_a_sign_in_only() {
    let consented = scope("openid email");
    for (age, here, step) in [
        (300, false, Step::Enrol),
        (301, false, Step::SignIn),
        (301, true, Step::Enrol),
        (-3600, false, Step::SignIn),
    ] {
        let session =
            SessionFacts { auth_time: NOW - age, factor: FactorPolicy::Required, ..session(&[PWD], false) };
        let facts =
            Facts { enrols_at_sign_in: true, authenticated_here: here, ..facts(Some(&session), &consented) };
        assert_eq!(next_step(&request(&[]), &facts), step, "{age} {here}");
    }
}

#[test]
fn i12_a_trusted_browser_is_spared_only_where_nobody_asks_for_more() {
    let consented = scope("openid email");
    let essential = format!(r#"{{"id_token":{{"acr":{{"essential":true,"value":"{MULTI}"}}}}}}"#);
    let trusted = SessionFacts { trusted_browser: true, ..session(&[PWD], true) };
    for (asked, policy, step) in [
        (None, FactorPolicy::Optional, Step::Done),
        (None, FactorPolicy::Required, Step::SecondFactor),
        (Some(("max_age", "3600")), FactorPolicy::Optional, Step::SecondFactor),
        (Some(("prompt", "login")), FactorPolicy::Optional, Step::SecondFactor),
        (Some(("acr_values", MULTI)), FactorPolicy::Optional, Step::SecondFactor),
        (Some(("claims", essential.as_str())), FactorPolicy::Optional, Step::SecondFactor),
    ] {
        let request = request(asked.as_slice());
        let trusted = SessionFacts { factor: policy, ..trusted.clone() };
        let facts = Facts { authenticated_here: true, ..facts(Some(&trusted), &consented) };
        assert_eq!(next_step(&request, &facts), step, "{asked:?} {policy:?}");
        let unknown = SessionFacts { trusted_browser: false, ..trusted.clone() };
        let facts = Facts { session: Some(&unknown), ..facts };
        assert_eq!(next_step(&request, &facts), Step::SecondFactor, "{asked:?} {policy:?}");
    }
}

#[test]
fn a16_consent_is_asked_for_what_was_not_agreed_to() {
    let (session, nothing, all) = (session(&[PWD], false), Scope::default(), scope("openid email"));
    let unconsented = facts(Some(&session), &nothing);
    assert_eq!(next_step(&request(&[]), &unconsented), Step::Consent);
    assert_eq!(next_step(&request(&[]), &Facts { consented_here: true, ..unconsented }), Step::Done);
    assert_eq!(next_step(&request(&[]), &Facts { first_party: true, ..unconsented }), Step::Done);
    let again = request(&[("prompt", "consent")]);
    assert_eq!(next_step(&again, &facts(Some(&session), &all)), Step::Consent);
    assert_eq!(next_step(&again, &Facts { first_party: true, ..unconsented }), Step::Consent);
    assert_eq!(next_step(&again, &Facts { consented_here: true, ..unconsented }), Step::Done);
}

#[test]
fn auth10_a_claim_asked_for_alone_needs_the_consent_of_its_scope() {
    let (session, consented) = (session(&[PWD], false), scope("openid email"));
    let wish = request(&[("claims", r#"{"userinfo":{"name":null}}"#)]);
    assert_eq!(next_step(&wish, &facts(Some(&session), &consented)), Step::Consent);
}

#[test]
fn auth10_an_essential_acr_that_can_not_be_reached_is_a_refusal() {
    let consented = scope("openid email");
    let essential = |acr: &str| {
        let claims = format!(r#"{{"id_token":{{"acr":{{"essential":true,"values":["urn:x","{acr}"]}}}}}}"#);
        request(&[("claims", &claims), ("prompt", "consent")])
    };
    for (methods, enrolled, acr, step) in [
        (&[PWD][..], false, SINGLE, Step::Consent),
        (&[PWD], false, MULTI, Step::Unmet),
        (&[PWD], false, "urn:y", Step::Unmet),
        (&[PWD], true, MULTI, Step::SecondFactor),
        (&[PWD, OTP, MFA], true, MULTI, Step::Consent),
        (&[PWD, OTP, MFA], true, SINGLE, Step::Unmet),
    ] {
        let session = session(methods, enrolled);
        let request = essential(acr);
        assert_eq!(next_step(&request, &facts(Some(&session), &consented)), step, "{methods:?} {acr}");
        assert_eq!(next_step(&request, &facts(None, &consented)), Step::SignIn);
    }
    for prompt in ["none", "login"] {
        assert_eq!(silent(&request(&[("prompt", prompt)]), Step::Unmet), Err(catalogue::ACR_NOT_MET));
    }
    assert_eq!(catalogue::ACR_NOT_MET.code, ErrorCode::UnmetAuthenticationRequirements);
}

#[test]
fn auth9_a_sign_in_that_can_not_be_phished_asks_for_a_passkey_and_nothing_else() {
    let consented = scope("openid email");
    let (none, app, passkey) = (
        Enrolled::default(),
        Enrolled { app: true, ..Enrolled::default() },
        Enrolled { passkey: true, ..Enrolled::default() },
    );
    let both = Enrolled { app: true, passkey: true, hardware: false };
    let attested = Enrolled { passkey: true, hardware: true, ..Enrolled::default() };
    let essential = r#"{"id_token":{"acr":{"essential":true,"value":"phr"}}}"#;
    let hardware = r#"{"id_token":{"acr":{"essential":true,"value":"phrh"}}}"#;
    for (methods, enrolled, asked, step) in [
        (&[PWD][..], passkey, ("acr_values", "phr"), Step::Passkey),
        (&[PWD], both, ("acr_values", "phr"), Step::Passkey),
        (&[PWD, OTP, MFA], both, ("acr_values", "phr"), Step::Passkey),
        (&[PWD], both, ("acr_values", "phr urn:realmkeep:acr:multi-factor"), Step::SecondFactor),
        (&[PWD, OTP, MFA], both, ("acr_values", "phr urn:realmkeep:acr:multi-factor"), Step::Done),
        (&[HWK, USER, MFA], both, ("acr_values", "phr"), Step::Done),
        (&[PWD], none, ("acr_values", "phr"), Step::Done),
        (&[PWD, OTP, MFA], app, ("acr_values", "phr"), Step::Done),
        (&[PWD], passkey, ("claims", essential), Step::Passkey),
        (&[HWK, USER, MFA], passkey, ("claims", essential), Step::Done),
        (&[PWD], passkey, ("acr_values", "phrh"), Step::Done),
        (&[PWD], attested, ("acr_values", "phrh"), Step::HardwarePasskey),
        (&[HWK, USER, MFA], attested, ("acr_values", "phrh"), Step::HardwarePasskey),
        (&[HWK, USER, MFA], attested, ("acr_values", "phrh phr"), Step::Done),
        (&[HWK, ATTESTED, USER, MFA], attested, ("acr_values", "phrh"), Step::Done),
        (&[HWK, ATTESTED, USER, MFA], attested, ("claims", hardware), Step::Done),
        (&[HWK, USER, MFA], passkey, ("claims", hardware), Step::Unmet),
        (&[SWK, ATTESTED, USER, MFA], passkey, ("claims", hardware), Step::Unmet),
        (&[PWD], none, ("claims", essential), Step::Unmet),
        (&[PWD, OTP, MFA], app, ("claims", essential), Step::Unmet),
    ] {
        let session = SessionFacts { enrolled, ..session(methods, false) };
        let request = request(&[asked]);
        assert_eq!(next_step(&request, &facts(Some(&session), &consented)), step, "{methods:?} {asked:?}");
    }
}

#[test]
fn a11_prompt_none_never_shows_a_page() {
    let none = request(&[("prompt", "none")]);
    for (step, code) in [
        (Step::SignIn, ErrorCode::LoginRequired),
        (Step::Register, ErrorCode::LoginRequired),
        (Step::SelectAccount, ErrorCode::AccountSelectionRequired),
        (Step::SecondFactor, ErrorCode::InteractionRequired),
        (Step::Enrol, ErrorCode::InteractionRequired),
        (Step::NotEnrolled, ErrorCode::InteractionRequired),
        (Step::Passkey, ErrorCode::InteractionRequired),
        (Step::HardwarePasskey, ErrorCode::InteractionRequired),
        (Step::Consent, ErrorCode::ConsentRequired),
    ] {
        assert_eq!(silent(&none, step).unwrap_err().code, code, "{step:?}");
        assert_eq!(silent(&request(&[]), step), Ok(()));
    }
    assert_eq!(silent(&none, Step::Done), Ok(()));
    let hinted_elsewhere = session(&[PWD], false);
    let consented = scope("openid email");
    let facts = Facts { hint_subject: Some("u-2"), ..facts(Some(&hinted_elsewhere), &consented) };
    assert_eq!(silent(&none, next_step(&none, &facts)), Err(catalogue::LOGIN_REQUIRED));
}

#[test]
fn every_way_ends_within_as_many_steps_as_there_are_pages() {
    let nothing = Scope::default();
    for prompt in
        ["login", "login consent", "select_account consent", "create", "login select_account consent"]
    {
        let request = request(&[("prompt", prompt), ("max_age", "0")]);
        let mut state = SessionFacts { factor: FactorPolicy::Required, ..session(&[PWD], false) };
        let mut here = (false, false, false);
        let mut steps = Vec::new();
        loop {
            let facts = Facts {
                enrols_at_sign_in: true,
                authenticated_here: here.0,
                consented_here: here.1,
                selected_here: here.2,
                ..facts(Some(&state), &nothing)
            };
            let step = next_step(&request, &facts);
            steps.push(step);
            match step {
                Step::SignIn | Step::Register => here.0 = true,
                Step::Consent => here.1 = true,
                Step::SelectAccount => here.2 = true,
                Step::Enrol | Step::SecondFactor => state.amr.insert(OTP),
                Step::Passkey | Step::HardwarePasskey => panic!("{prompt}: nobody has one"),
                Step::Done => break,
                Step::NotEnrolled => panic!("{prompt}: it can be set up here"),
                Step::Unmet => panic!("{prompt}: nothing was demanded"),
            }
            assert!(steps.len() < 7, "{prompt}: {steps:?}");
        }
        assert!(steps.contains(&Step::Enrol), "{prompt}");
    }
}
