//! Clients that work at the replicas of a realm during faults, note every answer that is a promise, and check
//! afterwards that the promises were kept (Z20).
//!
//! * `ledger`: the promises and the check of them, without input or output
//! * `sessions`: the same for sessions and the notices of their end
//! * `stored`: the same for the content of the database
//! * `client`: a client whose requests may be answered by any replica, or by none
//! * `entries`: the targets of its requests
//! * `notices`: the client's receiver of back-channel logouts
//! * `life`: the work of a client
//! * `look`: checks the ledger at both replicas, in the database and among the received notices

mod client;
mod entries;
mod ledger;
mod life;
mod look;
mod notices;
mod sessions;
mod stored;

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use tokio::task::JoinSet;

pub use client::{Client, Cut, Realm};
pub use ledger::{Ledger, State};
pub use notices::Notices;
pub use stored::Stored;

/// Pause between two checks of the clients' progress.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(20);
/// The most checks: together longer than any fault of the tests.
const LOOKS: usize = 3000;

/// Running clients.
#[derive(Debug)]
pub struct Witness {
    realm: Arc<Realm>,
    lives: JoinSet<Ledger>,
    over: Arc<AtomicBool>,
    count: Arc<Count>,
}

/// Numbers of rounds of the clients so far.
#[derive(Debug, Default)]
struct Count {
    /// Finished rounds.
    rounds: AtomicUsize,
    /// Rounds that were given up because an answer was missing.
    cuts: AtomicUsize,
}

impl Witness {
    /// Starts this number of clients.
    pub fn start(realm: Realm, clients: usize) -> Self {
        let (realm, over, count) = (Arc::new(realm), Arc::<AtomicBool>::default(), Arc::<Count>::default());
        let mut lives = JoinSet::new();
        for number in 0..clients {
            lives.spawn(life::live(realm.clone(), number, over.clone(), count.clone()));
        }
        Self { realm, lives, over, count }
    }

    /// Waits until the clients have finished this many more rounds.
    ///
    /// # Panics
    /// When they don't in time.
    pub async fn rounds(&mut self, more: usize) {
        self.wait(more, |count| &count.rounds).await;
    }

    /// Waits until this many more rounds were given up because an answer was missing.
    ///
    /// # Panics
    /// When they aren't in time.
    pub async fn cuts(&mut self, more: usize) {
        self.wait(more, |count| &count.cuts).await;
    }

    async fn wait(&mut self, more: usize, what: fn(&Count) -> &AtomicUsize) {
        let count = self.count.clone();
        let wanted = what(&count).load(Ordering::Relaxed) + more;
        for _ in 0..LOOKS {
            if what(&count).load(Ordering::Relaxed) >= wanted {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
        let ledger = self.close().await;
        panic!("the clients get nowhere: {:?} {:?}\n{ledger}", ledger.broken.first(), ledger.cuts.last());
    }

    /// Lets the clients finish and returns their ledgers as one.
    async fn close(&mut self) -> Ledger {
        self.over.store(true, Ordering::Relaxed);
        let mut ledger = Ledger::default();
        while let Some(life) = self.lives.join_next().await {
            ledger.add(life.expect("a client that ended by itself"));
        }
        ledger
    }

    /// Lets the clients finish and checks all promises; both replicas have to be ready again.
    ///
    /// # Panics
    /// When a promise was broken.
    pub async fn ends(mut self) -> Ledger {
        let mut ledger = self.close().await;
        look::at(&self.realm, &mut ledger).await;
        assert!(ledger.broken.is_empty(), "{}\n{ledger}", ledger.broken.join("\n"));
        ledger
    }
}
