//! Authorization requests: what is accepted, and how each bad one is refused.

#![cfg(test)]

mod common;

use common::{client, scope};
use proptest::prelude::*;
use protocol::{
    authorize::{self, AuthorizationRequest, Offer, PromptValue, Refusal},
    catalogue,
    client::{Authentication, Client, GrantType, Pkce},
    error::OAuthError,
    params::Params,
    resource::Resources,
};

const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const GOOD: [(&str, &str); 7] = [
    ("client_id", "app"),
    ("redirect_uri", "https://app.example/cb"),
    ("response_type", "code"),
    ("scope", "openid email"),
    ("state", "st-1"),
    ("code_challenge", CHALLENGE),
    ("code_challenge_method", "S256"),
];

fn judge_as(client: Option<&Client>, params: &Params) -> Result<AuthorizationRequest, Refusal> {
    let realm = scope("openid profile email address phone offline_access orders content");
    let of = |scope: &str| (scope.to_owned(), format!("https://{scope}.example"));
    let resources: Resources = [of("orders"), of("content")].into_iter().collect();
    authorize::request(params, client, &Offer { scopes: &realm, resources: &resources })
}

fn judge(params: &Params) -> Result<AuthorizationRequest, Refusal> {
    judge_as(Some(&client()), params)
}

/// The good request with these parameters replaced; an empty value leaves one out.
fn with(changes: &[(&str, &str)]) -> Params {
    let kept = GOOD.iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    kept.chain(changes).filter(|(_, value)| !value.is_empty()).map(|(name, value)| (*name, *value)).collect()
}

fn redirected(result: Result<AuthorizationRequest, Refusal>) -> OAuthError {
    match result {
        Err(Refusal::Redirect { redirect_uri, error, .. }) if redirect_uri == "https://app.example/cb" => {
            error
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_good_request_is_read_completely() {
    let request = judge(&with(&[
        ("nonce", "n-1"),
        ("prompt", "login consent"),
        ("max_age", "0"),
        ("login_hint", "ada@example.org"),
        ("acr_values", "a b"),
        ("ui_locales", "xx-YY de"),
        ("claims", r#"{"userinfo":{"name":{"essential":true}}}"#),
        ("display", "strange"),
        ("claims_locales", "?"),
        ("unknown", "1"),
    ]))
    .unwrap();
    assert_eq!((request.state.as_deref(), request.nonce.as_deref()), (Some("st-1"), Some("n-1")));
    assert_eq!((request.max_age, request.acr_values.len()), (Some(0), 2));
    assert!(request.prompt.has(PromptValue::Login) && request.prompt.has(PromptValue::Consent));
    assert_eq!(request.scope, scope("openid email"));
    assert_eq!(request.consent_scope(), scope("openid email profile"));
    assert_eq!(request.code_challenge.as_ref().map(protocol::pkce::Challenge::as_str), Some(CHALLENGE));
    let stored = serde_json::to_string(&request).unwrap();
    assert_eq!(serde_json::from_str::<AuthorizationRequest>(&stored).unwrap(), request);
}

#[test]
fn a2_auth5_without_a_verified_redirect_uri_there_is_only_a_page() {
    for (changes, error) in [
        ([("client_id", "")], catalogue::UNKNOWN_CLIENT),
        ([("client_id", "other")], catalogue::UNKNOWN_CLIENT),
        ([("redirect_uri", "")], catalogue::MISSING_REDIRECT_URI),
        ([("redirect_uri", "https://evil.example/cb")], catalogue::UNREGISTERED_REDIRECT_URI),
        ([("redirect_uri", "https://app.example/cb?x=1")], catalogue::UNREGISTERED_REDIRECT_URI),
        ([("redirect_uri", "https://app.example/cb?kept=1&x")], catalogue::UNREGISTERED_REDIRECT_URI),
    ] {
        assert_eq!(judge(&with(&changes)), Err(Refusal::Page(error)), "{changes:?}");
    }
    assert_eq!(judge_as(None, &with(&[])), Err(Refusal::Page(catalogue::UNKNOWN_CLIENT)));
    for name in ["client_id", "redirect_uri"] {
        let twice: Params = GOOD.iter().chain(GOOD.iter().filter(|(key, _)| *key == name)).copied().collect();
        assert_eq!(judge(&twice), Err(Refusal::Page(catalogue::REPEATED_PARAMETER)), "{name}");
    }
}

#[test]
fn auth4_a4_a5_a14_each_bad_request_gets_its_own_error_by_redirect() {
    for (name, value, error) in [
        ("response_type", "", catalogue::MISSING_RESPONSE_TYPE),
        ("response_type", "token", catalogue::UNSUPPORTED_RESPONSE_TYPE),
        ("response_type", "code id_token", catalogue::UNSUPPORTED_RESPONSE_TYPE),
        ("response_mode", "fragment", catalogue::UNSUPPORTED_RESPONSE_MODE),
        ("request", "e30.e30.", catalogue::REQUEST_NOT_SUPPORTED),
        ("request_uri", "https://app.example/r", catalogue::REQUEST_URI_NOT_SUPPORTED),
        ("registration", "{}", catalogue::REGISTRATION_NOT_SUPPORTED),
        ("scope", "", catalogue::EMPTY_SCOPE),
        ("scope", "unknown", catalogue::EMPTY_SCOPE),
        ("scope", "openid content", catalogue::SCOPE_NOT_ALLOWED),
        ("scope", "openid \"", catalogue::MALFORMED_SCOPE),
        ("code_challenge_method", "", catalogue::PKCE_S256_ONLY),
        ("code_challenge_method", "plain", catalogue::PKCE_S256_ONLY),
        ("code_challenge", "short", catalogue::PKCE_MALFORMED),
        ("prompt", "none login", catalogue::PROMPT_NONE_ALONE),
        ("prompt", "sometimes", catalogue::MALFORMED_PROMPT),
        ("max_age", "-1", catalogue::MALFORMED_MAX_AGE),
        ("max_age", "+1", catalogue::MALFORMED_MAX_AGE),
        ("max_age", "1.5", catalogue::MALFORMED_MAX_AGE),
        ("max_age", "NaN", catalogue::MALFORMED_MAX_AGE),
        ("max_age", "315360001", catalogue::MALFORMED_MAX_AGE),
        ("max_age", "99999999999999999999", catalogue::MALFORMED_MAX_AGE),
        ("claims", "{", catalogue::MALFORMED_CLAIMS),
    ] {
        assert_eq!(redirected(judge(&with(&[(name, value)]))), error, "{name}={value}");
    }
}

#[test]
fn tok8_who_may_leave_pkce_out() {
    let without = with(&[("code_challenge", ""), ("code_challenge_method", ""), ("nonce", "n-1")]);
    assert_eq!(redirected(judge(&without)), catalogue::PKCE_REQUIRED);
    let or_nonce = Client { pkce: Pkce::OrNonce, ..client() };
    assert_eq!(judge_as(Some(&or_nonce), &without).unwrap().code_challenge, None);
    for (nonce, scope) in [("", "openid email"), ("n-1", "profile email"), ("n-1", "profile unknown")] {
        let neither =
            [("code_challenge", ""), ("code_challenge_method", ""), ("nonce", nonce), ("scope", scope)];
        let refused = redirected(judge_as(Some(&or_nonce), &with(&neither)));
        assert_eq!(refused, catalogue::PKCE_OR_NONCE_REQUIRED, "{nonce} {scope}");
    }
    let opted_out = Client { pkce: Pkce::Optional, ..client() };
    let bare = with(&[("code_challenge", ""), ("code_challenge_method", "")]);
    assert_eq!(judge_as(Some(&opted_out), &bare).unwrap().code_challenge, None);
    let public = Client { authentication: Authentication::None, ..opted_out };
    assert_eq!(redirected(judge_as(Some(&public), &without)), catalogue::PKCE_REQUIRED);
}

#[test]
fn tok9_a_resource_is_judged_together_with_the_scope() {
    let orders = "https://orders.example";
    let asked = |scope: &str, resource: &str| judge(&with(&[("scope", scope), ("resource", resource)]));
    assert_eq!(asked("openid orders", orders).unwrap().scope, scope("openid orders"));
    assert_eq!(asked("openid", orders).unwrap().scope, scope("openid orders"), "those that it may have");
    assert_eq!(asked("", orders).unwrap().scope, scope("orders"));
    for (text, resource, error) in [
        ("openid orders", "https://other.example", catalogue::UNKNOWN_RESOURCE),
        ("openid", "https://content.example", catalogue::RESOURCE_NOT_ALLOWED),
        ("openid content", orders, catalogue::SCOPE_NOT_ALLOWED),
    ] {
        assert_eq!(redirected(asked(text, resource)), error, "{text} {resource}");
    }
    let both = Client { scope: scope("openid orders content"), ..client() };
    let named = [("resource", orders), ("resource", "https://content.example")];
    let several: Params = with(&[("scope", "openid")]).pairs().iter().cloned().chain(own(&named)).collect();
    assert_eq!(judge_as(Some(&both), &several).unwrap().scope, scope("openid orders content"));
    let unnamed = with(&[("scope", "openid orders content")]);
    assert_eq!(redirected(judge_as(Some(&both), &unnamed)), catalogue::SEVERAL_RESOURCES);
}

fn own(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn a_client_without_the_code_grant_is_not_authorised() {
    let service = Client { grant_types: vec![GrantType::ClientCredentials], ..client() };
    assert_eq!(redirected(judge_as(Some(&service), &with(&[]))), catalogue::CODE_FLOW_NOT_ALLOWED);
}

#[test]
fn a6_a_repeated_parameter_is_an_error_and_a_repeated_state_is_not_echoed() {
    for name in ["scope", "nonce", "code_challenge", "whatever", "prompt"] {
        let twice: Params = GOOD.iter().copied().chain([(name, "1"), (name, "2")]).collect();
        assert_eq!(redirected(judge(&twice)), catalogue::REPEATED_PARAMETER, "{name}");
    }
    let twice: Params = GOOD.iter().copied().chain([("state", "st-2")]).collect();
    assert!(matches!(judge(&twice), Err(Refusal::Redirect { state: None, .. })));
}

#[test]
fn auth2_auth11_state_and_nonce_are_exact_up_to_their_limits() {
    let (state, nonce) = ("s".repeat(2048), "n".repeat(512));
    let request = judge(&with(&[("state", &state), ("nonce", &nonce)])).unwrap();
    assert_eq!((request.state, request.nonce), (Some(state.clone()), Some(nonce.clone())));
    assert_eq!(redirected(judge(&with(&[("nonce", &format!("{nonce}n"))]))), catalogue::NONCE_TOO_LONG);
    let too_long = judge(&with(&[("state", &format!("{state}s"))]));
    let Err(Refusal::Redirect { state, error, .. }) = too_long else { panic!("{too_long:?}") };
    assert_eq!((state, error), (None, catalogue::STATE_TOO_LONG));
    assert!(matches!(
        judge(&with(&[("prompt", "x")])),
        Err(Refusal::Redirect { state: Some(state), .. }) if state == "st-1"
    ));
}

#[test]
fn a13_a_hint_that_is_too_long_to_verify_is_refused_and_not_forgotten() {
    let long = "x".repeat(9000);
    let judged = judge(&with(&[("id_token_hint", &long)]));
    assert!(
        matches!(&judged, Err(Refusal::Redirect { error, .. }) if *error == catalogue::UNVERIFIABLE_HINT),
        "{judged:?}"
    );
}

#[test]
fn auth1_hints_and_unknown_scopes_are_never_an_error() {
    let long = "x".repeat(9000);
    let request = judge(&with(&[
        ("scope", "openid nobody knows"),
        ("login_hint", &long),
        ("ui_locales", &long),
        ("acr_values", &long),
    ]))
    .unwrap();
    assert_eq!(request.scope, scope("openid"));
    assert_eq!((request.login_hint, request.ui_locales), (None, None));
    assert!(request.acr_values.is_empty());
}

#[test]
fn claims_that_the_client_may_not_have_are_dropped() {
    let request = judge(&with(&[("claims", r#"{"userinfo":{"phone_number":null,"name":null}}"#)])).unwrap();
    assert_eq!(request.claims.userinfo.keys().collect::<Vec<_>>(), ["name"]);
}

proptest! {
    #[test]
    fn z13_judging_is_total_and_never_redirects_elsewhere(
        pairs in prop::collection::vec((prop::sample::select(vec![
            "client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "prompt", "max_age", "claims",
            "code_challenge", "acr_values", "x"
        ]), prop_oneof!["\\PC{0,20}", Just("app".to_owned()), Just("https://app.example/cb".to_owned())]), 0..12),
        good_first in any::<bool>()
    ) {
        let start = if good_first { GOOD.as_slice() } else { &[] };
        let changed: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let kept = start.iter().filter(|(name, _)| changed.iter().all(|(key, _)| key != name));
        let params: Params = kept.chain(&changed).copied().collect();
        match judge(&params) {
            Ok(request) => prop_assert!(client().redirect_uris.contains(&request.redirect_uri)),
            Err(Refusal::Redirect { redirect_uri, .. }) => prop_assert!(client().redirect_uris.contains(&redirect_uri)),
            Err(Refusal::Page(_)) => {}
        }
    }

    #[test]
    fn z13_max_age_is_total(text in "[0-9+-. ]{1,24}|\\PC{1,8}") {
        let accepted = judge(&with(&[("max_age", &text)])).is_ok();
        let number: Option<i64> = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
        prop_assert_eq!(accepted, number.is_some_and(|number| number <= 315_360_000));
    }
}
