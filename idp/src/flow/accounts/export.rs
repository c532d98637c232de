//! Accounts for another program, in the form that import reads.

use clock::when;
use serde_json::{Map, Value, json};

use super::Result;
use crate::{realm::Realm, store::transfer};

/// How many accounts are read at a time.
const PAGE: i64 = 500;

/// Some accounts, one JSON object each.
#[derive(Debug)]
pub struct Page {
    /// The accounts.
    pub accounts: Vec<Value>,
    /// The subject of the last one, for the next page; `None` when there are no more.
    pub last: Option<String>,
}

/// The accounts after the subject `after`, in the order of their subjects. There are no hashes among what is told: they
/// are of no use without the realm's pepper.
pub async fn export(realm: &Realm, after: &str) -> Result<Page> {
    let facts = &realm.store.facts;
    let users = transfer::page(facts, after, PAGE).await?;
    let Some(last) = users.last().map(|user| user.id.clone()) else {
        return Ok(Page { accounts: Vec::new(), last: None });
    };
    let roles = transfer::roles(facts, after, &last).await?;
    let accounts = users.into_iter().map(|user| {
        let roles: Vec<&str> =
            roles.iter().filter(|role| role.user_id == user.id).map(|role| role.role.as_str()).collect();
        let claims: Map<String, Value> = serde_json::from_str(&user.claims).unwrap_or_default();
        let claims: Map<String, Value> =
            claims.into_iter().filter(|(name, _)| name != "updated_at").collect();
        json!({
            "id": user.id,
            "email": user.email,
            "email_verified": user.email_verified_at.is_some(),
            "username": user.username,
            "claims": claims,
            "roles": roles,
            "team": user.team,
            "language": user.language,
            "disabled": user.disabled_at.is_some(),
            "created_at": when::iso(user.created_at),
        })
    });
    Ok(Page { accounts: accounts.collect(), last: Some(last) })
}
