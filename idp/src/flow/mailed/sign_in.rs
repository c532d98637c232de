//! Signing in by a mail instead of the password, where the realm allows it.
//!
//! It is one factor: a second one is asked for afterwards, as after a password. It needs a confirmed address, since
//! somebody else may have made the account with it, and know its password.

use database::{Tx, again};
use protocol::{
    acr::{self, Amr},
    email,
};

use super::{
    SignedIn, adds,
    by_address::{self, Standing},
    lead_on,
};
use crate::{
    flow::{
        Result, events,
        mail_links::{self, Purpose, Shown},
        new_account::FieldError,
        sessions::establish::{self, Proof},
    },
    mail::letters,
    realm::Realm,
    session::Visit,
    store::{audit, mailed_links::MailedLink, users},
};

/// Sends a mail to an address, whether or not it has an account. Returns the path of the page that waits for the code.
pub async fn begin(
    realm: &Realm,
    visit: &Visit,
    interaction: Option<&str>,
    email: &str,
) -> Result<std::result::Result<String, FieldError>> {
    let who = (interaction, email);
    let sent = by_address::ask(realm, visit, Purpose::SignIn, who, |standing, proof, seen| match standing {
        Standing::Unknown => letters::no_account_to_sign_in(seen),
        Standing::Disabled => letters::disabled_at_sign_in(seen),
        Standing::Unconfirmed => letters::unconfirmed(&realm.config.issuer, seen),
        Standing::Good | Standing::NotSetUp => letters::sign_in(proof, seen),
    });
    sent.await
}

/// Signs in the person who has read the mail; `None` when link or code don't work any more, or the realm does not allow it
/// any more.
pub async fn finish(realm: &Realm, visit: &Visit, shown: &Shown) -> Result<Option<SignedIn>> {
    let user_id = mail_links::account_of(realm, shown).await?;
    let Some(user_id) = user_id.filter(|_| realm.config.signs_in_by_mail()) else { return Ok(None) };
    let amr = Amr::from_iter([acr::EMAIL]);
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        // the account may have been disabled since the mail was sent
        if !users::hold(&mut tx, &user_id).await? {
            return Ok(None);
        }
        let claimed = mail_links::claim(realm, visit, &mut tx, shown, Purpose::SignIn).await?;
        let Some(link) = claimed else { return Ok(None) };
        if !is_owner(&mut tx, &user_id, &link).await? {
            return Ok(None);
        }
        let adds = adds(realm, visit, &link).await?;
        let proof = Proof { user_id: &user_id, amr: &amr, auth_time: realm.now(), continues: false, adds };
        let session = establish::establish_in(realm, visit, &proof, &mut tx).await?;
        audit::record(&mut tx, &events::of_visit(realm, visit, "sign_in.mail", Some(&user_id))).await?;
        events::record_success(realm, visit, &proof, &mut tx).await?;
        let path = lead_on(realm, visit, &link, &session, &mut tx).await?;
        session.dead_ids.commit(realm, tx).await?;
        Result::Ok(Some(SignedIn { cookie: session.value, path }))
    })
}

/// Whether the account still has the address that the mail was sent to, and its owner has confirmed it.
async fn is_owner(tx: &mut Tx, user_id: &str, link: &MailedLink) -> Result<bool> {
    let user = users::by_id(tx, user_id).await?;
    Ok(user
        .is_some_and(|user| user.email_verified_at.is_some() && email::key(&user.email) == link.address_key))
}
