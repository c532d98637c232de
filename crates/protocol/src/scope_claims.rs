//! Which claims about a user a scope carries (OpenID Connect Core section 5.4, and the scopes for roles).

use std::collections::BTreeSet;

/// Each scope with the claims that it carries. No other claim about a user leaves the provider.
pub const SCOPES: [(&str, &[&str]); 6] = [
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
    (GROUPS, &["groups"]),
    (ROLES, &["roles", "team"]),
];

/// The scope for `groups`: the names of the user's roles, in the claim that many apps read roles from.
pub const GROUPS: &str = "groups";
/// The scope for the user's roles and team in the realm.
pub const ROLES: &str = "roles";

/// The scope that carries a claim; `None` for a name that no scope carries.
pub fn scope_of(claim: &str) -> Option<&'static str> {
    SCOPES.into_iter().find(|(_, claims)| claims.contains(&claim)).map(|(scope, _)| scope)
}

/// Whether a scope carries at least one of these claims.
pub fn carries_any(scope: &str, claims: &BTreeSet<String>) -> bool {
    claims.iter().any(|claim| scope_of(claim) == Some(scope))
}
