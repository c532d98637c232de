//! "This was not me": ends every session of an account, by the mail about a sign-in on a new device.

use database::again;

use crate::{
    flow::{
        Result, events,
        mail_links::{self, Purpose, Shown},
        once, sign_out,
    },
    paths,
    realm::Realm,
    session::{Visit, copies},
    store::{audit, factors, identities, sessions, users},
};

/// Ends every session and every grant, takes the password away, which somebody else knows, and what that somebody has set up
/// since the sign-in. Takes no browser for known any more. Returns where the person goes on; `None` when the link does not
/// work any more.
pub async fn finish(realm: &Realm, visit: &Visit, shown: &Shown) -> Result<Option<String>> {
    let Some(user_id) = mail_links::account_of(realm, shown).await? else { return Ok(None) };
    let done = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        // first the account: a sign-in under way is over before, or finds no password
        users::take_password(&mut tx, &user_id, realm.now()).await?;
        let claimed = mail_links::claim(realm, visit, &mut tx, shown, Purpose::Disown).await?;
        let Some(link) = claimed else { return Ok(None) };
        if !realm.enrols_by_invitation() {
            factors::remove_since(&mut tx, &user_id, link.created_at).await?;
        }
        identities::sever_since(&mut tx, &user_id, link.created_at, realm.now()).await?;
        let dead = sign_out::end_everything_in(realm, &mut tx, &user_id, "disowned").await?;
        sessions::forget_browsers(&mut tx, &user_id).await?;
        mail_links::forget_of(&mut tx, &user_id).await?;
        let event = events::of_visit(realm, visit, "account.sessions_disowned", Some(&user_id));
        audit::record(&mut tx, &event).await?;
        let path = paths::SIGNED_OUT_EVERYWHERE.to_owned();
        once::settle(realm, visit, &mut tx, &once::Outcome::to(path.clone())).await?;
        dead.commit(realm, tx).await?;
        Result::Ok(Some(path))
    })?;
    // also copies under ids that were replaced a moment before
    copies::outlive(realm).await;
    Ok(done)
}
