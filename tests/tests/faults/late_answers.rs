//! A server that hangs, and one that does what it is told and doesn't say so, for longer than three requests wait: no
//! family of refresh tokens is revoked for it (O1).

use database::sqlx::{self, PgConnection};
use end_to_end::{
    Cluster, Witness,
    people::register,
    relying_party::JsonAnswer,
    witness::{Client, Cut, Realm},
};

use crate::{
    postgres::{nobody_is_ready, pids, recovers, superuser},
    support::{CLIENTS, cluster},
};

async fn at_work() -> (Cluster, Realm, Witness) {
    let (cluster, realm) = cluster().await;
    let mut witness = Witness::start(realm.clone(), CLIENTS);
    witness.rounds(CLIENTS).await;
    (cluster, realm, witness)
}

/// The refresh token of somebody who does nothing else meanwhile.
async fn refresh_token(cluster: &Cluster, realm: &Realm) -> String {
    let browser = cluster.browser();
    let page = browser.visit(realm.party.authorize(&[]).url.as_str()).await;
    register(&browser, &page, "grace@example.org", "Grace").await;
    realm.party.tokens(&browser, "openid offline_access").await.refresh_token().to_owned()
}

async fn refresh(client: &mut Client<'_>, token: &str) -> Result<JsonAnswer, Cut> {
    client.call("token", &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
}

/// A client asks three times in vain, which takes longer than most windows for a lost answer.
async fn in_vain(client: &mut Client<'_>, token: &str) {
    for _ in 0..3 {
        let answer = refresh(client, token).await;
        assert!(answer.is_err(), "{answer:?}");
    }
}

/// Nothing was lost: the client has the token that it has, and gets what it asked for.
async fn at_last(cluster: &Cluster, client: &mut Client<'_>, token: &str) {
    cluster.settled().await;
    let answer = refresh(client, token).await.unwrap().ok();
    refresh(client, answer.refresh_token()).await.unwrap().ok();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn z20_o1_a_server_that_hangs_breaks_no_promise_and_revokes_no_family() {
    let (cluster, realm, witness) = at_work().await;
    let (replicas, token) = (pids(&cluster), refresh_token(&cluster, &realm).await);
    let mut client = Client::new(&realm, CLIENTS);
    cluster.signal("postgres", "STOP");
    nobody_is_ready(&cluster).await;
    in_vain(&mut client, &token).await;
    cluster.signal("postgres", "CONT");
    at_last(&cluster, &mut client, &token).await;
    recovers(&cluster, witness, replicas).await;
}

/// Whether every commit waits for a standby that doesn't exist: it is done, and nobody is told.
async fn commits_hang(superuser: &mut PgConnection, hang: bool) {
    let standby = if hang { "= 'nobody'" } else { "= ''" };
    let statement = format!("ALTER SYSTEM SET synchronous_standby_names {standby}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut *superuser).await.unwrap();
    sqlx::raw_sql("SELECT pg_reload_conf()").execute(superuser).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn z20_o1_a_server_that_commits_and_does_not_say_so_breaks_no_promise_and_revokes_no_family() {
    let (cluster, realm, witness) = at_work().await;
    let (replicas, token) = (pids(&cluster), refresh_token(&cluster, &realm).await);
    let mut client = Client::new(&realm, CLIENTS);
    let mut superuser = superuser(&cluster).await;
    commits_hang(&mut superuser, true).await;
    nobody_is_ready(&cluster).await;
    in_vain(&mut client, &token).await;
    commits_hang(&mut superuser, false).await;
    at_last(&cluster, &mut client, &token).await;
    recovers(&cluster, witness, replicas).await;
}
