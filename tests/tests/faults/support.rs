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

/// The same, and the proxy before them as a third way in.
pub async fn customers_by_proxy_too(cluster: &Cluster) -> Realm {
    let mut realm = customers(cluster).await;
    realm.entries.push(cluster.url("customer_issuer"));
    realm
}
