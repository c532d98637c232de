//! Delivering what is in the outbox (OUT-3, L4). It gets there in the transaction of what it is about, so it is sent if and
//! only if that happened.
//!
//! Each receiver has a lane of its own, so that one that hangs does not delay what others get. One worker at a time takes
//! a delivery; if it dies, another takes it later. What fails is tried again at growing intervals, and given up after a
//! day.
//!
//! * `logout`: back-channel logout notices
//! * `mail`: mails, through the realm's mail server

use std::{collections::HashMap, sync::Arc, time::Duration};

use runtime::shutdown::Shutdown;
use tokio::task::{self, JoinSet};

use super::Result;
use crate::{
    realm::Realm,
    store::outbox::{self, Delivery, Lane, Outcome},
};

mod logout;
pub mod mail;

/// How often the outbox is read when nothing wakes the job.
const PERIOD: Duration = Duration::from_secs(5);
/// How long a notice belongs to the worker that took it, in seconds: longer than a try, whose time-out is 5 s. If the
/// worker dies, the notice waits that long.
const NOTICE_LEASE: i64 = 10;
/// The same for a mail, whose try may take two minutes.
const MAIL_LEASE: i64 = 180;
/// The waits between tries, in seconds. After the last of them a delivery is given up.
const RETRY_SECONDS: [i64; 8] = [5, 15, 60, 300, 1800, 7200, 21600, 57600];

/// Why a try failed.
#[derive(Debug)]
enum Failure {
    /// It may work later.
    Passing(anyhow::Error),
    /// The receiver will never take it.
    Lasting(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Passing(error.into())
    }
}

/// Delivers what comes, and what is due again, until shutdown.
pub async fn run(realm: Arc<Realm>, shutdown: Shutdown) {
    let mut lanes = Lanes::default();
    while !shutdown.is_fired() {
        match due(&realm).await {
            Ok(due) => due.into_iter().for_each(|lane| lanes.open(&realm, lane)),
            Err(error) => {
                tracing::warn!(
                    realm = realm.config.name, %error,
                    "the outbox could not be read; the next round tries again"
                );
            }
        }
        tokio::select! {
            () = realm.outbox.notified() => {}
            // what came during the lane's last try is still due
            () = lanes.one_ends() => {}
            () = tokio::time::sleep(PERIOD) => {}
        }
    }
}

async fn due(realm: &Realm) -> database::Result<Vec<Lane>> {
    outbox::adopt(&realm.store.facts, realm.now()).await?;
    outbox::due_lanes(&realm.store.facts, realm.now()).await
}

/// The receivers to whom something is being sent now.
#[derive(Default)]
struct Lanes {
    tasks: JoinSet<()>,
    open: HashMap<task::Id, Lane>,
}

impl Lanes {
    fn open(&mut self, realm: &Arc<Realm>, lane: Lane) {
        if self.open.values().any(|open| *open == lane) {
            return;
        }
        let task = self.tasks.spawn(work_off(realm.clone(), lane.clone()));
        self.open.insert(task.id(), lane);
    }

    /// Waits until a lane is done, or for ever when none is open.
    async fn one_ends(&mut self) {
        match self.tasks.join_next_with_id().await {
            Some(Ok((id, ()))) => self.open.remove(&id),
            Some(Err(error)) => self.open.remove(&error.id()),
            None => std::future::pending().await,
        };
    }
}

/// Tries what is due for one receiver, a few at once, until nothing is due.
async fn work_off(realm: Arc<Realm>, lane: Lane) {
    loop {
        match try_some(&realm, &lane).await {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(
                    realm = realm.config.name,
                    kind = lane.kind,
                    receiver = lane.lane,
                    error = format!("{error:#}"),
                    "a due delivery could not be read or settled; the next round tries again"
                );
                return tokio::time::sleep(PERIOD).await;
            }
        }
    }
}

/// Tries some of what is due; returns how many.
async fn try_some(realm: &Arc<Realm>, lane: &Lane) -> anyhow::Result<usize> {
    let mut tries = JoinSet::new();
    for id in outbox::due_of(&realm.store.facts, lane, realm.now()).await? {
        let (realm, lease) =
            (realm.clone(), if lane.kind == outbox::MAIL { MAIL_LEASE } else { NOTICE_LEASE });
        tries.spawn(async move { deliver(&realm, &id, lease).await });
    }
    let count = tries.len();
    let mut outcome = Ok(count);
    while let Some(ended) = tries.join_next().await {
        // one that fails doesn't stop the others
        if let Err(error) = ended.map_err(anyhow::Error::from).and_then(|done| Ok(done?)) {
            outcome = Err(error);
        }
    }
    outcome
}

/// Tries one delivery, unless another worker has it.
async fn deliver(realm: &Realm, id: &str, lease: i64) -> Result<()> {
    let now = realm.now();
    let Some(delivery) = outbox::take(&realm.store.facts, id, now, now + lease).await? else {
        return Ok(());
    };
    if delivery.expires_at <= now {
        return close(realm, &delivery, Outcome::Late, &anyhow::anyhow!("it is of no use any more")).await;
    }
    let sent = match delivery.kind.as_str() {
        outbox::MAIL => mail::send(realm, &delivery).await,
        _ => logout::send(realm, &delivery).await,
    };
    settle(realm, &delivery, sent).await
}

async fn settle(realm: &Realm, delivery: &Delivery, sent: std::result::Result<(), Failure>) -> Result<()> {
    let error = match sent {
        Ok(()) => {
            let facts = &realm.store.facts;
            return Ok(outbox::close(facts, &delivery.id, Outcome::Delivered, realm.now()).await?);
        }
        Err(Failure::Lasting(error)) => return close(realm, delivery, Outcome::Refused, &error).await,
        Err(Failure::Passing(error)) => error,
    };
    let retry = usize::try_from(delivery.attempts - 1).ok().and_then(|n| RETRY_SECONDS.get(n));
    let Some(seconds) = retry else { return close(realm, delivery, Outcome::GivenUp, &error).await };
    tracing::warn!(
        realm = realm.config.name,
        kind = delivery.kind,
        receiver = delivery.lane,
        delivery = delivery.id,
        attempts = delivery.attempts,
        error = format!("{error:#}"),
        "not delivered, to be tried again"
    );
    Ok(outbox::put_off(&realm.store.facts, &delivery.id, realm.now() + seconds).await?)
}

/// Ends a delivery that did not arrive.
async fn close(realm: &Realm, delivery: &Delivery, outcome: Outcome, error: &anyhow::Error) -> Result<()> {
    let (id, kind, receiver) = (&delivery.id, &delivery.kind, &delivery.lane);
    let (realm_name, error) = (&realm.config.name, format!("{error:#}"));
    // strangers may ask for mails to addresses that nobody has, so only what was given up is the operator's trouble
    if outcome == Outcome::GivenUp {
        tracing::error!(
            realm = realm_name,
            kind,
            receiver,
            delivery = id,
            error,
            "given up after many tries"
        );
    } else {
        tracing::warn!(realm = realm_name, kind, receiver, delivery = id, ?outcome, error, "not delivered");
    }
    Ok(outbox::close(&realm.store.facts, &delivery.id, outcome, realm.now()).await?)
}
