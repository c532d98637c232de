//! Creating one's own account, where the realm allows it.
//!
//! In a realm that sends mail, the account is made when its owner has proved to read the mailbox: then nobody learns from
//! the page whether an address has an account (S24), and nobody makes an account with another person's address.

use database::again;
use protocol::acr::{self, Amr};

use super::{
    Result,
    mailed::registration::{self, Started},
    new_account::{self, FieldError, Form},
    sign_in, throttle,
};
use crate::{
    authn::queue::Turn,
    realm::Realm,
    session::{Visit, interaction::Interaction},
    store::users::{self, NewUser},
};

/// The result of the form.
pub enum Outcome {
    /// The account exists and is signed in: the value of the session cookie.
    Registered(String),
    /// A mail is under way. The page that waits for its code is at this path.
    Mailed(String),
    /// A field to change.
    Refused(FieldError),
}
opaque!(Outcome);

/// Judges the form of a new account. Without mail the account is made and signed in at once, in one transaction.
pub async fn register(
    realm: &Realm,
    visit: &Visit,
    interaction: &Interaction,
    form: Form<'_>,
    turn: Turn,
) -> Result<Outcome> {
    throttle::address(realm, "register", visit.origin.address).await?;
    let user = match new_account::judge(realm, form, &realm.config.registration.role, turn).await? {
        Ok(user) => user,
        Err(fault) => return Ok(Outcome::Refused(fault)),
    };
    if realm.mailer.is_some() {
        return ask(realm, visit, interaction, form, user).await;
    }
    let (amr, adds) = (Amr::from_iter([acr::PWD]), interaction.wanted().further);
    let started = Started { user_id: &user.id, amr, at: realm.now(), adds };
    let established = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        match users::insert(&mut tx, &user, realm.now()).await {
            Err(error) if error.is_conflict() => return Ok(Err(FieldError::address_taken())),
            Ok(false) if form.chose_username() => return Ok(Err(FieldError::username_taken())),
            other => other?,
        };
        let established = registration::enter(realm, visit, &started, &mut tx).await?;
        sign_in::settle(realm, visit, interaction, &established, &mut tx).await?;
        established.dead_ids.commit(realm, tx).await?;
        Result::Ok(Ok(established))
    });
    Ok(match established? {
        Ok(established) => Outcome::Registered(established.value),
        Err(fault) => Outcome::Refused(fault),
    })
}

/// Judges the form of a new account that begins with a passkey instead of a password. That is made when the address is
/// confirmed.
pub async fn register_without_password(
    realm: &Realm,
    visit: &Visit,
    interaction: &Interaction,
    form: Form<'_>,
) -> Result<Outcome> {
    throttle::address(realm, "register", visit.origin.address).await?;
    match new_account::judge_without_password(realm, form, &realm.config.registration.role) {
        Ok(user) => ask(realm, visit, interaction, form, user).await,
        Err(fault) => Ok(Outcome::Refused(fault)),
    }
}

/// Sends the mail that the account waits for.
async fn ask(
    realm: &Realm,
    visit: &Visit,
    interaction: &Interaction,
    form: Form<'_>,
    user: NewUser,
) -> Result<Outcome> {
    if form.chose_username() && is_taken(realm, &user).await? {
        return Ok(Outcome::Refused(FieldError::username_taken()));
    }
    Ok(Outcome::Mailed(registration::ask(realm, visit, Some(&interaction.id), user).await?))
}

/// Whether the username that was chosen has an account.
async fn is_taken(realm: &Realm, user: &NewUser) -> Result<bool> {
    let Some(chosen) = user.usernames.first() else { return Ok(false) };
    Ok(users::has_username(&realm.store.facts, chosen).await?)
}
