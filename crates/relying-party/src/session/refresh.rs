//! Renews a session's access token. In this process only one call per session runs at a time; waiting requests use its
//! result (RP10, O2, O4).

use std::sync::Arc;

use database::on_the_same_budget;
use store::Row;

use super::{TABLE, Tokens, Unavailable, store};
use crate::{flights::Flight, provider::RefreshError, relying_party::Core};

/// How often storing new tokens is attempted.
const STORE_TRIES: u32 = 4;

/// How a renewal ended.
#[derive(Debug)]
pub(crate) enum Renewal {
    /// The session's current row, whichever replica renewed it.
    Renewed(Row),
    /// The session has ended.
    Ended,
    /// The realm gave no usable answer: the session and its tokens stay as they are.
    Kept,
}

impl Core {
    /// Renews the tokens of `row`. Runs in its own task, which finishes even if the request is cancelled: the realm has
    /// then replaced the refresh token, and presenting the old one again would look like theft (O1).
    pub(crate) async fn renew(self: &Arc<Self>, row: Row) -> Result<Renewal, Unavailable> {
        let core = Arc::clone(self);
        let flight = self.flights.of(&row.id_hash);
        let task = tokio::spawn(on_the_same_budget(async move { core.renew_alone(&row, &flight).await }));
        task.await.unwrap_or(Err(Unavailable::Realm))
    }

    async fn renew_alone(&self, seen: &Row, flight: &Flight) -> Result<Renewal, Unavailable> {
        let _turn = flight.lock().await;
        let Some(row) = self.reread(seen).await? else { return Ok(Renewal::Ended) };
        if row.version != seen.version {
            return Ok(Renewal::Renewed(row));
        }
        if self.flights.has_just_failed(&row.id_hash, self.clock.elapsed()) {
            return Ok(Renewal::Kept);
        }
        self.call_and_store(&row).await
    }

    async fn reread(&self, row: &Row) -> Result<Option<Row>, Unavailable> {
        let now = self.clock.now();
        Ok(store::find(&self.db, &row.id_hash, now, now - self.config.session.idle).await?)
    }

    async fn call_and_store(&self, row: &Row) -> Result<Renewal, Unavailable> {
        let Some(tokens) = self.open::<Tokens>(TABLE, &row.id_hash, &row.sealed) else {
            // sealed with a key that isn't configured now; the row stays, in case the key returns
            return Ok(Renewal::Ended);
        };
        let Some(refresh) = tokens.refresh else {
            // without a refresh token the session lasts only as long as its access token
            let expired = self.clock.now() >= row.access_expires_at;
            return if expired { self.give_up(row).await } else { Ok(Renewal::Kept) };
        };
        let fresh = match self.provider.refresh(&refresh).await {
            Err(RefreshError::Unreachable) => self.provider.refresh(&refresh).await,
            answer => answer,
        };
        match fresh {
            Ok(fresh) => {
                let tokens = Tokens {
                    access: fresh.access,
                    refresh: fresh.refresh.or(Some(refresh)),
                    id: fresh.id.unwrap_or(tokens.id),
                    profile: tokens.profile,
                };
                self.keep(row, &tokens, fresh.expires_in).await
            }
            Err(RefreshError::Refused) => self.give_up(row).await,
            Err(RefreshError::Unreachable) => {
                // read the clock after the call: the call may take longer than `RETRY_AFTER`
                self.flights.note_failure(&row.id_hash, self.clock.elapsed());
                Ok(Renewal::Kept)
            }
        }
    }

    /// Stores the new tokens without verifying them. Each use verifies them anyway, and verification may have to wait
    /// for the realm's keys.
    async fn keep(
        &self,
        row: &Row,
        tokens: &Tokens,
        expires_in: Option<i64>,
    ) -> Result<Renewal, Unavailable> {
        let sealed = self.seal(TABLE, &row.id_hash, tokens)?;
        // a token with a longer lifetime isn't accepted
        let longest = self.config.max_token_lifetime;
        let expires_at = self.clock.now() + expires_in.map_or(longest, |seconds| seconds.min(longest));
        self.store(row, &sealed, expires_at).await?;
        // another replica may have stored its tokens first: the stored ones count
        Ok(self.reread(row).await?.map_or(Renewal::Ended, Renewal::Renewed))
    }

    /// Tries several times, because until then the new tokens exist in this process only. The statement names the
    /// version that it replaces, so repeating a write that did succeed changes nothing.
    async fn store(&self, row: &Row, sealed: &str, expires_at: i64) -> Result<(), Unavailable> {
        let mut tries = 1;
        while let Err(error) = store::renew(&self.db, row, sealed, expires_at).await {
            if tries == STORE_TRIES {
                tracing::error!(realm = self.realm, %error, tries, "a session's new tokens are lost: not stored");
                return Err(error.into());
            }
            tries += 1;
            tokio::task::yield_now().await;
        }
        Ok(())
    }

    /// The realm refused the refresh token: ends the session, unless another replica has stored newer tokens.
    async fn give_up(&self, row: &Row) -> Result<Renewal, Unavailable> {
        if store::end_version(&self.db, row).await? == 1 {
            tracing::info!(realm = self.realm, subject = %row.subject, "a session ended: the realm refused to renew it");
            return Ok(Renewal::Ended);
        }
        Ok(self.reread(row).await?.map_or(Renewal::Ended, Renewal::Renewed))
    }
}
