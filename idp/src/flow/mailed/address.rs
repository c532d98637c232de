//! The address of an account: confirming it, changing it, and taking a change back (ACC-2).
//!
//! The old address stays until the new one is confirmed. The old one is told then, and can take the change back.

use database::{Tx, again};
use protocol::email::{self, Address};

use super::{ask, count};
use crate::{
    flow::{
        Error, Result, events,
        mail_links::{Purpose, Request, UNDO_SECONDS, add, claim, forget_of},
        new_account::FieldError,
        notices, once,
        outbox::mail::{self, About},
        sessions::establish,
        sign_out,
    },
    mail::letters,
    paths,
    realm::Realm,
    session::{Session, Visit},
    store::{
        audit, setup_links,
        users::{self, User},
    },
};

/// Whether the address of an account is confirmed, and which one it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Current {
    /// The address.
    pub address: String,
    /// Whether its owner has confirmed it.
    pub is_confirmed: bool,
}

/// The address of a session's account.
pub async fn current(realm: &Realm, session: &Session) -> Result<Current> {
    let user = account(realm, session).await?;
    Ok(Current { is_confirmed: user.email_verified_at.is_some(), address: user.email })
}

async fn account(realm: &Realm, session: &Session) -> Result<User> {
    let user = users::by_id(&realm.store.facts, &session.user_id).await?;
    user.ok_or(Error::Refused(establish::SESSION_ENDED))
}

/// Sends a mail to the account's own address, to confirm it. Returns the path of the page that waits for the code.
pub async fn confirm(realm: &Realm, visit: &Visit, session: &Session) -> Result<String> {
    let user = account(realm, session).await?;
    let Some(address) = Address::parse(&user.email) else { return Ok(paths::ADDRESS.to_owned()) };
    count(realm, visit, &address).await?;
    let request = Request {
        purpose: Purpose::Confirm,
        address: &address,
        user_id: Some(&user.id),
        detail: None,
        interaction: None,
    };
    let path = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let path = ask(realm, visit, &mut tx, request, letters::confirm).await?;
        tx.commit().await?;
        Result::Ok(path)
    })?;
    mail::wake(realm);
    Ok(path)
}

/// Sends a mail to the address that the account shall have. Returns the path of the page that waits for the code. It is
/// the same when the address belongs to another account; its owner is told.
pub async fn change(
    realm: &Realm,
    visit: &Visit,
    session: &Session,
    typed: &str,
) -> Result<std::result::Result<String, FieldError>> {
    let user = account(realm, session).await?;
    let Some(address) = Address::parse(typed) else { return Ok(Err(FieldError::no_address())) };
    if address.written == user.email {
        return Ok(Err(FieldError::same_address()));
    }
    count(realm, visit, &address).await?;
    let holder = users::by_email(&realm.store.facts, &address.written).await?;
    let is_taken = holder.is_some_and(|holder| holder.id != user.id);
    let seen = notices::seen(realm, visit);
    let request = Request {
        purpose: Purpose::Change,
        address: &address,
        user_id: Some(&user.id),
        detail: None,
        interaction: None,
    };
    let path = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let path = ask(realm, visit, &mut tx, request, |proof| {
            if is_taken { letters::address_in_use(&seen) } else { letters::change(proof) }
        })
        .await?;
        tx.commit().await?;
        Result::Ok(path)
    })?;
    mail::wake(realm);
    Ok(Ok(path))
}

/// The result of using a link up.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done. The browser goes on at this path.
    Done(String),
    /// The link does not work any more.
    Over,
    /// The address has another account by now.
    Taken,
}

/// Records that the account's address is its owner's.
pub async fn confirmed(realm: &Realm, visit: &Visit, token: &str) -> Result<Outcome> {
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let claimed = claim(realm, visit, &mut tx, token, Purpose::Confirm).await?;
        let Some((user_id, address)) = claimed.and_then(|link| Some((link.user_id?, link.address))) else {
            return Ok(Outcome::Over);
        };
        if users::verify_email(&mut tx, &user_id, &address, realm.now()).await? {
            let event = events::of_visit(realm, visit, "account.email_verified", Some(&user_id));
            audit::record(&mut tx, &event).await?;
        }
        done(realm, visit, tx, paths::ADDRESS).await
    })
}

/// Gives the account its new address, and tells the old one.
pub async fn changed(realm: &Realm, visit: &Visit, token: &str) -> Result<Outcome> {
    let outcome = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let claimed = claim(realm, visit, &mut tx, token, Purpose::Change).await?;
        let Some((user_id, new)) = claimed.and_then(|link| Some((link.user_id?, link.address))) else {
            return Ok(Outcome::Over);
        };
        let Some(user) = users::by_id(&mut tx, &user_id).await? else { return Ok(Outcome::Over) };
        if !put_in_place(realm, &mut tx, &user, &new).await? {
            return Ok(Outcome::Taken);
        }
        let event = events::of_visit(realm, visit, "account.email_changed", Some(&user.id));
        audit::record(&mut tx, &event).await?;
        tell_old_address(realm, visit, &mut tx, &user, &new).await?;
        done(realm, visit, tx, paths::ADDRESS).await
    })?;
    mail::wake(realm);
    Ok(outcome)
}

/// Gives the account its old address back, and ends every session: somebody else may have changed it.
pub async fn undone(realm: &Realm, visit: &Visit, token: &str) -> Result<Outcome> {
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let claimed = claim(realm, visit, &mut tx, token, Purpose::Undo).await?;
        let Some((user_id, old)) = claimed.and_then(|link| Some((link.user_id?, link.address))) else {
            return Ok(Outcome::Over);
        };
        let Some(user) = users::by_id(&mut tx, &user_id).await? else { return Ok(Outcome::Over) };
        if !put_in_place(realm, &mut tx, &user, &old).await? {
            return Ok(Outcome::Taken);
        }
        let dead = sign_out::end_all_in(realm, &mut tx, &user.id, None, "email_change_undone").await?;
        let event = events::of_visit(realm, visit, "account.email_change_undone", Some(&user.id));
        audit::record(&mut tx, &event).await?;
        let path = paths::SIGNED_OUT_EVERYWHERE.to_owned();
        once::settle(realm, visit, &mut tx, &once::Outcome::to(path.clone())).await?;
        dead.commit(realm, tx).await?;
        Result::Ok(Outcome::Done(path))
    })
}

/// Replaces the address; `false` when it has another account. Links that were mailed about the old one stop working.
async fn put_in_place(realm: &Realm, tx: &mut Tx, user: &User, new: &str) -> Result<bool> {
    match users::replace_email(tx, &user.id, &user.email, new, realm.now()).await {
        Err(error) if error.is_conflict() => return Ok(false),
        replaced => replaced?,
    };
    forget_of(tx, &user.id).await?;
    setup_links::forget_of(tx, &user.id).await?;
    Ok(true)
}

async fn tell_old_address(realm: &Realm, visit: &Visit, tx: &mut Tx, user: &User, new: &str) -> Result<()> {
    let Some(old) = Address::parse(&user.email) else { return Ok(()) };
    // the same mailbox under another spelling needs no way back
    if email::key(&old.written) == email::key(new) {
        return Ok(());
    }
    let request = Request {
        purpose: Purpose::Undo,
        address: &old,
        user_id: Some(&user.id),
        detail: None,
        interaction: None,
    };
    let url = add(realm, visit, tx, request).await?;
    let letter = letters::address_changed(new, &url, &notices::seen(realm, visit));
    let about = About { user_id: &user.id, life_seconds: UNDO_SECONDS };
    notices::post(realm, tx, &old.written, &letter, about).await
}

async fn done(realm: &Realm, visit: &Visit, mut tx: Tx, path: &str) -> Result<Outcome> {
    once::settle(realm, visit, &mut tx, &once::Outcome::to(path)).await?;
    tx.commit().await?;
    Ok(Outcome::Done(path.to_owned()))
}
