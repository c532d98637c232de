use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{catalogue, error::OAuthError, scope::Scope, scope_claims, strict_json};

const MAX_BYTES: usize = 4096;

/// The `claims` parameter (OpenID Connect Core section 5.5): requested names, and whether each is essential. Of
/// requested values only those of `sub` and `acr` are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestedClaims {
    /// Requested for the userinfo answer.
    pub userinfo: BTreeMap<String, bool>,
    /// Requested for the ID token.
    pub id_token: BTreeMap<String, bool>,
    /// The only user that the answer may be about: the value of `sub` in the ID token (section 3.1.2.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The authentication contexts of which the sign-in must have one: the values of an essential `acr` in the ID token
    /// (section 5.5.1.1). Empty when any will do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acr: Vec<String>,
}

impl RequestedClaims {
    /// Reads the parameter: a JSON object whose members `userinfo` and `id_token` are objects of `null` or request
    /// objects. Other top-level members are ignored, as section 5.5 demands.
    pub fn parse(parameter: Option<&str>) -> Result<Self, OAuthError> {
        let Some(text) = parameter else { return Ok(Self::default()) };
        if text.len() > MAX_BYTES {
            return Err(catalogue::MALFORMED_CLAIMS);
        }
        let map = strict_json::object(text.as_bytes()).ok_or(catalogue::MALFORMED_CLAIMS)?;
        Ok(Self {
            userinfo: section(&map, "userinfo")?,
            id_token: section(&map, "id_token")?,
            subject: subject(wish(&map, "sub"))?,
            acr: essential_acr(wish(&map, "acr"))?,
        })
    }

    /// Keeps only the claims that belong to a scope in `allowed`. Otherwise a client could use this parameter to get
    /// claims of scopes that it is not registered for.
    #[must_use]
    pub fn within(self, allowed: &Scope) -> Self {
        let keep = |claims: BTreeMap<String, bool>| {
            let allowed =
                |name: &str| scope_claims::scope_of(name).is_some_and(|scope| allowed.contains(scope));
            claims.into_iter().filter(|(name, _)| allowed(name)).collect()
        };
        Self { userinfo: keep(self.userinfo), id_token: keep(self.id_token), ..self }
    }

    /// The scopes that the requested claims belong to. The person is asked to consent to them.
    pub fn scope(&self) -> Scope {
        let names = self.userinfo.keys().chain(self.id_token.keys());
        names.filter_map(|name| scope_claims::scope_of(name)).collect()
    }
}

fn section(claims: &Map<String, Value>, name: &str) -> Result<BTreeMap<String, bool>, OAuthError> {
    let members = match claims.get(name) {
        None | Some(Value::Null) => return Ok(BTreeMap::new()),
        Some(Value::Object(members)) => members,
        Some(_) => return Err(catalogue::MALFORMED_CLAIMS),
    };
    members.iter().map(|(claim, wish)| Ok((claim.clone(), is_essential(wish)?))).collect()
}

fn is_essential(wish: &Value) -> Result<bool, OAuthError> {
    match wish {
        Value::Null => Ok(false),
        Value::Object(members) => match members.get("essential") {
            None => Ok(false),
            Some(Value::Bool(essential)) => Ok(*essential),
            Some(_) => Err(catalogue::MALFORMED_CLAIMS),
        },
        _ => Err(catalogue::MALFORMED_CLAIMS),
    }
}

/// The request object of one claim in the ID token, if there is one.
fn wish<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a Map<String, Value>> {
    claims.get("id_token")?.get(name)?.as_object()
}

fn subject(wish: Option<&Map<String, Value>>) -> Result<Option<String>, OAuthError> {
    wish.and_then(|wish| wish.get("value")).map(text).transpose()
}

fn essential_acr(wish: Option<&Map<String, Value>>) -> Result<Vec<String>, OAuthError> {
    let Some(wish) = wish.filter(|wish| wish.get("essential") == Some(&Value::Bool(true))) else {
        return Ok(Vec::new());
    };
    match (wish.get("value"), wish.get("values")) {
        (None, None) => Ok(Vec::new()),
        (Some(value), None) => Ok(vec![text(value)?]),
        (None, Some(Value::Array(values))) if !values.is_empty() => values.iter().map(text).collect(),
        _ => Err(catalogue::MALFORMED_CLAIMS),
    }
}

fn text(value: &Value) -> Result<String, OAuthError> {
    value.as_str().map(str::to_owned).ok_or(catalogue::MALFORMED_CLAIMS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Result<RequestedClaims, OAuthError> {
        RequestedClaims::parse(Some(text))
    }

    #[test]
    fn auth10_userinfo_and_id_token_are_read_apart() {
        let claims = parse(
            r#"{"userinfo":{"name":{"essential":true},"x":null},"id_token":{"email":{"value":"a"}},"y":1}"#,
        )
        .unwrap();
        assert_eq!(claims.userinfo, BTreeMap::from([("name".into(), true), ("x".into(), false)]));
        assert_eq!(claims.id_token, BTreeMap::from([("email".into(), false)]));
        assert_eq!(RequestedClaims::parse(None), Ok(RequestedClaims::default()));
    }

    #[test]
    fn a13_the_value_of_sub_and_those_of_an_essential_acr_are_kept() {
        let subject = |text| parse(text).unwrap().subject;
        assert_eq!(subject(r#"{"id_token":{"sub":{"value":"u-1"}}}"#).as_deref(), Some("u-1"));
        for none in [r#"{"id_token":{"sub":null}}"#, r#"{"userinfo":{"sub":{"value":"u-1"}}}"#, "{}"] {
            assert_eq!(subject(none), None, "{none}");
        }
        let acr = |text| parse(text).unwrap().acr;
        assert_eq!(acr(r#"{"id_token":{"acr":{"essential":true,"values":["a","b"]}}}"#), ["a", "b"]);
        assert_eq!(acr(r#"{"id_token":{"acr":{"essential":true,"value":"a"}}}"#), ["a"]);
        for wish in [
            r#"{"id_token":{"acr":{"values":["a"]}}}"#,
            r#"{"id_token":{"acr":{"essential":false,"value":"a"}}}"#,
            r#"{"id_token":{"acr":{"essential":true}}}"#,
            r#"{"userinfo":{"acr":{"essential":true,"value":"a"}}}"#,
        ] {
            assert!(acr(wish).is_empty(), "{wish}");
        }
        let both = r#"{"id_token":{"sub":{"value":"u-1"},"acr":{"essential":true,"value":"a"}}}"#;
        let kept = parse(both).unwrap().within(&Scope::default());
        assert_eq!((kept.subject.as_deref(), kept.acr.as_slice()), (Some("u-1"), &["a".to_owned()][..]));
        assert_eq!(
            serde_json::from_str::<RequestedClaims>(&serde_json::to_string(&kept).unwrap()).unwrap(),
            kept
        );
    }

    #[test]
    fn malformed_claims_are_refused() {
        let long = format!(r#"{{"userinfo":{{"{}":null}}}}"#, "x".repeat(MAX_BYTES));
        for text in [
            "",
            "x",
            "[]",
            "null",
            r#"{"userinfo":[]}"#,
            r#"{"userinfo":{"name":true}}"#,
            r#"{"id_token":{"name":{"essential":"yes"}}}"#,
            r#"{"userinfo":{"a":null,"a":null}}"#,
            r#"{"id_token":{"sub":{"value":7}}}"#,
            r#"{"id_token":{"acr":{"essential":true,"value":null}}}"#,
            r#"{"id_token":{"acr":{"essential":true,"values":"a"}}}"#,
            r#"{"id_token":{"acr":{"essential":true,"values":[]}}}"#,
            r#"{"id_token":{"acr":{"essential":true,"values":["a",1]}}}"#,
            r#"{"id_token":{"acr":{"essential":true,"value":"a","values":["a"]}}}"#,
            &long,
        ] {
            assert_eq!(parse(text), Err(catalogue::MALFORMED_CLAIMS), "{text}");
        }
    }

    #[test]
    fn claims_give_no_way_around_the_scopes_of_a_client() {
        let claims =
            parse(r#"{"userinfo":{"name":null,"email":null,"password_hash":null},"id_token":{"sub":null}}"#)
                .unwrap();
        let kept = claims.within(&Scope::parse("openid profile").unwrap());
        assert_eq!(kept.userinfo.keys().collect::<Vec<_>>(), ["name"]);
        assert!(kept.id_token.is_empty());
        assert_eq!(kept.scope(), Scope::parse("profile").unwrap());
    }

    proptest! {
        #[test]
        fn z13_reading_claims_is_total(text in r#"[\{\}":,a-z \[\]]{0,60}"#, other in ".{0,40}") {
            let _ = parse(&text);
            let _ = parse(&other);
        }
    }
}
