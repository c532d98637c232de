//! Accounts that come from another program, with their password hashes and authenticator apps (J6).

use std::collections::HashSet;

use clock::when;
use database::{Tx, again};
use protocol::{email, email::Address, profile, username};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Result, by_operator, roles::unknown};
use crate::{
    authn::{
        imported,
        totp::{self, Seed},
    },
    flow::{new_account, seed},
    realm::Realm,
    store::{
        audit, factors,
        transfer::{self, Arriving},
        user_roles, users,
    },
};

/// Longest subject, in bytes (OpenID Connect Core section 2).
const MOST_SUBJECT: usize = 255;

/// An account as a line of the file has it. Export writes the same, without the hash.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    email: String,
    id: Option<String>,
    #[serde(default)]
    email_verified: bool,
    username: Option<String>,
    #[serde(default)]
    claims: Map<String, Value>,
    #[serde(default)]
    roles: Vec<String>,
    team: Option<String>,
    language: Option<String>,
    password_hash: Option<Value>,
    totp: Option<Value>,
    #[serde(default)]
    disabled: bool,
    created_at: Option<String>,
}

/// An account that can be imported.
#[derive(Debug)]
pub struct Ready {
    /// The number of its line.
    pub line: usize,
    id: Option<String>,
    address: Address,
    is_verified: bool,
    username: Option<String>,
    claims: String,
    roles: Vec<String>,
    team: Option<String>,
    language: Option<String>,
    password_hash: Option<String>,
    app: Option<Seed>,
    is_disabled: bool,
    created_at: Option<i64>,
}

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// There is a new account.
    Imported,
    /// The account was there already, and is as it was.
    Known,
    /// It can't be imported, and why.
    Refused(String),
}

/// Reads the lines of one file.
#[derive(Debug)]
pub struct Reader<'r> {
    realm: &'r Realm,
    /// The roles of accounts that name none.
    usual_roles: Vec<String>,
    addresses: HashSet<String>,
    subjects: HashSet<String>,
}

impl<'r> Reader<'r> {
    /// A reader. `usual_roles` are those of accounts that name none.
    pub fn new(realm: &'r Realm, usual_roles: Vec<String>) -> Self {
        Self { realm, usual_roles, addresses: HashSet::new(), subjects: HashSet::new() }
    }

    /// Judges a line. The error is a sentence for the operator.
    pub fn read(&mut self, line: usize, text: &str) -> std::result::Result<Ready, String> {
        let record: Record = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let address = Address::parse(&record.email).ok_or("`email` is no e-mail address")?;
        if !self.addresses.insert(email::key(&address.written)) {
            return Err("its address is on an earlier line".to_owned());
        }
        if let Some(id) = &record.id {
            if id.is_empty()
                || id.len() > MOST_SUBJECT
                || !id.bytes().all(|b| b.is_ascii_graphic() && b != b'@')
            {
                return Err("`id` must be at most 255 visible ASCII characters, without `@`".to_owned());
            }
            if !self.subjects.insert(id.clone()) {
                return Err("its `id` is on an earlier line".to_owned());
            }
        }
        let roles = if record.roles.is_empty() { self.usual_roles.clone() } else { record.roles };
        if roles.is_empty() {
            return Err(
                "it has no role, and the realm has no role for everybody: say one with --role".to_owned()
            );
        }
        if let Some(role) = unknown(self.realm, &roles) {
            return Err(format!("the realm file has no role `{role}`"));
        }
        Ok(Ready {
            line,
            id: record.id,
            address,
            is_verified: record.email_verified,
            username: record.username.as_deref().map(own_username).transpose()?,
            claims: Value::Object(claims(&record.claims)?).to_string(),
            roles,
            team: record.team,
            language: record.language,
            password_hash: record.password_hash.as_ref().map(hash).transpose()?,
            app: record.totp.as_ref().map(app).transpose()?,
            is_disabled: record.disabled,
            created_at: record.created_at.as_deref().map(time).transpose()?,
        })
    }
}

fn own_username(text: &str) -> std::result::Result<String, String> {
    let name = username::parse(text).filter(|name| !username::is_reserved(name));
    name.ok_or_else(|| "`username` must be letters, digits, `.`, `_` and `-`, at most 64".to_owned())
}

fn claims(told: &Map<String, Value>) -> std::result::Result<Map<String, Value>, String> {
    let judged = told.iter().map(|(name, value)| {
        let value = profile::judge(name, value).map_err(|fault| format!("`claims.{name}` {fault}"))?;
        Ok((name.clone(), value))
    });
    judged.collect()
}

fn hash(value: &Value) -> std::result::Result<String, String> {
    let hash = imported::parse(value).map_err(|fault| format!("`password_hash` {fault}"))?;
    Ok(hash.stored())
}

fn app(value: &Value) -> std::result::Result<Seed, String> {
    imported::app(value).map_err(|fault| format!("`totp` {fault}"))
}

fn time(text: &str) -> std::result::Result<i64, String> {
    when::parse(text).ok_or_else(|| "`created_at` must be a time like 2024-05-17T08:30:00Z".to_owned())
}

/// Imports some accounts in one transaction. A dry run does the same and leaves nothing behind. The outcomes are in the
/// order of the accounts.
pub async fn import(realm: &Realm, accounts: &[Ready], is_dry: bool) -> Result<Vec<Outcome>> {
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let mut outcomes = Vec::with_capacity(accounts.len());
        for account in accounts {
            outcomes.push(insert(realm, &mut tx, account).await?);
        }
        if !is_dry {
            tx.commit().await?;
        }
        Result::Ok(outcomes)
    })
}

async fn insert(realm: &Realm, tx: &mut Tx, account: &Ready) -> Result<Outcome> {
    let now = realm.now();
    let id = account.id.clone().unwrap_or_else(|| realm.new_id());
    let names = match &account.username {
        Some(name) => vec![name.clone()],
        None => new_account::usernames(realm, &account.address.written),
    };
    for username in &names {
        let arriving = Arriving {
            id: &id,
            email: &account.address.written,
            email_verified_at: account.is_verified.then_some(now),
            username,
            password_hash: account.password_hash.as_deref(),
            claims: &account.claims,
            team: account.team.as_deref(),
            language: account.language.as_deref(),
            disabled_at: account.is_disabled.then_some(now),
            created_at: account.created_at.unwrap_or(now),
        };
        if transfer::insert(tx, &arriving, now).await? {
            for role in &account.roles {
                user_roles::give(tx, &id, role, now).await?;
            }
            if let Some(app) = &account.app {
                // what the other program may have accepted a moment ago counts as used (MF1)
                let step = totp::newest_step(now);
                factors::confirm_totp(tx, &id, &seed::seal(realm, app)?, step, now).await?;
            }
            audit::record(tx, &by_operator(realm, "account.imported", &id)).await?;
            return Ok(Outcome::Imported);
        }
        if let Some(known) = known(tx, account).await? {
            return Ok(known);
        }
    }
    Ok(Outcome::Refused("its username belongs to another account".to_owned()))
}

/// What to say of a line whose account is there; `None` when only the username is another account's.
async fn known(tx: &mut Tx, account: &Ready) -> Result<Option<Outcome>> {
    let holder = users::by_email(&mut *tx, &account.address.written).await?;
    let same = match &account.id {
        None => None,
        Some(id) => users::by_id(&mut *tx, id).await?,
    };
    Ok(match (holder, same) {
        (Some(holder), _) if account.id.as_ref().is_none_or(|id| *id == holder.id) => Some(Outcome::Known),
        (Some(_), _) => {
            Some(Outcome::Refused("its address belongs to an account with another `id`".to_owned()))
        }
        (None, Some(_)) => {
            Some(Outcome::Refused("its `id` belongs to an account with another address".to_owned()))
        }
        (None, None) => None,
    })
}
