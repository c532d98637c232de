//! "This was not me": ends every session of an account, by the mail about a sign-in on a new device.

use database::again;

use crate::{
    flow::{
        Result, events,
        mail_links::{Purpose, claim},
        once, sign_out,
    },
    paths,
    realm::Realm,
    session::Visit,
    store::{audit, sessions},
};

/// Ends every session, and takes no browser for known any more. Returns where the person goes on; `None` when the link
/// does not work any more.
pub async fn finish(realm: &Realm, visit: &Visit, token: &str) -> Result<Option<String>> {
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let claimed = claim(realm, visit, &mut tx, token, Purpose::Disown).await?;
        let Some(user_id) = claimed.and_then(|link| link.user_id) else { return Ok(None) };
        let dead = sign_out::end_all_in(realm, &mut tx, &user_id, None, "disowned").await?;
        sessions::forget_browsers(&mut tx, &user_id).await?;
        let event = events::of_visit(realm, visit, "account.sessions_disowned", Some(&user_id));
        audit::record(&mut tx, &event).await?;
        let path = paths::SIGNED_OUT_EVERYWHERE.to_owned();
        once::settle(realm, visit, &mut tx, &once::Outcome::to(path.clone())).await?;
        dead.commit(realm, tx).await?;
        Result::Ok(Some(path))
    })
}
