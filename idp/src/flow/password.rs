//! Changing one's own password, or setting the first one of an account that has none.

use database::{Tx, again};

use super::{
    Error, Result, events, mail_links,
    new_account::{self, FieldError},
    notices::{self, Notice},
    once,
    sessions::establish,
    sign_in,
    sign_out::{self, DeadIds},
    throttle::{self, Attempt, Owner},
};
use crate::{
    authn::{hasher::Check, password, queue::Turn},
    paths,
    realm::Realm,
    session::{Session, Visit},
    store::{
        audit, sessions, setup_links, trusted_browsers,
        users::{self, User},
    },
};

/// The result of the form.
#[derive(Debug)]
pub enum Outcome {
    /// The password is the new one.
    Changed,
    /// The current password is not right.
    Wrong,
    /// The new password can't be accepted.
    Refused(FieldError),
}

/// What the person typed.
#[derive(Clone, Copy)]
pub struct Change<'a> {
    /// The current password; ignored when the account has none.
    pub current: &'a str,
    /// The new password.
    pub new: &'a str,
    /// Whether every other session of the account ends (W5).
    pub ends_others: bool,
}
opaque!(Change<'_>);

/// Changes the password of the session's account. Links that lead into the account stop working.
pub async fn change(
    realm: &Realm,
    visit: &Visit,
    session: &Session,
    typed: Change<'_>,
    turn: Turn,
) -> Result<Outcome> {
    let user = users::by_id(&realm.store.facts, &session.user_id).await?;
    let user = user.ok_or(Error::Refused(establish::SESSION_ENDED))?;
    let Some(stored) = user.password_hash.clone() else {
        return match judge(realm, &user, typed.new, turn).await? {
            Ok(hash) => {
                replace(realm, visit, session, New { user: &user, hash: &hash, typed, attempt: None }).await
            }
            Err(fault) => Ok(Outcome::Refused(fault)),
        };
    };
    let attempt = sign_in::count(realm, visit, &user.email, Some(&user.id)).await?;
    let judged = async {
        if !is_right(realm, &turn, typed.current, stored).await? {
            // another submission of the same form may have changed it a moment ago: that is no failure
            if once::beside(realm, visit).await?.is_some() {
                return Err(Error::Repeated);
            }
            let wrong = events::of_visit(realm, visit, "password.failed", Some(&user.id));
            throttle::failed(realm, &attempt, &wrong).await?;
            return Ok(Outcome::Wrong);
        }
        match judge(realm, &user, typed.new, turn).await? {
            Ok(hash) => {
                let new = New { user: &user, hash: &hash, typed, attempt: Some(&attempt) };
                replace(realm, visit, session, new).await
            }
            Err(fault) => {
                throttle::take_back(realm, &attempt).await;
                Ok(Outcome::Refused(fault))
            }
        }
    };
    throttle::unless_failing(realm, &attempt, judged).await
}

async fn is_right(realm: &Realm, turn: &Turn, typed: &str, stored: String) -> Result<bool> {
    let Ok(current) = password::normalise(typed) else { return Ok(false) };
    Ok(matches!(realm.hasher.verify(turn, current, Some(stored)).await?, Check::Match { .. }))
}

/// The hash of a new password, if the rules accept it. The turn ends with this call.
async fn judge(
    realm: &Realm,
    user: &User,
    typed: &str,
    turn: Turn,
) -> Result<std::result::Result<String, FieldError>> {
    let new = match password::normalise(typed) {
        Ok(new) => new,
        Err(fault) => return Ok(Err(FieldError::in_password(fault))),
    };
    new_account::hashed(realm, new, user.words(), turn).await
}

/// A new password that the rules accept.
#[derive(Clone, Copy)]
struct New<'a> {
    /// The account as it was read: a change in between wins.
    user: &'a User,
    hash: &'a str,
    typed: Change<'a>,
    /// The attempt at the current password, if there is one.
    attempt: Option<&'a Attempt>,
}

/// Puts the new password in the place of the old one.
async fn replace(realm: &Realm, visit: &Visit, session: &Session, new: New<'_>) -> Result<Outcome> {
    let New { user, hash, attempt, .. } = new;
    let replaced = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        if !sessions::keep_alive(&mut tx, &session.sid, realm.now()).await? {
            return Err(Error::Refused(establish::SESSION_ENDED));
        }
        let old = user.password_hash.as_deref();
        if !users::replace_password(&mut tx, &user.id, old, hash, realm.now()).await? {
            return Ok(false);
        }
        let dead_ids = consequences(realm, visit, session, new, &mut tx).await?;
        if let Some(attempt) = attempt {
            let owner = Owner { email: &user.email, user_id: &user.id };
            throttle::password_succeeded(realm, &mut tx, visit, owner, attempt).await?;
        }
        let outcome = once::Outcome::to(paths::ACCOUNT).within(&session.sid);
        once::settle(realm, visit, &mut tx, &outcome).await?;
        dead_ids.commit(realm, tx).await?;
        Result::Ok(true)
    })?;
    if replaced {
        return Ok(Outcome::Changed);
    }
    // another change was faster: the attempt was neither right nor wrong
    if let Some(attempt) = attempt {
        throttle::take_back(realm, attempt).await;
    }
    Ok(Outcome::Wrong)
}

/// What else changes with a password.
async fn consequences(
    realm: &Realm,
    visit: &Visit,
    session: &Session,
    new: New<'_>,
    tx: &mut Tx,
) -> Result<DeadIds> {
    let had_one = new.user.password_hash.is_some();
    let notice = if had_one { Notice::PasswordChanged } else { Notice::PasswordSet };
    setup_links::forget_of(tx, &session.user_id).await?;
    trusted_browsers::forget_others(tx, &session.user_id, &visit.browser_hash()).await?;
    mail_links::forget_of(tx, &session.user_id).await?;
    notices::tell(realm, visit, tx, &session.user_id, notice).await?;
    let event = events::of_visit(realm, visit, "account.password_changed", Some(&session.user_id));
    audit::record(&mut *tx, &event).await?;
    if new.typed.ends_others {
        return sign_out::end_all_in(realm, tx, &session.user_id, Some(&session.sid), "password_changed")
            .await;
    }
    Ok(DeadIds::default())
}
