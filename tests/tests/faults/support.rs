//! Where the tests on a cluster begin.

use end_to_end::{
    Cluster, RelyingParty,
    witness::{Notices, Realm},
};

/// How many clients are at work while something fails.
pub const CLIENTS: usize = 4;

/// Where the shipped realm file has what the third-party client registered for sign-outs.
pub const SIGN_OUTS: &str = "clients.2.backchannel_logout_uri";

/// A trial system without its mailbox: the witness makes an account with each round, and reads no mails.
pub const NO_MAIL: (&str, &str, &str) = ("customer", "mail.enabled", "false");

/// A cluster, and its customers' realm at both replicas.
pub async fn cluster() -> (Cluster, Realm) {
    cluster_with(&[]).await
}

/// The same with further variables.
pub async fn cluster_with(variables: &[(&str, &str)]) -> (Cluster, Realm) {
    let notices = Notices::listen().await;
    let sign_outs = format!("REALMKEEP_CUSTOMER__{}", SIGN_OUTS.replace('.', "__").to_uppercase());
    let variables = [variables, &[(&sign_outs, notices.uri())]].concat();
    let cluster = Cluster::start_with(&variables);
    let realm = customers(&cluster, notices).await;
    (cluster, realm)
}

async fn customers(cluster: &Cluster, notices: Notices) -> Realm {
    let (party, other) = (cluster.client("customer").await, cluster.client("admin").await);
    let other = RelyingParty { http: cluster.http(), ..other };
    let entries = [0, 1].map(|index| cluster.replica(index, "customer")).to_vec();
    let database = format!("{}?options=-csearch_path%3Dcustomer", cluster.superuser());
    Realm { party, entries, authorities: cluster.authorities(), other, database, notices }
}

/// The realm with the proxy before its replicas as a third way in.
pub fn by_proxy_too(mut realm: Realm, cluster: &Cluster) -> Realm {
    realm.entries.push(cluster.url("customer_issuer"));
    realm
}

/// Asks until it is so, with pauses: for what other processes do.
pub async fn eventually(check: impl AsyncFn() -> bool) {
    for _ in 0..1200 {
        if check().await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("it never came to be");
}
