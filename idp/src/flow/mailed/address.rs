//! The address of an account: confirming it, changing it, and taking a change back (ACC-2).
//!
//! The old address stays until the new one is confirmed. The old one is told then, and can take the change back.

use database::{Tx, again};
use protocol::email::Address;

use super::{ask, count};
use crate::{
    flow::{
        Error, Result, events,
        mail_links::{self, Purpose, Request, Shown, add, claim, forget_of},
        new_account::FieldError,
        notices, once,
        outbox::mail::{self, About},
        sessions::establish,
        sign_out, throttle,
    },
    mail::{letter::Reader, letters},
    paths,
    realm::Realm,
    session::{Session, Visit, copies},
    store::{
        audit, factors, identities,
        mailed_links::{self, MailedLink},
        sessions, setup_links,
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
    throttle::own_mail(realm, &user.id).await?;
    let seen = notices::seen(realm, visit);
    let request = Request {
        purpose: Purpose::Confirm,
        address: &address,
        reader: notices::owner(realm, Some(visit.language), &user),
        user_id: Some(&user.id),
        detail: None,
        interaction: None,
    };
    ask(realm, visit, request, |proof| letters::confirm(proof, &seen)).await
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
    let holder = holder.filter(|holder| holder.id != user.id);
    let seen = notices::seen(realm, visit);
    let reader = match &holder {
        Some(holder) => notices::owner(realm, Some(visit.language), holder),
        None => Reader { address: &address.written, ..notices::owner(realm, Some(visit.language), &user) },
    };
    let request = Request {
        purpose: Purpose::Change,
        address: &address,
        reader,
        user_id: Some(&user.id),
        detail: None,
        interaction: None,
    };
    let sent = ask(realm, visit, request, |proof| {
        if holder.is_some() { letters::address_in_use(&seen) } else { letters::change(proof, &seen) }
    });
    sent.await.map(Ok)
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

/// Records that the account's address is its owner's, who is signed in.
pub async fn confirmed(realm: &Realm, visit: &Visit, shown: &Shown) -> Result<Outcome> {
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let claimed = claim_in_session(realm, visit, &mut tx, shown, Purpose::Confirm).await?;
        let Some((user, link)) = claimed else { return Ok(Outcome::Over) };
        if users::verify_email(&mut tx, &user.id, &link.address, realm.now()).await? {
            let event = events::of_visit(realm, visit, "account.email_verified", Some(&user.id));
            audit::record(&mut tx, &event).await?;
        }
        done(realm, visit, tx, paths::ADDRESS).await
    })
}

/// Gives the account of the person who is signed in its new address, and tells the old one.
pub async fn changed(realm: &Realm, visit: &Visit, shown: &Shown) -> Result<Outcome> {
    let outcome = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let claimed = claim_in_session(realm, visit, &mut tx, shown, Purpose::Change).await?;
        let Some((user, link)) = claimed else { return Ok(Outcome::Over) };
        if !put_in_place(realm, &mut tx, &user, &link.address, Some(realm.now())).await? {
            return Ok(Outcome::Taken);
        }
        let event = events::of_visit(realm, visit, "account.email_changed", Some(&user.id));
        audit::record(&mut tx, &event).await?;
        tell_old_address(realm, visit, &mut tx, &user, &link.address).await?;
        done(realm, visit, tx, paths::ADDRESS).await
    })?;
    mail::wake(realm);
    Ok(outcome)
}

/// Uses up a link about the account of the browser's session, if that is live: a session that ended takes with it what was
/// begun in it. Nobody else changes the account until the transaction ends.
async fn claim_in_session(
    realm: &Realm,
    visit: &Visit,
    tx: &mut Tx,
    shown: &Shown,
    purpose: Purpose,
) -> Result<Option<(User, MailedLink)>> {
    let Some(session) = &visit.session else { return Ok(None) };
    let user = held(tx, &session.user_id).await?;
    let is_live = sessions::keep_alive(&mut *tx, &session.sid, realm.now()).await?;
    let Some(user) = user.filter(|_| is_live) else { return Ok(None) };
    let link = claim(realm, visit, tx, shown, purpose).await?;
    let link = link.filter(|link| link.user_id.as_ref() == Some(&user.id));
    Ok(link.map(|link| (user, link)))
}

/// The account, which nobody else changes until the transaction ends.
async fn held(tx: &mut Tx, user_id: &str) -> Result<Option<User>> {
    if !users::hold(&mut *tx, user_id).await? {
        return Ok(None);
    }
    Ok(users::by_id(tx, user_id).await?)
}

/// Gives the account its old address back, and ends everything that it was signed in to: somebody else may have changed
/// it. That somebody knows the password, and can take nothing back in turn.
pub async fn undone(realm: &Realm, visit: &Visit, shown: &Shown) -> Result<Outcome> {
    let Some(user_id) = mail_links::account_of(realm, shown).await? else { return Ok(Outcome::Over) };
    let outcome = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let Some(user) = held(&mut tx, &user_id).await? else { return Ok(Outcome::Over) };
        let Some(link) = claim(realm, visit, &mut tx, shown, Purpose::Undo).await? else {
            return Ok(Outcome::Over);
        };
        // not confirmed: nobody knows who set up what in between, so a new password by mail begins afresh
        if !put_in_place(realm, &mut tx, &user, &link.address, None).await? {
            return Ok(Outcome::Taken);
        }
        lock_out(realm, &mut tx, &user.id, link.created_at).await?;
        let dead = sign_out::end_everything_in(realm, &mut tx, &user.id, "email_change_undone").await?;
        let event = events::of_visit(realm, visit, "account.email_change_undone", Some(&user.id));
        audit::record(&mut tx, &event).await?;
        // whoever reads it is perhaps not the owner, and learns neither where the owner is nor the language there
        let letter = letters::address_taken_back(&notices::seen_nowhere(realm));
        let about =
            About { user_id: &user.id, life_seconds: Purpose::Undo.life_seconds(), is_awaited: false };
        notices::post(realm, &mut tx, notices::owner(realm, None, &user), &letter, about).await?;
        let path = paths::SIGNED_OUT_EVERYWHERE.to_owned();
        once::settle(realm, visit, &mut tx, &once::Outcome::to(path.clone())).await?;
        dead.commit(realm, tx).await?;
        Result::Ok(Outcome::Done(path))
    })?;
    // also copies under ids that were replaced a moment before
    copies::outlive(realm).await;
    Ok(outcome)
}

/// Takes from whoever changed the address at `since` what that person knows, has set up, and was mailed.
async fn lock_out(realm: &Realm, tx: &mut Tx, user_id: &str, since: i64) -> Result<()> {
    users::take_password(&mut *tx, user_id, realm.now()).await?;
    sessions::forget_browsers(&mut *tx, user_id).await?;
    if !realm.enrols_by_invitation() {
        factors::remove_since(&mut *tx, user_id, since).await?;
    }
    identities::sever_since(&mut *tx, user_id, since, realm.now()).await?;
    for later in [Purpose::Undo, Purpose::Disown] {
        mailed_links::forget_since(&mut *tx, user_id, later.as_str(), since).await?;
    }
    Ok(())
}

/// Replaces the address of an account that is held; `false` when the address has another account. Links that lead into
/// the account stop working.
async fn put_in_place(
    realm: &Realm,
    tx: &mut Tx,
    user: &User,
    new: &str,
    verified_at: Option<i64>,
) -> Result<bool> {
    match users::replace_email(tx, &user.id, (&user.email, new), verified_at, realm.now()).await {
        Err(error) if error.is_conflict() => return Ok(false),
        replaced => replaced?,
    };
    forget_of(tx, &user.id).await?;
    setup_links::forget_of(tx, &user.id).await?;
    Ok(true)
}

async fn tell_old_address(realm: &Realm, visit: &Visit, tx: &mut Tx, user: &User, new: &str) -> Result<()> {
    let Some(old) = Address::parse(&user.email) else { return Ok(()) };
    // the same mailbox in capital letters needs no way back; other ways to write an address may be other mailboxes
    if users::email_key(&old.written) == users::email_key(new) {
        return Ok(());
    }
    let reader = notices::owner(realm, None, user);
    let request = Request {
        purpose: Purpose::Undo,
        address: &old,
        reader,
        user_id: Some(&user.id),
        detail: None,
        interaction: None,
    };
    let url = add(realm, visit, tx, request).await?;
    let letter = letters::address_changed(new, &url, &notices::seen(realm, visit));
    let about = About { user_id: &user.id, life_seconds: Purpose::Undo.life_seconds(), is_awaited: false };
    notices::post(realm, tx, Reader { address: &old.written, ..reader }, &letter, about).await
}

async fn done(realm: &Realm, visit: &Visit, mut tx: Tx, path: &str) -> Result<Outcome> {
    once::settle(realm, visit, &mut tx, &once::Outcome::to(path)).await?;
    tx.commit().await?;
    Ok(Outcome::Done(path.to_owned()))
}
