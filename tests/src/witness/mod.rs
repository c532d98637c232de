//! A witness of faults: clients at work on the replicas of a realm, who write down every answer that promises something,
//! and look afterwards whether the promises were kept (Z20).
//!
//! * `ledger`: what was promised, and what is a broken promise: pure
//! * `sessions`: the same of sessions and the notices of their end
//! * `stored`: the same of what the database holds
//! * `client`: a client that any replica may answer, or none
//! * `entries`: where its requests go
//! * `notices`: where the client is told of sign-outs
//! * `life`: what such a client does, over and over
//! * `look`: asking both replicas, the database and the client's inbox about everything in the ledger

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

/// How often somebody who waits for the clients looks again.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(20);
/// More than any fault of the tests takes.
const LOOKS: usize = 3000;

/// Clients at work.
#[derive(Debug)]
pub struct Witness {
    realm: Arc<Realm>,
    lives: JoinSet<Ledger>,
    over: Arc<AtomicBool>,
    count: Arc<Count>,
}

/// What the clients have done so far.
#[derive(Debug, Default)]
struct Count {
    /// Came to the end of a round.
    rounds: AtomicUsize,
    /// Gave a round up because an answer was missing.
    cuts: AtomicUsize,
}

impl Witness {
    /// Puts that many clients to work.
    pub fn start(realm: Realm, clients: usize) -> Self {
        let (realm, over, count) = (Arc::new(realm), Arc::<AtomicBool>::default(), Arc::<Count>::default());
        let mut lives = JoinSet::new();
        for number in 0..clients {
            lives.spawn(life::live(realm.clone(), number, over.clone(), count.clone()));
        }
        Self { realm, lives, over, count }
    }

    /// Waits until the clients have come to the end of that many more rounds of what they do.
    ///
    /// # Panics
    /// When they don't.
    pub async fn rounds(&mut self, more: usize) {
        self.wait(more, |count| &count.rounds).await;
    }

    /// Waits until that many more rounds were given up for want of an answer.
    ///
    /// # Panics
    /// When they aren't.
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

    /// Lets the clients come to an end.
    async fn close(&mut self) -> Ledger {
        self.over.store(true, Ordering::Relaxed);
        let mut ledger = Ledger::default();
        while let Some(life) = self.lives.join_next().await {
            ledger.add(life.expect("a client that ended by itself"));
        }
        ledger
    }

    /// Lets the clients come to an end and looks at everything they were promised; the replicas have to be well again.
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
