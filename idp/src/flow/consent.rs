//! A person's answer to what a client asks for (S33, A16).

use database::again;
use protocol::{
    error::{ErrorCode, OAuthError},
    scope::Scope,
};

use super::{Result, events, once, refusals};
use crate::{
    paths,
    realm::Realm,
    session::{Visit, interaction::Interaction},
    store::{audit, consents, pending, sessions},
};

/// Stores the person's consent to what the client asks for. Does nothing when the session ended meanwhile.
pub async fn allow(realm: &Realm, visit: &Visit, interaction: &Interaction) -> Result<()> {
    let (Some(session), Some(request)) = (&visit.session, interaction.client_request()) else {
        return Ok(());
    };
    let facts = &realm.store.facts;
    let user_id = session.user_id.as_str();
    let asked = request.consent_scope();
    let now = realm.now();
    again!(async {
        let mut tx = facts.begin().await?;
        if !sessions::keep_alive(&mut tx, &session.sid, now).await? {
            return Ok(());
        }
        let before = consents::hold(&mut tx, user_id, &request.client_id, &asked.to_string(), now).await?;
        let scope = Scope::parse(&before).unwrap_or_default().union(&asked).to_string();
        consents::remember(&mut tx, user_id, &request.client_id, &scope, now).await?;
        let event = audit::Event {
            client_id: Some(&request.client_id),
            detail: Some(&scope),
            ..events::of_visit(realm, visit, "consent.given", Some(user_id))
        };
        audit::record(&mut tx, &event).await?;
        once::settle(realm, visit, &mut tx, &once::Outcome::to(interaction.path())).await?;
        pending::consented(&realm.store.pending, &interaction.id_hash(), user_id).await?;
        Result::Ok(tx.commit().await?)
    })
}

/// Ends the interaction of a person who refuses, at any step. Returns where the browser goes: to the client with
/// `access_denied`, or home if no client asked; back to the interaction if that was completed before.
pub async fn deny(realm: &Realm, visit: &Visit, interaction: &Interaction) -> Result<String> {
    let leads_to = denial(realm, interaction);
    let denied = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        once::settle(realm, visit, &mut tx, &once::Outcome::to(leads_to.as_str())).await?;
        if !pending::complete(&realm.store.pending, &interaction.id_hash(), realm.now()).await? {
            return Ok(false);
        }
        tx.commit().await?;
        Result::Ok(true)
    })?;
    Ok(if denied { leads_to } else { interaction.path() })
}

/// Where the browser goes when a person leaves without agreeing.
pub fn denial(realm: &Realm, interaction: &Interaction) -> String {
    match interaction.client_request() {
        None => paths::HOME.to_owned(),
        Some(request) => {
            let error = OAuthError::new(ErrorCode::AccessDenied, "the person did not agree");
            refusals::redirect(realm, request, &error)
        }
    }
}
