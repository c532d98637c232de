use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::catalogue;
use crate::error::OAuthError;
use crate::scope::Scope;
use crate::{strict_json, userinfo};

const MAX_BYTES: usize = 4096;

/// The `claims` parameter (OpenID Connect Core section 5.5): names with whether each is essential. Requested values are
/// not kept: no claim of ours depends on them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestedClaims {
    /// Asked for in the userinfo answer.
    pub userinfo: BTreeMap<String, bool>,
    /// Asked for in the ID token.
    pub id_token: BTreeMap<String, bool>,
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
        Ok(Self { userinfo: section(&map, "userinfo")?, id_token: section(&map, "id_token")? })
    }

    /// Keeps the claims about the user that some scope in `allowed` carries. Otherwise this parameter would be a way
    /// around the scopes that a client is registered for.
    #[must_use]
    pub fn within(self, allowed: &Scope) -> Self {
        let keep = |claims: BTreeMap<String, bool>| {
            let allowed = |name: &str| userinfo::scope_of(name).is_some_and(|scope| allowed.contains(scope));
            claims.into_iter().filter(|(name, _)| allowed(name)).collect()
        };
        Self { userinfo: keep(self.userinfo), id_token: keep(self.id_token) }
    }

    /// The scopes that carry the requested claims: what the person is asked to consent to.
    pub fn scope(&self) -> Scope {
        let names = self.userinfo.keys().chain(self.id_token.keys());
        names.filter_map(|name| userinfo::scope_of(name)).collect()
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
