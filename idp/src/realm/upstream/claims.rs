//! What an upstream provider says about a person, as far as it is of use here.

use std::collections::BTreeSet;

use protocol::{
    acr::{self, Amr},
    email::Address,
    profile, username,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::realm::{EMAIL, UpstreamConfig};

/// What an upstream has said about a person, verified.
#[derive(Clone, Serialize, Deserialize)]
pub struct Assertion {
    /// The upstream's id.
    pub upstream: String,
    /// Its issuer.
    pub issuer: String,
    /// Its subject.
    pub subject: String,
    /// The address that it has told.
    pub email: Option<String>,
    /// Whether that address counts as confirmed here: the upstream has verified it, and is trusted with that.
    pub is_confirmed: bool,
    /// Whether the person has proved two factors there, and the upstream is trusted with that.
    pub two_factors: bool,
    /// When the person signed in there, Unix seconds, if it tells that.
    #[serde(default)]
    pub auth_time: Option<i64>,
    /// The username to try first.
    pub username: Option<String>,
    /// The other claims of a new account.
    pub claims: Map<String, Value>,
}
opaque!(Assertion);

impl Assertion {
    /// The methods of this sign-in: one factor of its own kind, and a second one only where the realm trusts the upstream
    /// with that.
    pub fn amr(&self) -> Amr {
        let two = self.two_factors.then_some(acr::MFA);
        [acr::FED].into_iter().chain(two).collect()
    }
}

/// Whether a claim is missing that userinfo may have.
pub(super) fn lacks_something(upstream: &UpstreamConfig, said: &Map<String, Value>) -> bool {
    let theirs = upstream.claims.values().map(String::as_str);
    let email = if upstream.claims.contains_key(EMAIL) { None } else { Some(EMAIL) };
    theirs.chain(email).chain(["name"]).any(|claim| !said.contains_key(claim))
}

/// The claims of its two sources, which may differ.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub token: &'a Map<String, Value>,
    pub userinfo: &'a Map<String, Value>,
}

/// What of the claims is of use here. What breaks a rule of ours is left out: the person can tell it later. How the
/// person signed in only the ID token says.
pub(super) fn assertion(
    upstream: &UpstreamConfig,
    offered: &BTreeSet<String>,
    subject: String,
    said: Said<'_>,
) -> Assertion {
    let value = |ours: &str| {
        let theirs = upstream.claims.get(ours).map_or(ours, String::as_str);
        said.token.get(theirs).or_else(|| said.userinfo.get(theirs))
    };
    let text = |ours: &str| value(ours).and_then(Value::as_str);
    let email = text(EMAIL).and_then(Address::parse).map(|address| address.written);
    // `email_verified` speaks of `email` beside it, and of no other claim
    let source = if said.token.contains_key(EMAIL) { said.token } else { said.userinfo };
    let is_theirs = !upstream.claims.contains_key(EMAIL) && is_true(source.get("email_verified"));
    let claims = profile::askable().filter(|claim| offered.contains(*claim)).filter_map(|claim| {
        let judged = match value(claim)? {
            Value::String(text) => profile::typed(claim, text),
            other => profile::judge(claim, other),
        };
        Some((claim.to_owned(), judged.ok()?))
    });
    Assertion {
        upstream: upstream.id.clone(),
        issuer: upstream.issuer.clone(),
        subject,
        is_confirmed: email.is_some() && is_theirs && upstream.trusted_email,
        email,
        two_factors: vouches_for_two(upstream, said.token),
        auth_time: said.token.get("auth_time").and_then(Value::as_i64),
        username: text(username::CLAIM).and_then(username::parse).filter(|name| !username::is_reserved(name)),
        claims: claims.collect(),
    }
}

/// Some providers write it as text.
fn is_true(value: Option<&Value>) -> bool {
    value.is_some_and(|value| value.as_bool() == Some(true) || value.as_str() == Some("true"))
}

/// Whether it says one of the words that the realm file trusts as two factors.
fn vouches_for_two(upstream: &UpstreamConfig, said: &Map<String, Value>) -> bool {
    let acr = said.get("acr").and_then(Value::as_str);
    let amr = said.get("amr").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    upstream.trusted_acr.iter().any(|trusted| acr == Some(trusted))
        || amr.iter().filter_map(Value::as_str).any(|word| upstream.trusted_amr.iter().any(|it| it == word))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn upstream() -> UpstreamConfig {
        UpstreamConfig {
            id: "up".to_owned(),
            name: "Up".to_owned(),
            issuer: "https://up.example".to_owned(),
            client_id: "c".to_owned(),
            client_secret: String::new().into(),
            scopes: Vec::new(),
            role: None,
            trusted_email: true,
            trusted_acr: vec!["gold".to_owned()],
            trusted_amr: vec!["mfa".to_owned()],
            claims: [("nickname".to_owned(), "alias".to_owned())].into(),
        }
    }

    fn of(upstream: &UpstreamConfig, said: &Value) -> Assertion {
        let offered = ["name", "nickname", "birthdate", "locale"].map(str::to_owned).into();
        let said = Said { token: said.as_object().unwrap(), userinfo: &Map::new() };
        assertion(upstream, &offered, "s".to_owned(), said)
    }

    #[test]
    fn up5_what_two_sources_say_is_not_mixed() {
        let offered = BTreeSet::new();
        let of = |token: &Value, userinfo: &Value| {
            let said = Said { token: token.as_object().unwrap(), userinfo: userinfo.as_object().unwrap() };
            assertion(&upstream(), &offered, "s".to_owned(), said)
        };
        let verified = json!({ "email": "other@example.com", "email_verified": true });
        let said = of(&json!({ "email": "ada@example.com" }), &verified);
        assert_eq!((said.email.as_deref(), said.is_confirmed), (Some("ada@example.com"), false));
        let said = of(&json!({ "email_verified": true }), &json!({ "email": "ada@example.com" }));
        assert!(!said.is_confirmed);
        assert!(of(&json!({}), &verified).is_confirmed);
        let said = of(&json!({}), &json!({ "acr": "gold", "amr": ["mfa"], "auth_time": 5 }));
        assert_eq!((said.two_factors, said.auth_time), (false, None), "only the ID token says how");
        assert_eq!(of(&json!({ "auth_time": 5 }), &json!({})).auth_time, Some(5));
    }

    #[test]
    fn up4_claims_are_mapped_judged_and_kept_to_what_accounts_can_have() {
        let said = of(
            &upstream(),
            &json!({ "name": "Ada", "alias": "Countess", "nickname": "no", "birthdate": "1.1.1815", "gender": "f",
                "preferred_username": "Ada", "roles": ["admin"], "phone_number_verified": true }),
        );
        assert_eq!(Value::Object(said.claims), json!({ "name": "Ada", "nickname": "Countess" }));
        assert_eq!(said.username.as_deref(), Some("ada"));
        assert_eq!(of(&upstream(), &json!({ "preferred_username": "admin" })).username, None);
    }

    #[test]
    fn up5_an_address_is_confirmed_only_when_verified_and_trusted() {
        let said = |verified: Value| json!({ "email": "ada@example.com", "email_verified": verified });
        assert!(of(&upstream(), &said(json!(true))).is_confirmed);
        assert!(of(&upstream(), &said(json!("true"))).is_confirmed);
        for verified in [json!(false), json!("false"), json!(1), Value::Null] {
            assert!(!of(&upstream(), &said(verified)).is_confirmed);
        }
        let distrusted = UpstreamConfig { trusted_email: false, ..upstream() };
        assert!(!of(&distrusted, &said(json!(true))).is_confirmed);
        let mapped = UpstreamConfig { claims: [(EMAIL.to_owned(), "upn".to_owned())].into(), ..upstream() };
        let both = json!({ "upn": "ada@corp.example", "email": "x@example.com", "email_verified": true });
        let said = of(&mapped, &both);
        assert_eq!((said.email.as_deref(), said.is_confirmed), (Some("ada@corp.example"), false));
        assert!(!of(&upstream(), &json!({ "email": "nonsense", "email_verified": true })).is_confirmed);
    }

    #[test]
    fn up6_two_factors_count_only_in_the_words_that_are_trusted() {
        for (said, counts) in [
            (json!({ "acr": "gold" }), true),
            (json!({ "acr": "silver", "amr": ["pwd", "mfa"] }), true),
            (json!({ "acr": "mfa", "amr": ["gold", "otp"] }), false),
            (json!({ "amr": "mfa" }), false),
            (json!({}), false),
        ] {
            assert_eq!(of(&upstream(), &said).two_factors, counts, "{said}");
        }
        let distrusted = UpstreamConfig { trusted_acr: Vec::new(), trusted_amr: Vec::new(), ..upstream() };
        assert!(!of(&distrusted, &json!({ "acr": "gold", "amr": ["mfa"] })).two_factors);
    }

    #[test]
    fn userinfo_is_asked_only_for_what_is_missing() {
        let all = json!({ "email": "e", "name": "n", "alias": "a" });
        assert!(!lacks_something(&upstream(), all.as_object().unwrap()));
        for name in ["email", "name", "alias"] {
            let mut some = all.as_object().unwrap().clone();
            some.remove(name);
            assert!(lacks_something(&upstream(), &some), "{name}");
        }
    }
}
