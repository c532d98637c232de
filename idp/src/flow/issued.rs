//! What is on record about codes and tokens, a moment after the answer; see [`Issued`](crate::store::issued::Issued).

use std::time::Duration;

use protocol::client_auth::AuthenticatedClient;
use runtime::shutdown::Shutdown;

use super::token::Caller;
use crate::{realm::Realm, store::audit::Event};

/// How long an event waits at most while the database is there.
const PERIOD: Duration = Duration::from_secs(1);

/// Writes events as they come, until shutdown.
pub async fn run(realm: &Realm, shutdown: Shutdown) {
    let mut told = false;
    while !shutdown.is_fired() {
        let _ = tokio::time::timeout(PERIOD, realm.issued.many()).await;
        match realm.issued.write(&realm.store.facts).await {
            Ok(lost) => {
                if lost > 0 {
                    tracing::error!(realm = realm.config.name, lost, "events of issued tokens were lost");
                }
                told = false;
            }
            Err(error) if !told => {
                tracing::warn!(
                    realm = realm.config.name, %error,
                    "audit events of issued tokens could not be written; they are kept for the next try"
                );
                told = true;
            }
            Err(_) => {}
        }
    }
}

/// Notes that a client got or gave up tokens: of a person's grant, or its own.
pub fn note(
    realm: &Realm,
    kind: &'static str,
    client: &AuthenticatedClient,
    (user_id, grant_id): (Option<&str>, Option<&str>),
    caller: &Caller,
) {
    realm.issued.note(&Event {
        id: realm.new_id(),
        at: realm.now(),
        kind,
        user_id,
        client_id: Some(&client.id),
        address: Some(caller.address),
        request_id: Some(&caller.request_id),
        detail: grant_id,
        actor: None,
    });
}
