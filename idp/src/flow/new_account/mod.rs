//! Reads and judges the form of a new account and hashes its password. Nothing is stored here.
//!
//! * `fields`: the claims that a form can ask for, with labels and hints for people

use language::{Language, Message};
use protocol::{email::Address, profile, profile::InvalidClaim, typed, username};
use serde_json::{Map, Value};

use super::Result;
use crate::{
    authn::{
        password::{self, Password, PasswordFault, Strength},
        queue::Turn,
    },
    realm::Realm,
    store::users::NewUser,
};

pub mod fields;

/// What a person fills in.
#[derive(Clone, Copy)]
pub struct Form<'a> {
    /// The e-mail address.
    pub email: &'a str,
    /// The claims that were asked for, in the order of the page.
    pub claims: &'a [Filled<'a>],
    /// The new password.
    pub password: &'a str,
    /// The language of the page, if its owner fills it in.
    pub language: Option<Language>,
}

impl std::fmt::Debug for Form<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Form([redacted])")
    }
}

impl Form<'_> {
    /// Whether a username was chosen.
    pub fn chose_username(&self) -> bool {
        self.claims.iter().any(|filled| filled.claim == username::CLAIM && !filled.is_empty())
    }
}

/// A claim that was asked for.
#[derive(Clone, Copy)]
pub struct Filled<'a> {
    /// The claim's name.
    pub claim: &'static str,
    /// What was typed; empty when nothing was.
    pub text: &'a str,
    /// Whether it must not be left empty.
    pub required: bool,
}

impl std::fmt::Debug for Filled<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Filled").field("claim", &self.claim).finish_non_exhaustive()
    }
}

impl<'a> Filled<'a> {
    /// The name to show; it may be left empty.
    pub const fn name(text: &'a str) -> Self {
        Self { claim: "name", text, required: false }
    }

    fn is_empty(self) -> bool {
        self.text.trim().is_empty()
    }
}

/// A field that can't be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// `email`, `password` or a claim.
    pub field: &'static str,
    /// What to change.
    pub message: Message,
}

impl FieldError {
    fn new(field: &'static str, message: Message) -> Self {
        Self { field, message }
    }

    /// The error for a password that can't be accepted.
    pub(super) fn in_password(fault: PasswordFault) -> Self {
        Self::new("password", fault.message())
    }

    /// The error for a text that is no address.
    pub fn no_address() -> Self {
        Self::new("email", Message::new("email-invalid"))
    }

    /// The error for a person who wants the address that the account has.
    pub fn same_address() -> Self {
        Self::new("email", Message::new("email-same"))
    }

    /// The error for a person whose address already has an account.
    pub fn address_taken() -> Self {
        Self::new("email", Message::new("email-taken"))
    }

    /// The error for a person who chose a username that is taken.
    pub fn username_taken() -> Self {
        Self::new(username::CLAIM, Message::new("username-taken"))
    }
}

/// The data of a new account from the filled-in form, or the field to change. The turn ends with this call.
pub async fn judge(
    realm: &Realm,
    form: Form<'_>,
    role: &str,
    turn: Turn,
) -> Result<std::result::Result<NewUser, FieldError>> {
    let (identity, password) = match readable(form) {
        Ok(readable) => readable,
        Err(fault) => return Ok(Err(fault)),
    };
    let password_hash = match hashed(realm, password, identity.words(), turn).await? {
        Ok(hash) => hash,
        Err(fault) => return Ok(Err(fault)),
    };
    Ok(Ok(identity.account(realm, role, Some(password_hash))))
}

/// [`judge`] for an account without a password.
pub fn judge_without_password(
    realm: &Realm,
    form: Form<'_>,
    role: &str,
) -> std::result::Result<NewUser, FieldError> {
    Ok(person(form)?.account(realm, role, None))
}

/// The hash of a new password, if the rules accept it. It must not consist of `own_words`. The turn ends with this call.
pub(super) async fn hashed(
    realm: &Realm,
    password: Password,
    own_words: Vec<String>,
    turn: Turn,
) -> Result<std::result::Result<String, FieldError>> {
    match judged(realm, password.clone(), own_words, &turn).await? {
        Ok(_) => Ok(Ok(realm.hasher.hash(&turn, password, realm.bytes()).await?)),
        Err(fault) => Ok(Err(FieldError::in_password(fault))),
    }
}

/// What the rules say about a new password. It must not consist of `own_words`.
pub(super) async fn judged(
    realm: &Realm,
    password: Password,
    own_words: Vec<String>,
    turn: &Turn,
) -> Result<std::result::Result<Strength, PasswordFault>> {
    let policy = realm.config.passwords.policy.clone();
    Ok(realm.hasher.compute(turn, move || policy.judge(&password, &own_words)).await?)
}

/// Usernames to try for a new account whose owner chose none.
pub fn usernames(realm: &Realm, email: &str) -> Vec<String> {
    username::candidates(email, u32::from_be_bytes(realm.bytes()))
}

/// Judges the address and the name of a new account. Returns both as they are to be stored.
pub(super) fn identity(email: &str, name: &str) -> std::result::Result<(Address, String), FieldError> {
    let address = Address::parse(email).ok_or_else(FieldError::no_address)?;
    Ok((address, display_name(name)?))
}

/// Judges a name to show; it may be empty.
fn display_name(text: &str) -> std::result::Result<String, FieldError> {
    let name = typed::name(text).map_err(|_| FieldError::new("name", Message::new("name-hidden")))?;
    if name.chars().count() > profile::MAX_NAME {
        return Err(FieldError::new("name", Message::new("name-too-long")));
    }
    Ok(name)
}

/// The value of a claim as a person typed it, or why it can't be accepted; `None` when nothing was typed.
pub(super) fn claim(claim: &'static str, text: &str) -> std::result::Result<Option<Value>, FieldError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    if claim == "name" {
        let name = display_name(text)?;
        return Ok(Some(name).filter(|name| !name.is_empty()).map(Value::from));
    }
    let value = profile::typed(claim, text);
    value
        .map(Some)
        .map_err(|fault| FieldError::new(claim, invalid(fault).with("claim", fields::label(claim))))
}

/// What to change in a claim.
fn invalid(fault: InvalidClaim) -> Message {
    Message::new(match fault {
        InvalidClaim::Line => "field-line",
        InvalidClaim::Url => "field-url",
        InvalidClaim::Date => "field-date",
        InvalidClaim::Zone => "field-zone",
        InvalidClaim::Locale => "field-locale",
        InvalidClaim::Phone => "field-phone",
        InvalidClaim::Address => "field-address",
        InvalidClaim::Hidden => "field-hidden",
        InvalidClaim::Flag | InvalidClaim::NotOwn | InvalidClaim::Unknown => "field-not-own",
    })
}

/// The person whom an account is for.
struct Identity {
    address: Address,
    name: String,
    /// The username that the person chose, if any.
    username: Option<String>,
    /// The other claims.
    claims: Map<String, Value>,
    language: Option<Language>,
}

impl Identity {
    /// The data of the new account.
    fn account(self, realm: &Realm, role: &str, password_hash: Option<String>) -> NewUser {
        let email = self.address.written;
        NewUser {
            id: realm.new_id(),
            usernames: self.username.map_or_else(|| usernames(realm, &email), |chosen| vec![chosen]),
            email,
            name: self.name,
            claims: self.claims,
            password_hash,
            role: role.to_owned(),
            language: self.language.map(|language| language.tag().to_owned()),
        }
    }

    /// The texts that a password must not consist of.
    fn words(&self) -> Vec<String> {
        let texts = self.claims.values().filter_map(Value::as_str).map(str::to_owned);
        [self.address.written.clone(), self.name.clone()]
            .into_iter()
            .chain(self.username.clone())
            .chain(texts)
            .collect()
    }
}

/// Judges all fields, but not yet the quality of the password.
fn readable(form: Form<'_>) -> std::result::Result<(Identity, Password), FieldError> {
    let identity = person(form)?;
    let password = password::normalise(form.password).map_err(FieldError::in_password)?;
    Ok((identity, password))
}

/// Judges the fields about the person.
fn person(form: Form<'_>) -> std::result::Result<Identity, FieldError> {
    let name = form.claims.iter().find(|filled| filled.claim == "name").map_or("", |filled| filled.text);
    let (address, name) = identity(form.email, name)?;
    let mut identity =
        Identity { address, name, username: None, claims: Map::new(), language: form.language };
    for filled in form.claims {
        if filled.required && filled.is_empty() {
            let message = Message::new("field-empty").with("claim", fields::label(filled.claim));
            return Err(FieldError::new(filled.claim, message));
        }
        if filled.is_empty() {
            continue;
        }
        match filled.claim {
            "name" => {} // judged with the address
            username::CLAIM => identity.username = Some(chosen(filled.text)?),
            claim => {
                if let Some(value) = self::claim(claim, filled.text)? {
                    identity.claims.insert(claim.to_owned(), value);
                }
            }
        }
    }
    Ok(identity)
}

/// The username that the person chose, or why it can't be accepted.
fn chosen(text: &str) -> std::result::Result<String, FieldError> {
    let name = username::parse(&typed::identifier(text))
        .ok_or_else(|| FieldError::new(username::CLAIM, Message::new("username-invalid")))?;
    if username::is_reserved(&name) {
        return Err(FieldError::username_taken());
    }
    Ok(name)
}
