//! Two replicas whose clocks differ.

use std::sync::Arc;

use clock::{Clock, ManualClock, random::OsRandom};
use end_to_end::{
    RelyingParty, System, Witness,
    relying_party::bearer,
    witness::{Notices, Realm},
};
use idp::serve;
use runtime::shutdown::Shutdown;

use crate::support::{CLIENTS, NO_MAIL, SIGN_OUTS};

const APART: i64 = 30;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn z20_replicas_with_clocks_thirty_seconds_apart_break_no_promise() {
    let notices = Notices::listen().await;
    let system = System::start_with(&[("customer", SIGN_OUTS, notices.uri()), NO_MAIL]).await;
    let clock = Arc::new(ManualClock::new(system.clock.now() + APART));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let there = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let realm = system.replica_at("customer", clock.clone()).await;
    let shutdown = Shutdown::new();
    let served = tokio::spawn(serve::realm(realm, listener, (clock, Arc::new(OsRandom)), shutdown.clone()));
    let realm = Realm {
        party: RelyingParty::of(&system, "customer", "demo-web").await,
        entries: vec![system.issuer("customer").to_owned(), there],
        authorities: Vec::new(),
        other: RelyingParty::of(&system, "admin", "demo-web").await,
        database: system
            .database_of("customer")
            .unwrap_or_else(|| format!("sqlite:{}?mode=ro", system.data().join("customer.db").display())),
        notices,
    };
    let mut witness = Witness::start(realm, CLIENTS);
    witness.rounds(10 * CLIENTS).await;
    let ledger = witness.ends().await;
    assert!(ledger.cuts.is_empty(), "{:?}", ledger.cuts);
    // tokens of either clock are good at a resource
    let orders = format!("{}/api/orders", system.urls.storefront);
    for grant in ledger.grants {
        bearer(&orders, &grant.access).await.ok();
    }
    shutdown.fire();
    served.await.unwrap().unwrap();
}
