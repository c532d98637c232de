//! Claims about the user (OpenID Connect Core sections 5.1 and 5.4).

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::authorize::RequestedClaims;
use crate::scope::Scope;

/// Each scope with the standard claims that it carries. No other claim about a user leaves the provider.
pub const SCOPES: [(&str, &[&str]); 4] = [
    (
        "profile",
        &[
            "name",
            "family_name",
            "given_name",
            "middle_name",
            "nickname",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale",
            "updated_at",
        ],
    ),
    ("email", &["email", "email_verified"]),
    ("address", &["address"]),
    ("phone", &["phone_number", "phone_number_verified"]),
];

/// The scope that carries a standard claim; `None` for any other name.
pub fn scope_of(claim: &str) -> Option<&'static str> {
    SCOPES.into_iter().find(|(_, claims)| claims.contains(&claim)).map(|(scope, _)| scope)
}

/// The claims of a userinfo answer: those of the granted scopes and those asked for one by one. `sub` is copied from
/// `user`. Nothing is ever null or empty (UI-2).
pub fn claims_for(
    scope: &Scope,
    requested: &RequestedClaims,
    user: &Map<String, Value>,
) -> Map<String, Value> {
    let sub = std::iter::once("sub");
    let by_scope = SCOPES.into_iter().filter(|(name, _)| scope.contains(name));
    let names = sub.chain(by_scope.flat_map(|(_, claims)| claims.iter().copied()));
    let mut claims = pick(names, user);
    claims.extend(requested_claims(&requested.userinfo, user));
    claims
}

/// The claims that were asked for in the ID token.
pub fn id_token_claims(requested: &RequestedClaims, user: &Map<String, Value>) -> Map<String, Value> {
    requested_claims(&requested.id_token, user)
}

fn requested_claims(requested: &BTreeMap<String, bool>, user: &Map<String, Value>) -> Map<String, Value> {
    pick(requested.keys().map(String::as_str).filter(|name| scope_of(name).is_some()), user)
}

fn pick<'a>(names: impl Iterator<Item = &'a str>, user: &Map<String, Value>) -> Map<String, Value> {
    let present = names.filter_map(|name| Some((name.to_owned(), without_blanks(user.get(name)?)?)));
    present.collect()
}

fn without_blanks(value: &Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::Array(items) => {
            let kept: Vec<Value> = items.iter().filter_map(without_blanks).collect();
            (!kept.is_empty()).then_some(Value::Array(kept))
        }
        Value::Object(members) => {
            let kept: Map<String, Value> = members
                .iter()
                .filter_map(|(name, value)| Some((name.clone(), without_blanks(value)?)))
                .collect();
            (!kept.is_empty()).then_some(Value::Object(kept))
        }
        other => Some(other.clone()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn user() -> Map<String, Value> {
        let user = json!({
            "sub": "u-1", "name": "Ada", "nickname": "", "picture": null, "email": "ada@example.org",
            "email_verified": false, "address": { "country": "UK", "region": "" }, "updated_at": 7,
            "password_hash": "secret", "phone_number": "+44 1"
        });
        user.as_object().cloned().unwrap()
    }

    fn claims(scope: &str, requested: &str) -> Value {
        let requested = RequestedClaims::parse(Some(requested)).unwrap();
        claims_for(&Scope::parse(scope).unwrap(), &requested, &user()).into()
    }

    #[test]
    fn ui2_each_scope_carries_its_claims_and_nothing_is_null_or_empty() {
        assert_eq!(claims("openid", "{}"), json!({ "sub": "u-1" }));
        assert_eq!(claims("openid profile", "{}"), json!({ "sub": "u-1", "name": "Ada", "updated_at": 7 }));
        assert_eq!(
            claims("email address phone", "{}"),
            json!({ "sub": "u-1", "email": "ada@example.org", "email_verified": false,
                "address": { "country": "UK" }, "phone_number": "+44 1" })
        );
    }

    #[test]
    fn auth10_a_claim_asked_for_comes_without_its_scope() {
        let wish = r#"{"userinfo":{"name":{"essential":true}},"id_token":{"email":null}}"#;
        assert_eq!(claims("openid", wish), json!({ "sub": "u-1", "name": "Ada" }));
        let requested = RequestedClaims::parse(Some(wish)).unwrap();
        assert_eq!(
            Value::Object(id_token_claims(&requested, &user())),
            json!({ "email": "ada@example.org" })
        );
    }

    #[test]
    fn u2_what_is_no_standard_claim_never_leaves() {
        let wish = r#"{"userinfo":{"password_hash":null},"id_token":{"password_hash":null,"sub":null}}"#;
        assert_eq!(claims("openid password_hash", wish), json!({ "sub": "u-1" }));
        assert!(id_token_claims(&RequestedClaims::parse(Some(wish)).unwrap(), &user()).is_empty());
    }
}
