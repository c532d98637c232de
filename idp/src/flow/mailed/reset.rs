//! A new password for somebody who forgot the old one (W10).
//!
//! It does not sign anybody in, and no second factor is skipped: the person signs in afterwards as always.

use database::{Tx, again};
use protocol::{email, secret};

use super::by_address::{self, Standing};
use crate::{
    authn::{password, queue::Turn},
    flow::{
        Result, events,
        mail_links::{Purpose, Shown, claim, forget_of},
        new_account::{self, FieldError},
        notices::{self, Notice},
        once, sign_out, throttle,
    },
    mail::letters,
    paths,
    realm::Realm,
    session::{Visit, copies},
    store::{
        audit, identities,
        mailed_links::{self, MailedLink},
        passkeys, sessions, setup_links, users,
    },
};

/// Sends a mail to an address, whether or not it has an account. Returns the path of the page that waits for the code.
pub async fn begin(
    realm: &Realm,
    visit: &Visit,
    interaction: Option<&str>,
    email: &str,
) -> Result<std::result::Result<String, FieldError>> {
    let who = (interaction, email);
    let sent = by_address::ask(realm, visit, Purpose::Reset, who, |standing, proof, seen| match standing {
        Standing::Unknown => letters::no_account(seen),
        Standing::Disabled => letters::disabled(seen),
        Standing::NotSetUp => letters::not_set_up(seen),
        Standing::Unconfirmed | Standing::Good => letters::reset(proof, seen),
    });
    sent.await
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

/// Sets the new password. Everything that the account was signed in to ends, and every other link into it stops working.
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
    let outcome = again!(async {
        let mut tx = facts.begin().await?;
        // first the account, as every other change of it does
        if !users::hold(&mut tx, &user.id).await? {
            return Ok(Outcome::Over);
        }
        let claimed = claim(realm, visit, &mut tx, &Shown::Link(token.to_owned()), Purpose::Reset).await?;
        let Some(link) = claimed else { return Ok(Outcome::Over) };
        if !replace(realm, &mut tx, &link, &hash).await? {
            return Ok(Outcome::Over);
        }
        let dead = sign_out::end_everything_in(realm, &mut tx, &user.id, "password_reset").await?;
        audit::record(&mut tx, &events::of_visit(realm, visit, "account.password_reset", Some(&user.id)))
            .await?;
        let had_one = user.password_hash.is_some();
        let notice = if had_one { Notice::PasswordChanged } else { Notice::PasswordSet };
        notices::tell(realm, visit, &mut tx, &user.id, notice).await?;
        let path = paths::done(paths::PASSWORD_CHANGED, link.interaction.as_deref());
        once::settle(realm, visit, &mut tx, &once::Outcome::to(path.clone())).await?;
        dead.commit(realm, tx).await?;
        Result::Ok(Outcome::Changed(path))
    })?;
    if matches!(outcome, Outcome::Changed(_)) {
        // also copies under ids that were replaced a moment before
        copies::outlive(realm).await;
        // whoever failed with the old password does not wait for that with the new one
        throttle::forgive(realm, &[&user.email]).await?;
    }
    Ok(outcome)
}

/// Gives the account of a link its new password; `false` when the account has another address than the link was mailed
/// to, or is disabled.
async fn replace(realm: &Realm, tx: &mut Tx, link: &MailedLink, hash: &str) -> Result<bool> {
    let (now, id) = (realm.now(), link.user_id.as_deref().unwrap_or_default());
    if !users::set_password(tx, id, hash, now).await? {
        return Ok(false);
    }
    let user = users::by_id(&mut *tx, id).await?;
    let Some(user) = user.filter(|user| email::key(&user.email) == link.address_key) else {
        return Ok(false);
    };
    // whoever has the link reads the mailbox
    let is_news = users::verify_email(tx, id, &user.email, now).await?;
    if is_news && !realm.enrols_by_invitation() {
        // nobody has proved before that the address is theirs: a passkey or an upstream account may be that of somebody
        // who used another person's address
        passkeys::remove_all(tx, id).await?;
        identities::sever_since(tx, id, 0, now).await?;
        sessions::forget_browsers(tx, id).await?;
    }
    setup_links::forget_of(tx, id).await?;
    forget_of(tx, id).await?;
    Ok(true)
}
