//! Opening a session.

use resource_server::keys::NotVerified;

use super::{
    TABLE, Tokens, Unavailable,
    store::{self, NewSession},
};
use crate::relying_party::Core;

impl Core {
    /// Opens a session with a new id and ends those in `ended` (hashes). Returns the id, or `None` when the access
    /// token is invalid here or isn't `subject`'s.
    pub(crate) async fn open_session(
        &self,
        tokens: &Tokens,
        subject: &str,
        ended: &[String],
    ) -> Result<Option<String>, Unavailable> {
        let claims = match self.resource.verify(&tokens.access).await {
            Ok(claims) if claims.sub == subject => claims,
            Err(NotVerified::NoKeys) => return Err(Unavailable::Realm),
            other => {
                tracing::warn!(realm = self.realm, error = ?other.err(), "the realm's access token is not valid here");
                return Ok(None);
            }
        };
        let id = clock::random::token(&*self.random);
        let id_hash = self.hash(&id);
        let now = self.clock.now();
        let new = NewSession {
            id_hash: &id_hash,
            subject,
            provider_session: claims.sid.as_deref(),
            sealed: &self.seal(TABLE, &id_hash, tokens)?,
            access_expires_at: claims.exp,
            now,
            ends_at: now + self.config.session.absolute,
        };
        store::start(&self.db, new, ended).await?;
        Ok(Some(id))
    }
}
