//! A new password for somebody who forgot the old one (W10).
//!
//! It does not sign anybody in, and no second factor is skipped: the person signs in afterwards as always.

use database::again;
use protocol::{email::Address, secret};

use super::{ask, count};
use crate::{
    authn::{password, queue::Turn},
    flow::{
        Result, events,
        mail_links::{Purpose, Request, claim, forget_of},
        new_account::{self, FieldError},
        notices::{self, Notice},
        once,
        outbox::mail,
        sign_out,
    },
    mail::letters,
    paths,
    realm::Realm,
    session::Visit,
    store::{audit, mailed_links, setup_links, users},
};

/// Sends a mail to an address, whether or not it has an account. Returns the path of the page that waits for the code.
pub async fn begin(
    realm: &Realm,
    visit: &Visit,
    interaction: Option<&str>,
    email: &str,
) -> Result<std::result::Result<String, FieldError>> {
    let Some(address) = Address::parse(email) else { return Ok(Err(FieldError::no_address())) };
    count(realm, visit, &address).await?;
    let user = users::by_email(&realm.store.facts, &address.written).await?;
    let seen = notices::seen(realm, visit);
    let path = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let request = Request {
            purpose: Purpose::Reset,
            address: &address,
            user_id: user.as_ref().map(|user| user.id.as_str()),
            detail: None,
            interaction,
        };
        let path = ask(realm, visit, &mut tx, request, |proof| match &user {
            None => letters::no_account(&seen),
            Some(user) if user.disabled_at.is_some() => letters::disabled(&seen),
            Some(_) => letters::reset(proof, &seen),
        })
        .await?;
        tx.commit().await?;
        Result::Ok(path)
    })?;
    mail::wake(realm);
    Ok(Ok(path))
}

/// The result of the form for the new password.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The password is the new one. The page that says so is at this path.
    Changed(String),
    /// The link does not work any more.
    Over,
    /// The new password can't be accepted.
    Refused(FieldError),
}

/// Sets the new password. Every session of the account ends, and every other link into it stops working.
pub async fn finish(realm: &Realm, visit: &Visit, token: &str, typed: &str, turn: Turn) -> Result<Outcome> {
    let facts = &realm.store.facts;
    let link = mailed_links::usable(facts, &secret::hash(token), realm.now()).await?;
    let user_id = link.filter(|link| link.purpose == Purpose::Reset.as_str()).and_then(|link| link.user_id);
    let user = match user_id {
        Some(id) => users::by_id(facts, &id).await?,
        None => None,
    };
    let Some(user) = user else { return Ok(Outcome::Over) };
    let new = match password::normalise(typed) {
        Ok(new) => new,
        Err(fault) => return Ok(Outcome::Refused(FieldError::in_password(fault))),
    };
    let hash = match new_account::hashed(realm, new, user.words(), turn).await? {
        Ok(hash) => hash,
        Err(fault) => return Ok(Outcome::Refused(fault)),
    };
    let now = realm.now();
    again!(async {
        let mut tx = facts.begin().await?;
        let claimed = claim(realm, visit, &mut tx, token, Purpose::Reset).await?;
        let Some(link) = claimed else { return Ok(Outcome::Over) };
        if !users::set_password(&mut tx, &user.id, &hash, now).await? {
            return Ok(Outcome::Over);
        }
        // whoever has the link reads the mailbox
        users::verify_email(&mut tx, &user.id, &link.address, now).await?;
        setup_links::forget_of(&mut tx, &user.id).await?;
        forget_of(&mut tx, &user.id).await?;
        let dead = sign_out::end_all_in(realm, &mut tx, &user.id, None, "password_reset").await?;
        audit::record(&mut tx, &events::of_visit(realm, visit, "account.password_reset", Some(&user.id)))
            .await?;
        notices::tell(realm, visit, &mut tx, &user.id, Notice::PasswordChanged).await?;
        let path = paths::done(paths::PASSWORD_CHANGED, link.interaction.as_deref());
        once::settle(realm, visit, &mut tx, &once::Outcome::to(path.clone())).await?;
        dead.commit(realm, tx).await?;
        Result::Ok(Outcome::Changed(path))
    })
}
