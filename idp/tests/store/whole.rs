//! The store as a whole.

use database::{DatabaseUrl, Db, record, sql};
use idp::store::{attempts, pending, pending_url};

use crate::harness::{NOW, stores, user};

#[tokio::test]
async fn d2_a_realm_knows_whether_anybody_has_an_account() {
    for store in stores().await {
        assert!(!store.has_users().await.unwrap());
        user(&store, "u1").await;
        assert!(store.has_users().await.unwrap());
    }
}

#[tokio::test]
async fn e8_the_probe_is_a_write() {
    for store in stores().await {
        store.probe_write(NOW).await.unwrap();
        assert_eq!(
            attempts::read(&store.facts, "probe").await.unwrap().map(|count| count.last_at),
            Some(NOW)
        );
    }
}

#[tokio::test]
async fn e8_the_probe_of_the_pending_state_loses_nothing() {
    for store in stores().await {
        pending::begin_enrolment(&store.pending, "s1", "seed", NOW, NOW + 60).await.unwrap();
        store.probe_pending(NOW).await.unwrap();
        assert!(pending::enrolment(&store.pending, "s1", NOW).await.unwrap().is_some());
    }
}

#[test]
fn the_pending_state_lies_beside_a_file_and_within_a_server() {
    let beside = |url: &str| format!("{:?}", pending_url(&url.parse().unwrap()));
    assert_eq!(beside("sqlite:/data/customer.db"), "sqlite:/data/customer.pending.db");
    let server: DatabaseUrl = "postgres://realm@db/realm".parse().unwrap();
    assert_eq!(pending_url(&server), server);
}

#[tokio::test]
async fn e2_a_closed_store_fails_and_answers_nothing() {
    for store in stores().await {
        store.facts.close().await;
        store.pending.close().await;
        assert!(matches!(store.probe_pending(NOW).await, Err(database::Error::Unavailable(_))));
        assert!(matches!(store.probe_write(NOW).await, Err(database::Error::Unavailable(_))));
        assert!(matches!(store.has_users().await, Err(database::Error::Unavailable(_))));
        assert!(matches!(
            idp::store::grants::token_standing(&store.facts, "j1").await,
            Err(database::Error::Unavailable(_))
        ));
    }
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_a_restart() {
    for store in stores().await {
        user(&store, "u1").await;
        store.facts.close().await;
        store.pending.close().await;
        assert!(store.replica().await.has_users().await.unwrap());
    }
}

#[tokio::test]
async fn a_fact_waits_for_the_disk_and_what_can_be_started_again_does_not() {
    record! { struct File { synchronous: i64 } }
    record! { struct Server { synchronous_commit: String } }
    let waits = async |db: &Db| match db {
        Db::Sqlite { .. } => sql("PRAGMA synchronous").one::<File>(db).await.unwrap().synchronous == 2,
        Db::Postgres(_) => {
            sql("SHOW synchronous_commit").one::<Server>(db).await.unwrap().synchronous_commit == "on"
        }
    };
    for store in stores().await {
        assert!(waits(&store.facts).await);
        assert!(!waits(&store.pending).await);
    }
}
