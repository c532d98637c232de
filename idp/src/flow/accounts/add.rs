//! New accounts.

use database::again;
use protocol::secret;

use super::{Result, by_operator, roles::unknown};
use crate::{
    flow::{
        new_account::{self, FieldError, Form},
        setup,
    },
    realm::Realm,
    store::{
        audit,
        setup_links::{self, Owner},
        user_roles,
        users::{self, NewUser},
    },
};

/// Creates an account with a role and a password. Returns its id, or a field that can't be accepted.
pub async fn add(
    realm: &Realm,
    form: Form<'_>,
    role: &str,
) -> Result<std::result::Result<String, FieldError>> {
    let turn = realm.hasher.queue.turn().await?;
    let user = match new_account::judge(realm, form, role, turn).await? {
        Ok(user) => user,
        Err(fault) => return Ok(Err(fault)),
    };
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        match users::insert(&mut tx, &user, realm.now()).await {
            Err(error) if error.is_conflict() => return Ok(Err(FieldError::address_taken())),
            other => other?,
        };
        audit::record(&mut tx, &by_operator(realm, "account.added", &user.id)).await?;
        tx.commit().await?;
        Ok(Ok(user.id.clone()))
    })
}

/// The person whom an account is made for.
#[derive(Debug, Clone, Copy)]
pub struct Invitation<'a> {
    /// The e-mail address.
    pub email: &'a str,
    /// The name to show; may be empty.
    pub name: &'a str,
    /// The account's roles, all of them in the realm file; at least one.
    pub roles: &'a [String],
}

/// Why an account can't be made.
#[derive(Debug)]
pub enum Refusal {
    /// The realm file has no such role.
    UnknownRole(String),
    /// The address already has an account.
    Taken,
    /// A field that can't be accepted.
    Field(FieldError),
}

/// A new account and the link with which its owner sets the password.
#[derive(Debug)]
pub struct Invited {
    /// The account's subject.
    pub id: String,
    /// The link; it works once.
    pub link: String,
    /// The account's address as it is stored.
    pub email: String,
    /// When the link expires, Unix seconds.
    pub expires_at: i64,
}

/// Creates an account without a password, and a one-time link with which its owner sets one (D2).
pub async fn invite(
    realm: &Realm,
    invitation: Invitation<'_>,
    life_seconds: i64,
) -> Result<std::result::Result<Invited, Refusal>> {
    let Invitation { email, name, roles } = invitation;
    if let Some(role) = unknown(realm, roles) {
        return Ok(Err(Refusal::UnknownRole(role.clone())));
    }
    let (address, name) = match new_account::identity(email, name) {
        Ok(judged) => judged,
        Err(fault) => return Ok(Err(Refusal::Field(fault))),
    };
    let role = roles.first().map(String::as_str).unwrap_or_default();
    let user = NewUser {
        id: realm.new_id(),
        usernames: new_account::usernames(realm, &address.written),
        email: address.written,
        name,
        claims: serde_json::Map::new(),
        password_hash: None,
        role: role.to_owned(),
        language: None,
    };
    let (token, now) = (realm.new_token(), realm.now());
    let expires_at = now + life_seconds;
    let made = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        match users::insert(&mut tx, &user, now).await {
            Err(error) if error.is_conflict() => return Ok(false),
            other => other?,
        };
        for role in roles {
            user_roles::give(&mut tx, &user.id, role, now).await?;
        }
        let owner = Owner { user_id: &user.id, role };
        setup_links::issue_for(&mut tx, &secret::hash(&token), owner, now, expires_at).await?;
        audit::record(&mut tx, &by_operator(realm, "account.added", &user.id)).await?;
        tx.commit().await?;
        Result::Ok(true)
    })?;
    if !made {
        return Ok(Err(Refusal::Taken));
    }
    Ok(Ok(Invited { id: user.id, email: user.email, link: setup::url(realm, &token), expires_at }))
}
