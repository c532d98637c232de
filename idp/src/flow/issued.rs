//! Audit events of codes and tokens, written a moment after the answer; see [`Issued`](crate::store::issued::Issued).

use std::time::Duration;

use protocol::{client_auth::AuthenticatedClient, grant::Grant};
use runtime::shutdown::Shutdown;

use super::{Result, client_call::Caller};
use crate::{
    realm::Realm,
    store::audit::{self, Event},
};

/// How long an event waits at most while the database is available.
const PERIOD: Duration = Duration::from_secs(1);

/// Writes events as they come, until shutdown.
pub async fn run(realm: &Realm, shutdown: Shutdown) {
    let mut failing = false;
    while !shutdown.is_fired() {
        let _ = tokio::time::timeout(PERIOD, realm.issued.many()).await;
        match realm.issued.write(&realm.store.facts).await {
            Ok(lost) => {
                if lost > 0 {
                    tracing::error!(realm = realm.config.name, lost, "events of issued tokens were lost");
                }
                failing = false;
            }
            Err(error) if !failing => {
                tracing::warn!(
                    realm = realm.config.name, %error,
                    "audit events of issued tokens could not be written; they are kept for the next try"
                );
                failing = true;
            }
            Err(_) => {}
        }
    }
}

/// Records that a client got or gave up tokens: those of a person's grant, or its own.
pub fn record(
    realm: &Realm,
    kind: &'static str,
    client: &AuthenticatedClient,
    grant: Option<&Grant>,
    caller: &Caller,
) {
    realm.issued.note(&Event {
        id: realm.new_id(),
        at: realm.now(),
        kind,
        user_id: grant.map(|grant| grant.user_id.as_str()),
        client_id: Some(&client.id),
        address: Some(caller.address),
        request_id: Some(&caller.request_id),
        detail: grant.map(|grant| grant.id.as_str()),
        actor: None,
    });
}

/// A credential of a grant that was used wrongly.
#[derive(Clone, Copy)]
pub(super) struct Misuse<'a> {
    /// The kind of the audit event.
    pub kind: &'static str,
    /// The client that presented it.
    pub client: &'a AuthenticatedClient,
    pub grant: &'a Grant,
}

/// Records that a credential was used wrongly: in the log, and in the audit trail within the caller's transaction.
pub(super) async fn misuse(
    realm: &Realm,
    tx: &mut database::Tx,
    Misuse { kind, client, grant }: Misuse<'_>,
    caller: &Caller,
) -> Result<()> {
    tracing::warn!(kind, client_id = client.client().id, grant = grant.id, "a credential was used wrongly");
    let event = Event {
        id: realm.new_id(),
        at: realm.now(),
        kind,
        user_id: Some(&grant.user_id),
        client_id: Some(&client.client().id),
        address: Some(caller.address),
        request_id: Some(&caller.request_id),
        ..Event::default()
    };
    audit::record(tx, &event).await?;
    Ok(())
}
