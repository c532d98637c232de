//! Mails that anybody may ask for who knows an address. Whatever is true of the address, the same is stored and shown, and
//! one mail is sent: the letter alone says it (S24).

use ::language::Language;
use protocol::email::Address;

use super::{ask as mail_to, count};
use crate::{
    flow::{
        Result,
        mail_links::{Purpose, Request},
        new_account::FieldError,
        notices,
    },
    mail::{
        letter::{Letter, Reader},
        letters::{Proof, Seen},
    },
    realm::Realm,
    session::{Visit, interaction::Interaction},
    store::{
        factors,
        users::{self, User},
    },
};

/// What is true of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It has no account.
    Unknown,
    /// Its account is disabled.
    Disabled,
    /// Its account has no second factor, and needs an invitation to get one.
    NotSetUp,
    /// Nobody has confirmed that it belongs to the owner of its account.
    Unconfirmed,
    /// None of these.
    Good,
}

/// Sends a mail to an address. `write` gets what is true of it, and the link and code, which are useless unless the letter
/// tells them. Returns the path of the page that waits for the code.
pub async fn ask(
    realm: &Realm,
    visit: &Visit,
    purpose: Purpose,
    (interaction, email): (Option<&str>, &str),
    write: impl Fn(Standing, Proof<'_>, &Seen) -> Letter,
) -> Result<std::result::Result<String, FieldError>> {
    let Some(address) = Address::parse(email) else { return Ok(Err(FieldError::no_address())) };
    count(realm, visit, &address).await?;
    let user = users::by_email(&realm.store.facts, &address.written).await?;
    let standing = standing(realm, user.as_ref()).await?;
    let seen = notices::seen(realm, visit);
    let language = language(realm, visit, interaction).await?;
    let reader = match &user {
        Some(user) => notices::owner(realm, Some(language), user),
        None => Reader { address: &address.written, language },
    };
    let request = Request {
        purpose,
        address: &address,
        reader,
        user_id: user.as_ref().map(|user| user.id.as_str()),
        detail: None,
        interaction,
    };
    mail_to(realm, visit, request, |proof| write(standing, proof, &seen)).await.map(Ok)
}

async fn standing(realm: &Realm, user: Option<&User>) -> Result<Standing> {
    // an address without an account is looked up too, so that it costs the same
    let can_sign_in = has_what_is_needed(realm, user.map_or("", |user| user.id.as_str())).await?;
    Ok(match user {
        None => Standing::Unknown,
        Some(user) if user.disabled_at.is_some() => Standing::Disabled,
        Some(_) if !can_sign_in => Standing::NotSetUp,
        Some(user) if user.email_verified_at.is_none() => Standing::Unconfirmed,
        Some(_) => Standing::Good,
    })
}

/// Whether one factor is all that the account lacks.
async fn has_what_is_needed(realm: &Realm, user_id: &str) -> Result<bool> {
    if !realm.enrols_by_invitation() {
        return Ok(true);
    }
    let enrolled = factors::enrolled(&realm.store.facts, user_id).await?;
    Ok(enrolled.app || enrolled.passkey)
}

/// The language of the page on which somebody asks for a mail.
async fn language(realm: &Realm, visit: &Visit, interaction: Option<&str>) -> Result<Language> {
    let Some(id) = interaction else { return Ok(visit.language) };
    let interaction = Interaction::load(realm, visit, id).await?;
    Ok(interaction.map_or(visit.language, |interaction| interaction.language(realm, visit)))
}
