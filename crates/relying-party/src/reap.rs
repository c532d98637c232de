//! Deletes expired rows.

use database::Sweep;

use crate::{
    backchannel,
    relying_party::{Realm, RelyingParty},
    session, sign_in, step_up,
};

impl<R: Realm> RelyingParty<R> {
    /// Deletes expired rows and returns their number. Idempotent; to be run every few minutes on any replica.
    pub async fn reap(&self) -> database::Result<u64> {
        let (db, now) = (&self.core.db, self.core.clock.now());
        let idle_since = now - self.core.config.session.idle;
        let mut sweep = Sweep::default();
        for over in [
            sign_in::store::expired(now),
            step_up::store::expired(now),
            session::store::over(now, idle_since),
            backchannel::store::expired(now),
            cache::full_buckets(now),
        ] {
            sweep.remove(db, over).await;
        }
        sweep.end()
    }
}
