//! Where the tests on a cluster begin.

use end_to_end::{Cluster, RelyingParty, witness::Realm};

/// How many clients are at work while something fails.
pub const CLIENTS: usize = 4;

/// The customers' realm at both replicas.
pub async fn customers(cluster: &Cluster) -> Realm {
    let (party, other) = (cluster.client("customer").await, cluster.client("admin").await);
    let other = RelyingParty { http: cluster.http(), ..other };
    let entries = [0, 1].map(|index| cluster.replica(index, "customer")).to_vec();
    Realm { party, entries, other, superuser: Some(cluster.superuser()) }
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

/// The same, and the proxy before them as a third way in.
pub async fn customers_by_proxy_too(cluster: &Cluster) -> Realm {
    let mut realm = customers(cluster).await;
    realm.entries.push(cluster.url("customer_issuer"));
    realm
}
