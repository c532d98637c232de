//! A service that is ready to start.

use std::{io, net::TcpListener, time::Duration};

use axum::Router;
use database::{Sql, Sweep};
use relying_party::Realm;
use runtime::shutdown::Shutdown;

use crate::{config::ServiceConfig, state::AppState};

/// Time between two deletions of expired rows.
const REAP_EVERY: Duration = Duration::from_mins(5);

/// A service with its routes and its background work.
#[derive(Debug)]
pub struct App<R: Realm, C> {
    /// Every route, with limits and security headers.
    pub router: Router,
    state: AppState<R, C>,
    expired: fn(i64) -> Vec<Sql>,
}

impl<R: Realm, C: AsRef<ServiceConfig>> App<R, C> {
    /// `expired` gives the deletions for the shop's database at a given time; expired sessions are deleted in any case.
    pub fn new(router: Router, state: AppState<R, C>, expired: fn(i64) -> Vec<Sql>) -> Self {
        Self { router, state, expired }
    }

    /// The state that handlers share.
    pub fn state(&self) -> &AppState<R, C> {
        &self.state
    }

    /// Serves until `shutdown` fires.
    ///
    /// # Errors
    /// When the listener can't be used.
    pub async fn serve(self, listener: TcpListener, shutdown: Shutdown) -> io::Result<()> {
        let limits = self.state.service().listener.clone();
        let served = web::server::serve(listener, self.router.clone(), limits, shutdown.clone());
        let (served, ()) = tokio::join!(served, self.reap_regularly(shutdown));
        served
    }

    async fn reap_regularly(&self, shutdown: Shutdown) {
        let reap = async {
            loop {
                if let Err(error) = self.reap().await {
                    tracing::warn!(%error, "deleting expired rows failed; the next round tries again");
                }
                tokio::time::sleep(REAP_EVERY).await;
            }
        };
        tokio::select! { () = reap => {}, () = shutdown.fired() => {} }
    }

    /// Deletes expired rows. Idempotent; may run on every replica.
    ///
    /// # Errors
    /// The first failure; the other deletions run nevertheless.
    pub async fn reap(&self) -> database::Result<()> {
        let sessions = self.state.relying_party.reap().await;
        let mut sweep = Sweep::default();
        for expired in (self.expired)(self.state.now()) {
            sweep.remove(&self.state.db, expired).await;
        }
        sessions.and(sweep.end()).map(drop)
    }
}
