//! Replicas that die, and replicas that are told to stop.

use end_to_end::{Cluster, Witness};

use crate::support::{CLIENTS, customers, customers_by_proxy_too};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn z20_replicas_that_are_killed_under_load_break_no_promise() {
    let cluster = Cluster::start();
    let mut witness = Witness::start(customers_by_proxy_too(&cluster).await, CLIENTS);
    for kill in 0..6 {
        let replica = ["idp-1", "idp-2"][kill % 2];
        witness.rounds(2 + kill % 3).await;
        let before = cluster.pid(replica);
        cluster.signal(replica, "KILL");
        cluster.restarted(replica, before).await;
    }
    cluster.settled().await;
    witness.rounds(2 * CLIENTS).await;
    let ledger = witness.ends().await;
    println!("{ledger}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn z20_a_replica_that_is_told_to_stop_under_load_cuts_nobody_off() {
    let cluster = Cluster::start();
    let mut witness = Witness::start(customers(&cluster).await, CLIENTS);
    for replica in ["idp-1", "idp-2", "idp-1", "idp-2"] {
        witness.rounds(3).await;
        let before = cluster.pid(replica);
        cluster.signal(replica, "TERM");
        cluster.restarted(replica, before).await;
        cluster.settled().await;
    }
    let ledger = witness.ends().await;
    let logs = ["idp-1", "idp-2"].map(|replica| cluster.warnings(replica));
    assert!(ledger.cuts.is_empty(), "{:?} {logs:#?}", ledger.cuts);
    println!("{ledger}");
}
