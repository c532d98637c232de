//! Redis that dies, hangs, forgets everything and changes its passwords, in front of two replicas at work: nobody may notice.

use std::{fs, path::Path, process::Command};

use end_to_end::{Cluster, Witness, relying_party::read};

use crate::support::{CLIENTS, cluster, eventually};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn z20_redis_that_dies_and_comes_back_empty_breaks_no_promise_and_cuts_nobody_off() {
    let (cluster, realm) = cluster().await;
    let mut witness = Witness::start(realm, CLIENTS);
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
    let (cluster, realm) = cluster().await;
    let mut witness = Witness::start(realm, CLIENTS);
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

/// Whether both replicas say that they reach Redis, or that they don't.
async fn both_say(cluster: &Cluster, reached: bool) -> bool {
    let mut agree = true;
    for index in [0, 1] {
        let url = format!("{}/status", cluster.replica(index, "customer"));
        agree &= read(cluster.http().get(url)).await.ok().json["redis"]["reachable"] == reached;
    }
    agree
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p10_a_password_of_redis_changes_without_a_window_and_cuts_nobody_off() {
    let (cluster, realm) = cluster().await;
    let mut witness = Witness::start(realm, CLIENTS);
    witness.rounds(CLIENTS).await;
    assert!(both_say(&cluster, true).await);

    // the users that are shipped may change nobody: the file, then Redis, then the replicas
    fs::write(cluster.file("secrets/customer.redis.password"), "customer-may-come-in-anew").unwrap();
    let deploy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy");
    let mut script = Command::new(deploy.join("redis-users.sh"));
    let users = script.arg(deploy.join("redis.acl")).arg(cluster.file("secrets")).output().unwrap();
    assert!(users.status.success());
    fs::write(cluster.file("users.acl"), users.stdout).unwrap();
    let before = cluster.pid("redis");
    cluster.signal("redis", "TERM");
    cluster.restarted("redis", before).await;
    eventually(async || both_say(&cluster, false).await).await;
    witness.rounds(CLIENTS).await;
    for replica in ["idp-1", "idp-2"] {
        cluster.restart(replica).await;
        witness.rounds(CLIENTS).await;
    }
    eventually(async || both_say(&cluster, true).await).await;
    let ledger = witness.ends().await;
    assert!(ledger.cuts.is_empty(), "{:?}", ledger.cuts);
    println!("{ledger}");
}
