//! Renewing a session's access token: one call at a time and per session, whose result everybody uses (RP10, O2, O4).

use std::sync::Arc;

use database::on_the_same_budget;
use store::Row;

use super::{TABLE, Tokens, Unavailable, store};
use crate::{flights::Flight, provider::RefreshError, relying_party::Core};

/// How often storing new tokens is tried.
const STORE_TRIES: u32 = 4;

/// How a renewal ended.
#[derive(Debug)]
pub(crate) enum Renewal {
    /// The row as it is now, by whoever renewed it.
    Renewed(Row),
    /// The session is over.
    Ended,
    /// No newer tokens for now (the realm gave no usable answer); the session stays as it is.
    Kept,
}

impl Core {
    /// Renews the tokens of `row`. Runs to its end even if the request goes away: a refresh token that was sent and
    /// whose successor was dropped would look stolen when it comes again (O1).
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
            // sealed with a key that isn't configured; it may be again
            return Ok(Renewal::Ended);
        };
        let Some(refresh) = tokens.refresh else {
            // without a refresh token the session lasts as long as its access token
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
                // the time after the call: a realm that hangs takes longer than the wait
                self.flights.note_failure(&row.id_hash, self.clock.elapsed());
                Ok(Renewal::Kept)
            }
        }
    }

    /// Stores the tokens before anything else: whether they hold is judged whenever they are used, and judging may
    /// have to wait for the realm's keys.
    async fn keep(
        &self,
        row: &Row,
        tokens: &Tokens,
        expires_in: Option<i64>,
    ) -> Result<Renewal, Unavailable> {
        let sealed = self.seal(TABLE, &row.id_hash, tokens)?;
        // a token that lasts longer isn't accepted
        let longest = self.config.max_token_lifetime;
        let expires_at = self.clock.now() + expires_in.map_or(longest, |seconds| seconds.min(longest));
        self.store(row, &sealed, expires_at).await?;
        // whether it was this call or another replica's: what is stored counts
        Ok(self.reread(row).await?.map_or(Renewal::Ended, Renewal::Renewed))
    }

    /// Until they are stored, the rotated tokens exist in this process only: a failed write is repeated at once. It
    /// names the version it replaces, so one that happened after all isn't done twice.
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

    /// The realm refuses the refresh token: over, unless another replica has a newer one.
    async fn give_up(&self, row: &Row) -> Result<Renewal, Unavailable> {
        if store::end_version(&self.db, row).await? == 1 {
            tracing::info!(realm = self.realm, subject = %row.subject, "a session ended: the realm refused to renew it");
            return Ok(Renewal::Ended);
        }
        Ok(self.reread(row).await?.map_or(Renewal::Ended, Renewal::Renewed))
    }
}
