//! Creating one's own account, where the realm allows it.

use database::again;
use protocol::acr::{self, Amr};

use super::{
    Result, events,
    new_account::{self, FieldError, Form},
    sessions::establish,
    sign_in, throttle,
};
use crate::{
    authn::queue::Turn,
    realm::Realm,
    session::{Visit, interaction::Interaction},
    store::{audit, users},
};

/// The result of the form.
pub enum Outcome {
    /// The account exists and is signed in: the value of the session cookie.
    Registered(String),
    /// A field to change.
    Refused(FieldError),
}
opaque!(Outcome);

/// Creates the account and signs it in, in one transaction.
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
    let amr = Amr::from_iter([acr::PWD]);
    let proof = establish::Proof { user_id: &user.id, amr: &amr, auth_time: realm.now(), continues: false };
    let established = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        match users::insert(&mut tx, &user, realm.now()).await {
            Err(error) if error.is_conflict() => return Ok(Err(FieldError::address_taken())),
            Ok(false) if form.chose_username() => return Ok(Err(FieldError::username_taken())),
            other => other?,
        };
        let established = establish::establish_in(realm, visit, &proof, &mut tx).await?;
        audit::record(&mut tx, &events::of_visit(realm, visit, "account.registered", Some(&user.id))).await?;
        events::record_success(realm, visit, &proof, &mut tx).await?;
        sign_in::settle(realm, visit, interaction, &established, &mut tx).await?;
        established.dead_ids.commit(realm, tx).await?;
        Result::Ok(Ok(established))
    });
    Ok(match established? {
        Ok(established) => Outcome::Registered(established.value),
        Err(fault) => Outcome::Refused(fault),
    })
}
