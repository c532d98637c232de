//! A server that restarts, only reads, or has no connection left, under two replicas at work.

use database::sqlx::{self, Connection, Executor, PgConnection, Row};
use end_to_end::{Cluster, Witness};

use crate::support::{CLIENTS, cluster_with, eventually};

async fn at_work(variables: &[(&str, &str)]) -> (Cluster, Witness) {
    let (cluster, realm) = cluster_with(variables).await;
    let mut witness = Witness::start(realm, CLIENTS);
    witness.rounds(CLIENTS).await;
    (cluster, witness)
}

/// Lets the clients go on when all is well again, and looks at what they were promised. No replica was restarted.
pub async fn recovers(cluster: &Cluster, mut witness: Witness, replicas: [u32; 2]) {
    cluster.settled().await;
    witness.rounds(2 * CLIENTS).await;
    let ledger = witness.ends().await;
    assert!(!ledger.cuts.is_empty(), "the fault was noticed: {ledger}");
    assert_eq!(pids(cluster), replicas);
    println!("{ledger}");
}

pub fn pids(cluster: &Cluster) -> [u32; 2] {
    ["idp-1", "idp-2"].map(|replica| cluster.pid(replica))
}

pub async fn nobody_is_ready(cluster: &Cluster) {
    for index in [0, 1] {
        eventually(async || !cluster.is_ready(index, "customer").await).await;
    }
}

pub async fn superuser(cluster: &Cluster) -> PgConnection {
    PgConnection::connect(&cluster.superuser()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn z20_a_server_that_crashes_and_comes_back_breaks_no_promise() {
    let (cluster, mut witness) = at_work(&[]).await;
    let replicas = pids(&cluster);
    for _ in 0..3 {
        let before = cluster.pid("postgres");
        // an immediate shutdown, from which it has to recover
        cluster.signal("postgres", "QUIT");
        cluster.restarted("postgres", before).await;
        witness.rounds(3).await;
    }
    recovers(&cluster, witness, replicas).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn z20_a_server_that_only_reads_breaks_no_promise() {
    let (cluster, mut witness) = at_work(&[]).await;
    let replicas = pids(&cluster);
    let mut superuser = superuser(&cluster).await;
    for read_only in ["on", "off"] {
        let statement = format!("ALTER SYSTEM SET default_transaction_read_only = {read_only}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut superuser).await.unwrap();
        sqlx::raw_sql("SELECT pg_reload_conf()").execute(&mut superuser).await.unwrap();
        if read_only == "on" {
            nobody_is_ready(&cluster).await;
            witness.cuts(CLIENTS).await;
        }
    }
    recovers(&cluster, witness, replicas).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn z20_a_server_without_a_free_connection_breaks_no_promise() {
    let options = "-c fsync=off -c max_connections=60 -c superuser_reserved_connections=3";
    let (cluster, mut witness) = at_work(&[("CLUSTER_POSTGRES", options)]).await;
    let replicas = pids(&cluster);
    // whoever comes first holds them all; the superuser may take the last ones too
    let mut held = vec![superuser(&cluster).await];
    let ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> 'postgres'";
    while cluster.is_ready(0, "customer").await || cluster.is_ready(1, "customer").await {
        sqlx::raw_sql(ended).execute(&mut held[0]).await.unwrap();
        while let Ok(one_more) = PgConnection::connect(&cluster.superuser()).await {
            held.push(one_more);
        }
    }
    witness.cuts(CLIENTS).await;
    drop(held);
    recovers(&cluster, witness, replicas).await;
}

/// Lets every so-manieth change of a fact fail as a collision; a sequence is not rolled back.
const COLLIDING: &str = "SET search_path = customer; \
     CREATE SEQUENCE changes; GRANT USAGE ON SEQUENCE changes TO customer; \
     CREATE FUNCTION collide() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
         IF nextval('customer.changes') % 20 = 0 THEN RAISE EXCEPTION 'collided' USING ERRCODE = '40001'; END IF; \
         RETURN NEW; \
     END $$; \
     CREATE TRIGGER collide BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION collide(); \
     CREATE TRIGGER collide BEFORE INSERT OR UPDATE ON sessions FOR EACH ROW EXECUTE FUNCTION collide(); \
     CREATE TRIGGER collide BEFORE INSERT OR UPDATE ON grants FOR EACH ROW EXECUTE FUNCTION collide(); \
     CREATE TRIGGER collide BEFORE INSERT OR UPDATE ON attempts FOR EACH ROW EXECUTE FUNCTION collide(); \
     CREATE TRIGGER collide BEFORE INSERT OR UPDATE ON audit_events FOR EACH ROW EXECUTE FUNCTION collide();";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn o5_transactions_that_collide_are_done_again_and_nobody_notices() {
    let (cluster, mut witness) = at_work(&[]).await;
    let mut superuser = superuser(&cluster).await;
    sqlx::raw_sql(COLLIDING).execute(&mut superuser).await.unwrap();
    witness.rounds(5 * CLIENTS).await;
    let ledger = witness.ends().await;
    assert!(ledger.cuts.is_empty(), "{:?}", ledger.cuts);
    let collisions = sqlx::raw_sql("SELECT last_value / 20 AS n FROM customer.changes");
    let collisions: i64 = superuser.fetch_one(collisions).await.unwrap().get("n");
    assert!(collisions > 10, "{collisions} collisions");
    println!("{collisions} collisions; {ledger}");
}
