//! A new account for somebody who has signed in at an upstream.

use database::again;
use language::Language;
use protocol::email::Address;

use crate::{
    flow::{
        Result,
        identity::{self, Connected},
        mailed::registration::{self, Started},
        new_account, sign_in, throttle,
    },
    realm::Realm,
    realm::upstream::Assertion,
    session::{Visit, interaction::Interaction},
    store::users::{self, NewUser},
};

/// The role of a new account for this person; `None` when none is made.
pub fn role<'r>(realm: &'r Realm, assertion: &Assertion) -> Option<&'r str> {
    // an account has an address
    assertion.email.as_ref()?;
    realm.upstream(&assertion.upstream)?.config.role.as_deref()
}

/// Whether the account is made without asking first. Not where its address has to be confirmed by a mail: then its person
/// decides, who may have an account already.
pub fn is_made_at_once(realm: &Realm, assertion: &Assertion) -> bool {
    role(realm, assertion).is_some() && (assertion.is_confirmed || realm.mailer.is_none())
}

/// The result of making an account.
pub enum Made {
    /// The account exists and is signed in: the value of the session cookie.
    SignedIn(String),
    /// A mail is under way. The page that waits for its code is at this path.
    Mailed(String),
    /// The address has an account, or the upstream account is connected already.
    Taken,
    /// No account is made for people of this upstream.
    Closed,
}
opaque!(Made);

/// Makes the account that its person asks for. In a realm that sends mail, its address is confirmed first, as for every
/// other new account: nobody learns whether an address has an account, and nobody gets one with another person's.
pub async fn ask(
    realm: &Realm,
    visit: &Visit,
    interaction: &Interaction,
    assertion: &Assertion,
) -> Result<Made> {
    let language = interaction.language(realm, visit);
    if realm.mailer.is_none() {
        return make(realm, visit, interaction, assertion).await;
    }
    throttle::address(realm, "register", visit.origin.address).await?;
    let Some(user) = user(realm, assertion, language) else { return Ok(Made::Closed) };
    let path = registration::ask_upstream(realm, visit, &interaction.id, user, assertion.clone()).await?;
    Ok(Made::Mailed(path))
}

/// Makes the account, and signs it in. Of two sign-ins at once, only one makes it.
pub async fn make(
    realm: &Realm,
    visit: &Visit,
    interaction: &Interaction,
    assertion: &Assertion,
) -> Result<Made> {
    throttle::address(realm, "register", visit.origin.address).await?;
    let Some(user) = user(realm, assertion, interaction.language(realm, visit)) else {
        return Ok(Made::Closed);
    };
    let now = realm.now();
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let at = identity::signed_in_at(realm, &mut tx, assertion).await?;
        let adds = interaction.wanted().further;
        let started = Started { user_id: &user.id, amr: assertion.amr(), at, adds };
        match users::insert(&mut tx, &user, now).await {
            Err(error) if error.is_conflict() => return Ok(Made::Taken),
            // a username that was taken is chosen again later
            other => other?,
        };
        if identity::add(realm, &mut tx, &user.id, assertion).await? != Connected::Now {
            return Ok(Made::Taken);
        }
        if assertion.is_confirmed {
            users::verify_email(&mut tx, &user.id, &user.email, now).await?;
        }
        let established = registration::enter(realm, visit, &started, &mut tx).await?;
        sign_in::settle(realm, visit, interaction, &established, &mut tx).await?;
        established.dead_ids.commit(realm, tx).await?;
        Result::Ok(Made::SignedIn(established.value))
    })
}

/// The data of the account.
fn user(realm: &Realm, assertion: &Assertion, language: Language) -> Option<NewUser> {
    let role = role(realm, assertion)?.to_owned();
    let email = assertion.email.as_deref().and_then(Address::parse)?.written;
    let mut claims = assertion.claims.clone();
    let name = claims.remove("name");
    let chosen = assertion.username.clone();
    Some(NewUser {
        id: realm.new_id(),
        usernames: chosen.into_iter().chain(new_account::usernames(realm, &email)).collect(),
        email,
        name: name.as_ref().and_then(|name| name.as_str()).unwrap_or_default().to_owned(),
        claims,
        password_hash: None,
        role,
        language: Some(language.tag().to_owned()),
    })
}
