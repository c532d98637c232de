//! The session of a signed-in browser: finding it by its cookie, keeping it alive, ending it.

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

/// Seconds between two writes of `last_seen_at`.
const TOUCH_EVERY: i64 = 60;
/// An access token with fewer seconds left is renewed.
const RENEW_BEFORE: i64 = 30;
/// Table of the sealed column; part of the context of its encryption.
pub(crate) const TABLE: &str = "bff_sessions";

/// A session with a valid access token.
#[derive(Debug)]
pub(crate) struct LiveSession {
    pub claims: AccessClaims,
    pub profile: Profile,
}

/// The realm or the database is needed but can't be reached.
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
    /// The session of a cookie's value, with a valid access token; `None` when the session has ended.
    pub(crate) async fn live_session(self: &Arc<Self>, id: &str) -> Result<Option<LiveSession>, Unavailable> {
        let found = self.find_session(id).await.inspect_err(|error| {
            tracing::warn!(realm = self.realm, %error, "a session could not be looked up");
        });
        let Some(row) = found? else { return Ok(None) };
        let now = self.clock.now();
        // a token whose signing key was withdrawn is invalid before it expires: a renewal may bring a valid one
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
        // corrects a time in the future, written by a replica whose clock was ahead: it would delay the idle timeout
        let is_due =
            |row: &&Row| stored_time::age(row.last_seen_at, now).is_none_or(|age| age >= TOUCH_EVERY);
        if let Some(row) = row.as_ref().filter(is_due) {
            store::touch(&self.db, row, now).await?;
        }
        Ok(row)
    }

    /// The session with its verified claims; `None` when its access token is invalid.
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
                tracing::info!(realm = self.realm, ?error, "a session's access token is not valid");
                Ok(None)
            }
        }
    }
}
