//! Sending back-channel logout notices (OpenID Connect Back-Channel Logout section 2.5).

use http::HeaderMap;
use protocol::{
    jose,
    logout::{self, LogoutSubject},
};
use serde_json::Map;

use super::Failure;
use crate::{realm::Realm, store::outbox::Delivery};

/// Tells a client that a session has ended.
pub(super) async fn send(realm: &Realm, delivery: &Delivery) -> Result<(), Failure> {
    let client = realm.client(&delivery.lane);
    let Some((client, uri)) =
        client.and_then(|client| client.backchannel_logout_uri.as_ref().map(|uri| (client, uri)))
    else {
        // the client is gone or no longer wants notices: nothing to do
        return Ok(());
    };
    let claims: Map<_, _> = logout::logout_token_claims(
        &realm.config.issuer,
        &client.id,
        LogoutSubject { sub: &delivery.subject, sid: Some(&delivery.message) },
        // each try has an id of its own: a try whose answer was lost has used its id up at the relying party (L3)
        &format!("{}.{}", delivery.id, delivery.attempts),
        realm.now(),
    );
    let keys = realm.keys.ready().await.ok_or_else(|| anyhow::anyhow!("no signing keys"))?;
    let token = keys.sign(client.id_token_alg, jose::LOGOUT_TOKEN, &claims)?;
    let answer = realm.outbound.post_form(uri, &[("logout_token", token.as_str())], HeaderMap::new()).await?;
    if !matches!(answer.status.as_u16(), 200 | 204) {
        return Err(Failure::Passing(anyhow::anyhow!("answered {}", answer.status)));
    }
    Ok(())
}
