//! Names of people, as their realm sent them at sign-in. Only for pages of staff, never used for a decision (RS3).

use std::collections::{BTreeSet, HashMap};

use database::{Db, Result, record, sql};

record! {
    /// Name and e-mail address of a person; both may be unknown.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct Person {
        /// Full name.
        pub name: Option<String>,
        /// E-mail address, verified or not.
        pub email: Option<String>,
    }
}

impl Person {
    /// A short text that distinguishes people, such as "Ada Lovelace, ada@example.org"; `None` if both are unknown.
    pub fn label(&self) -> Option<String> {
        match (&self.name, &self.email) {
            (Some(name), Some(email)) => Some(format!("{name}, {email}")),
            (one, other) => one.clone().or_else(|| other.clone()),
        }
    }
}

/// Stores the name and e-mail address that a realm sent for a person.
pub async fn remember(db: &Db, issuer: &str, sub: &str, person: &Person, now: i64) -> Result<()> {
    sql("INSERT INTO people (issuer, sub, name, email, seen_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (issuer, sub) DO UPDATE SET name = excluded.name, email = excluded.email, \
         seen_at = excluded.seen_at")
    .bind(issuer)
    .bind(sub)
    .bind(person.name.clone())
    .bind(person.email.clone())
    .bind(now)
    .run(db)
    .await
    .map(drop)
}

/// The names of these people of one realm; people who never signed in here are left out.
pub async fn of(db: &Db, issuer: &str, subs: BTreeSet<&str>) -> Result<HashMap<String, Person>> {
    let mut found = HashMap::new();
    for sub in subs {
        let person = sql("SELECT name, email FROM people WHERE issuer = $1 AND sub = $2")
            .bind(issuer)
            .bind(sub)
            .opt::<Person>(db)
            .await?;
        found.extend(person.map(|person| (sub.to_owned(), person)));
    }
    Ok(found)
}
