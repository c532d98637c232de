//! Redis that dies, hangs and forgets everything, in front of two replicas at work: nobody may notice.

use end_to_end::{Cluster, Witness};

use crate::support::{CLIENTS, customers};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn z20_redis_that_dies_and_comes_back_empty_breaks_no_promise_and_cuts_nobody_off() {
    let cluster = Cluster::start();
    let mut witness = Witness::start(customers(&cluster).await, CLIENTS);
    for _ in 0..4 {
        witness.rounds(CLIENTS).await;
        let before = cluster.pid("redis");
        cluster.signal("redis", "KILL");
        cluster.restarted("redis", before).await;
    }
    witness.rounds(2 * CLIENTS).await;
    let ledger = witness.ends().await;
    assert!(ledger.cuts.is_empty(), "{:?}", ledger.cuts);
    println!("{ledger}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn z20_redis_that_hangs_breaks_no_promise_and_cuts_nobody_off() {
    let cluster = Cluster::start();
    let mut witness = Witness::start(customers(&cluster).await, CLIENTS);
    for _ in 0..2 {
        witness.rounds(CLIENTS).await;
        cluster.signal("redis", "STOP");
        witness.rounds(CLIENTS).await;
        cluster.signal("redis", "CONT");
    }
    witness.rounds(2 * CLIENTS).await;
    let ledger = witness.ends().await;
    assert!(ledger.cuts.is_empty(), "{:?}", ledger.cuts);
    println!("{ledger}");
}
