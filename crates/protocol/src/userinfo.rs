//! Claims about the user: the standard ones (OpenID Connect Core sections 5.1 and 5.4), and the user's roles and team
//! in the realm.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{
    authorize::RequestedClaims,
    client::IdTokenClaims,
    scope::Scope,
    scope_claims::{SCOPES, scope_of},
};

/// The claims of a userinfo answer: those of the granted scopes, and those that were requested individually. `sub`
/// comes from `user`. No claim is null or empty (UI-2).
pub fn claims_for(
    scope: &Scope,
    requested: &RequestedClaims,
    user: &Map<String, Value>,
) -> Map<String, Value> {
    pick(std::iter::once("sub").chain(of_scopes(scope)).chain(asked(&requested.userinfo)), user)
}

/// The claims about the user in an ID token (ID-3): those that were requested individually and, unless the client is
/// registered for less, those of the granted scopes. No claim is null or empty.
pub fn id_token_claims(
    which: IdTokenClaims,
    scope: &Scope,
    requested: &RequestedClaims,
    user: &Map<String, Value>,
) -> Map<String, Value> {
    let asked = asked(&requested.id_token);
    match which {
        IdTokenClaims::Scopes => pick(of_scopes(scope).chain(asked), user),
        IdTokenClaims::Minimal => pick(asked, user),
    }
}

fn of_scopes(scope: &Scope) -> impl Iterator<Item = &str> {
    let by_scope = SCOPES.into_iter().filter(|(name, _)| scope.contains(name));
    by_scope.flat_map(|(_, claims)| claims.iter().copied())
}

fn asked(requested: &BTreeMap<String, bool>) -> impl Iterator<Item = &str> {
    requested.keys().map(String::as_str).filter(|name| scope_of(name).is_some())
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
            "password_hash": "secret", "phone_number": "+44 1", "groups": ["manager"], "roles": ["manager"],
            "team": "north"
        });
        user.as_object().cloned().unwrap()
    }

    fn claims(scope: &str, requested: &str) -> Value {
        let requested = RequestedClaims::parse(Some(requested)).unwrap();
        claims_for(&Scope::parse(scope).unwrap(), &requested, &user()).into()
    }

    fn in_id_token(which: IdTokenClaims, scope: &str, requested: &str) -> Value {
        let requested = RequestedClaims::parse(Some(requested)).unwrap();
        id_token_claims(which, &Scope::parse(scope).unwrap(), &requested, &user()).into()
    }

    #[test]
    fn id2_id3_the_id_token_has_the_claims_of_the_scopes_unless_the_client_is_registered_for_less() {
        let wish = r#"{"id_token":{"name":null}}"#;
        for (which, scope, requested, expected) in [
            (IdTokenClaims::Scopes, "openid", "{}", json!({})),
            (IdTokenClaims::Scopes, "openid profile", "{}", json!({ "name": "Ada", "updated_at": 7 })),
            (
                IdTokenClaims::Scopes,
                "openid address",
                wish,
                json!({ "name": "Ada", "address": { "country": "UK" } }),
            ),
            (IdTokenClaims::Minimal, "openid profile email roles", "{}", json!({})),
            (IdTokenClaims::Minimal, "openid profile email", wish, json!({ "name": "Ada" })),
        ] {
            assert_eq!(in_id_token(which, scope, requested), expected, "{which:?} {scope} {requested}");
        }
    }

    #[test]
    fn id3_roles_and_groups_are_told_with_their_scopes_only() {
        assert_eq!(claims("openid groups", "{}"), json!({ "sub": "u-1", "groups": ["manager"] }));
        assert_eq!(
            in_id_token(IdTokenClaims::Scopes, "openid roles", "{}"),
            json!({ "roles": ["manager"], "team": "north" })
        );
        let rest = claims("openid profile email address phone", "{}");
        assert!(["groups", "roles", "team"].iter().all(|name| rest.get(name).is_none()), "{rest}");
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
        let id_token = in_id_token(IdTokenClaims::Scopes, "openid", wish);
        assert_eq!(id_token, json!({ "email": "ada@example.org" }));
    }

    #[test]
    fn u2_what_is_no_standard_claim_never_leaves() {
        let wish = r#"{"userinfo":{"password_hash":null},"id_token":{"password_hash":null,"sub":null}}"#;
        assert_eq!(claims("openid password_hash", wish), json!({ "sub": "u-1" }));
        assert_eq!(in_id_token(IdTokenClaims::Scopes, "openid password_hash", wish), json!({}));
    }
}
