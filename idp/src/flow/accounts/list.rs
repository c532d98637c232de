//! Lists of accounts, and everything about one account.

use protocol::username;
use serde_json::{Map, Value};

use super::Result;
use crate::{
    flow::userinfo,
    realm::Realm,
    store::{
        directory::{self, Belongings, Filter, Listed},
        users::{self, User},
    },
};

/// How many accounts one answer holds at most.
pub const MOST: usize = 1000;
/// How many are read from the database at a time.
const READ: usize = 500;

/// Which accounts are wanted.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// Only accounts with this text in their address or name, regardless of case.
    pub search: &'a str,
    /// Further conditions.
    pub filter: Filter<'a>,
    /// Only accounts that come after this address.
    pub after: &'a str,
    /// How many at most.
    pub limit: usize,
}

/// An account in a list.
#[derive(Debug)]
pub struct Entry {
    /// The stored account.
    pub account: Listed,
    /// The name to show.
    pub name: String,
    /// Its roles.
    pub roles: Vec<String>,
}

/// Some accounts, in the order of their addresses.
#[derive(Debug)]
pub struct Page {
    /// The accounts.
    pub entries: Vec<Entry>,
    /// The address that the next page comes after, when there may be one.
    pub next: Option<String>,
}

/// Lists accounts. A realm may have millions, so they are read page by page. Each page begins after the last address of
/// the one before.
pub async fn list(realm: &Realm, query: Query<'_>) -> Result<Page> {
    let facts = &realm.store.facts;
    let limit = query.limit.clamp(1, MOST);
    let (search, mut after) = (query.search.trim().to_lowercase(), users::email_key(query.after));
    let read = if search.is_empty() { limit } else { READ };
    let mut entries = Vec::new();
    loop {
        let page =
            directory::page(facts, &after, query.filter, i64::try_from(read).unwrap_or(i64::MAX)).await?;
        let is_last = page.len() < read;
        for account in page {
            after.clone_from(&account.email_key);
            let name = name_of(&account.claims);
            if account.email_key.contains(&search) || name.to_lowercase().contains(&search) {
                let roles = users::roles(facts, &account.id).await?;
                entries.push(Entry { account, name, roles });
            }
            if entries.len() == limit {
                return Ok(Page { entries, next: Some(after) });
            }
        }
        if is_last {
            return Ok(Page { entries, next: None });
        }
    }
}

fn name_of(claims: &str) -> String {
    let claims: Value = serde_json::from_str(claims).unwrap_or_default();
    claims.get("name").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Everything that is known about an account, except secrets.
#[derive(Debug)]
pub struct Profile {
    /// The stored account.
    pub user: User,
    /// Its claims, the username among them.
    pub claims: Map<String, Value>,
    /// Its roles.
    pub roles: Vec<String>,
    /// Its sessions, factors and so on, counted.
    pub belongings: Belongings,
}

/// Reads everything about an account.
pub async fn profile(realm: &Realm, user: User) -> Result<Profile> {
    let facts = &realm.store.facts;
    let mut claims = userinfo::claims_of(&user)?;
    if let Some(name) = &user.username {
        claims.insert(username::CLAIM.to_owned(), name.as_str().into());
    }
    let roles = users::roles(facts, &user.id).await?;
    let belongings = directory::belongings(facts, &user.id, realm.now()).await?;
    Ok(Profile { user, claims, roles, belongings })
}
