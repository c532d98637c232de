//! An account's claims and username. Operators change them, and accounts without a username get one.

use database::again;
use protocol::{profile, username};
use serde_json::Value;

use super::{Error, Result, accounts::by_operator, userinfo};
use crate::{
    realm::Realm,
    store::{
        audit::{self, Event},
        users,
    },
};

/// How many accounts without a username are read at a time.
const PAGE: i64 = 200;

/// How often a change is tried when others change the account in between.
const TRIES: usize = 4;

/// The result of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// The account is changed.
    Done,
    /// No account has that address.
    NoAccount,
    /// A claim can't have this value. Holds the claim's name, and what the value must be, as the end of a sentence.
    Fault(String, String),
}

/// Sets claims, written as text, of the account with this address, all or none: see [`profile::parse`]. `None` removes
/// a claim. `preferred_username` can be set but not removed.
pub async fn set_claims(realm: &Realm, email: &str, changes: &[(&str, Option<&str>)]) -> Result<Changed> {
    let mut parsed = Vec::new();
    let mut new_username = None;
    for (name, text) in changes {
        match judged(realm, name, *text) {
            Ok(Judged::Claim(value)) => parsed.push((*name, value)),
            Ok(Judged::Username(name)) => new_username = Some(name),
            Err(expected) => return Ok(Changed::Fault((*name).to_owned(), expected)),
        }
    }
    let names = changes.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" ");
    let new = New { claims: &parsed, username: new_username.as_deref(), names: &names };
    for _ in 0..TRIES {
        if let Some(changed) = again!(change(realm, email, &new))? {
            return Ok(changed);
        }
    }
    Err(Error::Internal(anyhow::anyhow!("the account changed again and again")))
}

struct New<'a> {
    claims: &'a [(&'a str, Option<Value>)],
    username: Option<&'a str>,
    names: &'a str,
}

/// Tries a change once; `None` when somebody else changed the account in between.
async fn change(realm: &Realm, email: &str, new: &New<'_>) -> Result<Option<Changed>> {
    let Some(user) = users::by_email(&realm.store.facts, email).await? else {
        return Ok(Some(Changed::NoAccount));
    };
    let now = realm.now();
    let after = Value::Object(profile::changed(&userinfo::claims_of(&user)?, new.claims, now)).to_string();
    let mut tx = realm.store.facts.begin().await?;
    if !users::replace_claims(&mut tx, &user.id, (&user.claims, &after), now).await? {
        return Ok(None);
    }
    if let Some(name) = new.username {
        match users::rename(&mut tx, &user.id, name, now).await {
            Err(error) if error.is_conflict() => {
                return Ok(Some(Changed::Fault(username::CLAIM.to_owned(), "is taken".to_owned())));
            }
            other => other?,
        };
    }
    let event = Event { detail: Some(new.names), ..by_operator(realm, "account.claims_changed", &user.id) };
    audit::record(&mut tx, &event).await?;
    tx.commit().await?;
    Ok(Some(Changed::Done))
}

/// Records that an account's address is verified; `false` when no account has the address, or it was verified before.
pub async fn verify_email(realm: &Realm, email: &str) -> Result<bool> {
    again!(async {
        let Some(user) = users::by_email(&realm.store.facts, email).await? else { return Ok(false) };
        let mut tx = realm.store.facts.begin().await?;
        if !users::verify_email(&mut tx, &user.id, &user.email, realm.now()).await? {
            return Ok(false);
        }
        audit::record(&mut tx, &by_operator(realm, "account.email_verified", &user.id)).await?;
        tx.commit().await?;
        Result::Ok(true)
    })
}

/// Gives accounts from before there were usernames one each. Returns how many accounts got one.
pub async fn name_the_unnamed(realm: &Realm) -> database::Result<u64> {
    let facts = &realm.store.facts;
    let mut named = 0;
    loop {
        let page = users::unnamed(facts, PAGE).await?;
        let before = named;
        for account in &page {
            for candidate in username::candidates(&account.email, u32::from_be_bytes(realm.bytes())) {
                match users::name(facts, &account.id, &candidate).await {
                    Err(error) if error.is_conflict() => {}
                    other => {
                        named += u64::from(other?);
                        break;
                    }
                }
            }
        }
        // a page that isn't full is the last one; if no account of a page got a name, the next run tries other random
        // numbers
        if i64::try_from(page.len()).unwrap_or(PAGE) < PAGE || named == before {
            return Ok(named);
        }
    }
}

enum Judged {
    Claim(Option<Value>),
    Username(String),
}

fn judged(realm: &Realm, name: &str, text: Option<&str>) -> std::result::Result<Judged, String> {
    if !realm.config.claims.contains(name) {
        return Err("is no claim of this realm that can be set".to_owned());
    }
    if name == username::CLAIM {
        let text = text.ok_or("can't be taken away".to_owned())?;
        let expected = "must be letters, digits, `.`, `_` and `-`, the first a letter or digit, at most 64";
        return username::parse(text).map(Judged::Username).ok_or_else(|| expected.to_owned());
    }
    let value = text.map(|text| profile::parse(name, text)).transpose();
    value.map(Judged::Claim).map_err(|fault| fault.to_string())
}
