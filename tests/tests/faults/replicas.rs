//! Replicas that die, replicas that are told to stop, and one that hangs.

use end_to_end::{Cluster, RelyingParty, Witness};
use tokio::task::JoinSet;

use crate::support::{CLIENTS, by_proxy_too, cluster, eventually};

/// Two requests for each replica and more, whichever the proxy asks first.
const AT_ONCE: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn z20_replicas_that_are_killed_under_load_break_no_promise() {
    let (cluster, mut realm) = cluster().await;
    // the proxy before them is a third way in
    realm.entries.push(cluster.url("customer_issuer"));
    let mut witness = Witness::start(realm, CLIENTS);
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
    let (cluster, realm) = cluster().await;
    let mut witness = Witness::start(by_proxy_too(realm, &cluster), CLIENTS);
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn z20_l4_sign_outs_whose_notices_were_with_replicas_that_are_killed_are_told_all_the_same() {
    let (cluster, realm) = cluster().await;
    let notices = realm.notices.clone();
    notices.hold();
    let mut witness = Witness::start(realm, CLIENTS);
    eventually(async || notices.waiting() > 0).await;
    let replicas = ["idp-1", "idp-2"];
    let before = replicas.map(|replica| cluster.pid(replica));
    // whichever of them has the lease
    for replica in replicas {
        cluster.signal(replica, "KILL");
    }
    eventually(async || notices.waiting() == 0).await;
    for (replica, before) in replicas.into_iter().zip(before) {
        cluster.restarted(replica, before).await;
    }
    notices.release();
    cluster.settled().await;
    witness.rounds(2 * CLIENTS).await;
    let ledger = witness.ends().await;
    println!("{ledger}");
}

/// Asks for the keys and for a token by way of the proxy, many times at once; the status of each answer about a token.
async fn ask(client: &RelyingParty) -> Vec<u16> {
    let (mut reads, mut writes) = (JoinSet::new(), JoinSet::new());
    for _ in 0..AT_ONCE {
        let (one, other) = (client.clone(), client.clone());
        reads.spawn(async move { one.jwks().await });
        writes.spawn(async move { other.client_credentials("orders").await.status.as_u16() });
    }
    reads.join_all().await;
    writes.join_all().await
}

/// How many introspections a replica has answered.
fn introspections(cluster: &Cluster, service: &str) -> usize {
    let log = cluster.log(service);
    log.lines().filter(|line| line.contains("\"answered\"") && line.contains("\"/introspect\"")).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn z20_a_replica_that_hangs_keeps_nobody_from_the_other_and_serves_again_when_it_goes_on() {
    let (cluster, mut realm) = cluster().await;
    realm.entries = vec![cluster.url("customer_issuer")];
    let client = realm.party.clone();
    let token = client.client_credentials("orders").await.ok().access_token().to_owned();
    let mut witness = Witness::start(realm, 2);
    witness.rounds(2).await;

    cluster.signal("idp-1", "STOP");
    // nobody waits for longer than a client does: what may be asked again was answered by the other one, and of the rest
    // is said that it failed
    let reported = ask(&client).await;
    assert!(reported.iter().all(|status| [200, 504].contains(status)), "{reported:?}");
    // from then on the proxy leaves it alone, but for a try now and then
    let mut answered = 0;
    for _ in 0..10 {
        answered += usize::from(client.client_credentials("orders").await.status == 200);
    }
    assert!(answered >= 9, "{answered} of 10");
    witness.rounds(2).await;

    cluster.signal("idp-1", "CONT");
    cluster.settled().await;
    let before = introspections(&cluster, "idp-1");
    eventually(async || {
        client.introspect(&token).await.ok();
        introspections(&cluster, "idp-1") > before
    })
    .await;
    witness.rounds(2).await;
    println!("{}", witness.ends().await);
}
