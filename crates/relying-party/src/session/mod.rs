//! The session of a signed-in browser: found by its cookie, kept alive, ended.

mod open;
mod refresh;
pub(crate) mod store;
mod tokens;

pub use tokens::Profile;
pub(crate) use tokens::{NotSealed, Tokens};

use std::sync::Arc;

use protocol::{access_token::AccessClaims, stored_time};
use refresh::Renewal;
use resource_server::keys::NotVerified;
use store::Row;

use crate::relying_party::Core;

/// `last_seen_at` is written at most this often, in seconds.
const TOUCH_EVERY: i64 = 60;
/// With fewer seconds left an access token is renewed.
const RENEW_BEFORE: i64 = 30;
/// Names the sealed column for the sealing key's context.
pub(crate) const TABLE: &str = "bff_sessions";

/// A session that holds now.
#[derive(Debug)]
pub(crate) struct LiveSession {
    pub claims: AccessClaims,
    pub profile: Profile,
}

/// The realm or the database is needed and can't be asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unavailable {
    #[error(transparent)]
    Database(#[from] database::Error),
    #[error("the realm can't be reached")]
    Realm,
    #[error(transparent)]
    Sealing(#[from] NotSealed),
}

impl Core {
    /// The session behind a cookie's value, with an access token that holds now; `None` when it has ended.
    pub(crate) async fn live_session(self: &Arc<Self>, id: &str) -> Result<Option<LiveSession>, Unavailable> {
        let found = self.find_session(id).await.inspect_err(|error| {
            tracing::warn!(realm = self.realm, %error, "a session could not be looked up");
        });
        let Some(row) = found? else { return Ok(None) };
        let now = self.clock.now();
        // a token whose key was withdrawn doesn't hold either: a newer one may
        if row.access_expires_at - now > RENEW_BEFORE
            && let Some(live) = self.with_claims(&row).await?
        {
            return Ok(Some(live));
        }
        match self.renew(row.clone()).await? {
            Renewal::Renewed(row) => self.with_claims(&row).await,
            Renewal::Ended => Ok(None),
            Renewal::Kept if now < row.access_expires_at => self.with_claims(&row).await,
            Renewal::Kept => Err(Unavailable::Realm),
        }
    }

    async fn find_session(&self, id: &str) -> Result<Option<Row>, Unavailable> {
        let (now, id_hash) = (self.clock.now(), self.hash(id));
        let row = store::find(&self.db, &id_hash, now, now - self.config.session.idle).await?;
        // a time that a clock ahead has noted is put right, so that silence is noticed
        let is_due =
            |row: &&Row| stored_time::age(row.last_seen_at, now).is_none_or(|age| age >= TOUCH_EVERY);
        if let Some(row) = row.as_ref().filter(is_due) {
            store::touch(&self.db, row, now).await?;
        }
        Ok(row)
    }

    /// The row's claims; `None` when its access token doesn't hold.
    async fn with_claims(&self, row: &Row) -> Result<Option<LiveSession>, Unavailable> {
        let Some(tokens) = self.open::<Tokens>(TABLE, &row.id_hash, &row.sealed) else {
            tracing::warn!(
                realm = self.realm,
                "a session was sealed with a key that isn't configured any more"
            );
            return Ok(None);
        };
        match self.resource.verify(&tokens.access).await {
            Ok(claims) if claims.sub == row.subject => {
                Ok(Some(LiveSession { claims, profile: tokens.profile }))
            }
            Ok(_) => Ok(None),
            Err(NotVerified::NoKeys) => Err(Unavailable::Realm),
            Err(NotVerified::Token(error)) => {
                tracing::info!(realm = self.realm, ?error, "a session's access token doesn't hold");
                Ok(None)
            }
        }
    }
}
