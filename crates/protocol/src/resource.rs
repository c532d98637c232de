//! Resources: which resource a scope belongs to, and which resources a token is for (RFC 8707).
//!
//! Each scope that the realm defines belongs to one resource, and a token's audience follows from its scopes. The
//! parameter `resource` selects resources in an authorization request. At the token endpoint it requests a token for
//! fewer of them.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use crate::{catalogue, error::OAuthError, params::Params, scope::Scope};

/// The name of the parameter. It is the only one that may occur more than once (RFC 8707 section 2).
pub const PARAMETER: &str = "resource";

/// The resources that a request names, in the order of the request.
pub fn asked(params: &Params) -> Vec<&str> {
    params.all(PARAMETER).collect()
}

/// The resources of a realm.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resources {
    /// Each scope with its resource.
    by_scope: BTreeMap<String, String>,
}

impl FromIterator<(String, String)> for Resources {
    /// Collects scopes, each with its resource.
    fn from_iter<I: IntoIterator<Item = (String, String)>>(scopes: I) -> Self {
        Self { by_scope: scopes.into_iter().collect() }
    }
}

impl Resources {
    /// The resources that these scopes belong to. The scopes of OpenID Connect belong to none.
    pub fn of(&self, scope: &Scope) -> BTreeSet<&str> {
        scope.iter().filter_map(|token| self.of_token(token)).collect()
    }

    /// The resources with these names. A name that the realm doesn't know is `invalid_target`.
    pub fn named(&self, asked: &[&str]) -> Result<BTreeSet<&str>, OAuthError> {
        let known = |name: &&str| self.by_scope.values().find(|resource| is_same(resource, name));
        asked.iter().map(|name| known(name).map(String::as_str).ok_or(catalogue::UNKNOWN_RESOURCE)).collect()
    }

    /// Checks and completes the scope of a request for a new grant. A resource that is named without any of its scopes
    /// stands for all of them that the client is `allowed` (RFC 6749 section 3.3). Scopes may belong to named resources
    /// only. When none is named, they must all belong to one resource.
    pub fn requested(&self, scope: &Scope, allowed: &Scope, asked: &[&str]) -> Result<Scope, OAuthError> {
        let named = self.named(asked)?;
        let mentioned = self.of(scope);
        let stands_for = |token: &str| {
            self.of_token(token).is_some_and(|of| named.contains(of) && !mentioned.contains(of))
        };
        let scope = scope.union(&allowed.filter(stands_for));
        let resources = self.of(&scope);
        if named.is_empty() {
            return if resources.len() <= 1 { Ok(scope) } else { Err(catalogue::SEVERAL_RESOURCES) };
        }
        if !named.is_subset(&resources) {
            return Err(catalogue::RESOURCE_NOT_ALLOWED);
        }
        if resources == named { Ok(scope) } else { Err(catalogue::RESOURCE_NOT_NAMED) }
    }

    /// The part of a granted scope for a token for the named resources: their scopes, and the scopes that belong to no
    /// resource (RFC 8707 section 2.2). The whole scope when no resource is named.
    pub fn narrowed(&self, granted: &Scope, asked: &[&str]) -> Result<Scope, OAuthError> {
        let named = self.named(asked)?;
        if named.is_empty() {
            return Ok(granted.clone());
        }
        if !named.is_subset(&self.of(granted)) {
            return Err(catalogue::RESOURCE_NOT_GRANTED);
        }
        Ok(granted.filter(|token| self.of_token(token).is_none_or(|of| named.contains(of))))
    }

    fn of_token(&self, token: &str) -> Option<&str> {
        self.by_scope.get(token).map(String::as_str)
    }
}

/// Compares byte for byte, except that an origin may end with a slash: clients that use a URL parser send one.
fn is_same(resource: &str, name: &str) -> bool {
    let origin = |text: &str| Url::parse(text).is_ok_and(|url| url.path() == "/");
    name == resource || name.strip_suffix('/') == Some(resource) && origin(resource)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SHOP: &str = "https://shop.example";
    const NEWS: &str = "https://news.example/api";

    fn resources() -> Resources {
        [("orders", SHOP), ("checkout", SHOP), ("read", NEWS), ("write", NEWS)]
            .map(|(scope, resource)| (scope.to_owned(), resource.to_owned()))
            .into_iter()
            .collect()
    }

    fn scope(text: &str) -> Scope {
        Scope::parse(text).unwrap()
    }

    fn requested(text: &str, asked: &[&str]) -> Result<Scope, OAuthError> {
        resources().requested(&scope(text), &scope("openid orders checkout read"), asked)
    }

    #[test]
    fn tok9_without_the_parameter_the_scopes_name_their_one_resource() {
        assert_eq!(requested("openid", &[]), Ok(scope("openid")));
        assert_eq!(requested("openid orders checkout", &[]), Ok(scope("openid orders checkout")));
        assert_eq!(requested("orders read", &[]), Err(catalogue::SEVERAL_RESOURCES));
    }

    #[test]
    fn tok9_known_resources_may_be_named_and_several_of_them() {
        assert_eq!(requested("openid orders", &[SHOP]), Ok(scope("openid orders")));
        assert_eq!(requested("openid orders read", &[SHOP, NEWS]), Ok(scope("openid orders read")));
        assert_eq!(requested("openid orders", &[SHOP, SHOP]), Ok(scope("openid orders")));
    }

    #[test]
    fn tok9_a_resource_without_a_scope_stands_for_those_that_the_client_may_have() {
        assert_eq!(requested("openid", &[SHOP]), Ok(scope("openid orders checkout")));
        assert_eq!(requested("", &[NEWS]), Ok(scope("read")), "`write` is not the client's");
        assert_eq!(requested("openid orders", &[SHOP, NEWS]), Ok(scope("openid orders read")));
    }

    #[test]
    fn tok9_what_is_unknown_or_not_the_clients_or_not_named_is_an_invalid_target() {
        for (name, error) in [
            ("https://other.example", catalogue::UNKNOWN_RESOURCE),
            ("https://news.example/api/", catalogue::UNKNOWN_RESOURCE),
            ("https://SHOP.example", catalogue::UNKNOWN_RESOURCE),
            ("https://shop.example/#x", catalogue::UNKNOWN_RESOURCE),
            ("shop", catalogue::UNKNOWN_RESOURCE),
            (NEWS, catalogue::RESOURCE_NOT_NAMED),
        ] {
            assert_eq!(requested("openid orders", &[name]), Err(error), "{name}");
        }
        let allowed = scope("openid orders");
        let refused = resources().requested(&scope("openid"), &allowed, &[NEWS]);
        assert_eq!(refused, Err(catalogue::RESOURCE_NOT_ALLOWED));
        assert_eq!(requested("orders", &[SHOP, "x"]), Err(catalogue::UNKNOWN_RESOURCE));
    }

    #[test]
    fn tok9_an_origin_may_end_with_a_slash() {
        assert_eq!(requested("orders", &["https://shop.example/"]), Ok(scope("orders")));
        assert!(requested("orders", &["https://shop.example//"]).is_err());
    }

    #[test]
    fn tok9_a_token_for_one_resource_has_its_scopes_and_those_of_none() {
        let granted = scope("openid offline_access orders read");
        let narrowed = |asked: &[&str]| resources().narrowed(&granted, asked);
        assert_eq!(narrowed(&[]), Ok(granted.clone()));
        assert_eq!(narrowed(&[SHOP]), Ok(scope("openid offline_access orders")));
        assert_eq!(narrowed(&[SHOP, NEWS]), Ok(granted.clone()));
        assert_eq!(narrowed(&["https://other.example"]), Err(catalogue::UNKNOWN_RESOURCE));
        assert_eq!(
            resources().narrowed(&scope("openid orders"), &[NEWS]),
            Err(catalogue::RESOURCE_NOT_GRANTED)
        );
    }

    proptest! {
        #[test]
        fn tok9_narrowing_never_widens_and_keeps_to_the_named_resources(
            granted in prop::sample::subsequence(vec!["openid", "email", "orders", "checkout", "read", "write"], 0..=6),
            asked in prop::sample::subsequence(vec![SHOP, NEWS], 0..=2)
        ) {
            let granted: Scope = granted.into_iter().collect();
            let resources = resources();
            if let Ok(narrowed) = resources.narrowed(&granted, &asked) {
                prop_assert!(narrowed.is_subset(&granted));
                let named: BTreeSet<&str> = asked.iter().copied().collect();
                prop_assert!(asked.is_empty() || resources.of(&narrowed) == named);
            }
        }
    }
}
