//! The password of a realm's database changes (P10): PostgreSQL knows one at a time.

use database::sqlx::{self, Connection, PgConnection};
use end_to_end::{System, http_client, relying_party::read, secret_file};
use testbed::Postgres;
use tokio::task::JoinSet;

use crate::support::{Customer, eventually};

const ROLE: &str = "customer";
const OLD: &str = "the-old-one-of-the-role";
const NEW: &str = "the-new-one-of-the-role";
/// More than the connections that a process keeps to a database.
const AT_ONCE: usize = 20;

async fn tell(superuser: &mut PgConnection, statement: String) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(superuser).await.unwrap();
}

/// Whether the server lets the role in with that password.
async fn is_let_in(server: &Postgres, password: &str) -> bool {
    let address = server.address(ROLE).replace('@', &format!(":{password}@"));
    PgConnection::connect(&address).await.is_ok()
}

/// Lets the realm open all the connections that it may have.
async fn busy(customer: &Customer) {
    let mut asking = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (client, token) = (customer.client.clone(), customer.tokens.access_token().to_owned());
        asking.spawn(async move { client.userinfo(&token).await.ok() });
    }
    asking.join_all().await;
}

async fn readiness(system: &System) -> u16 {
    let url = format!("{}/health/ready", system.issuer("customer"));
    read(http_client::client().get(url)).await.status.as_u16()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p10_the_password_of_a_database_changes_and_nobody_is_signed_out() {
    let (server, folder) = (Postgres::start(), tempfile::tempdir().unwrap());
    let mut superuser = PgConnection::connect(&server.superuser()).await.unwrap();
    let made = format!("CREATE ROLE {ROLE} LOGIN PASSWORD '{OLD}'; CREATE SCHEMA AUTHORIZATION {ROLE}");
    tell(&mut superuser, made).await;
    let file = secret_file::write(folder.path(), "password", OLD);
    let mut system = System::start_with(&[
        ("customer", "database", &server.address(ROLE)),
        ("customer", "database_password_file", &file),
    ])
    .await;
    let mut customer = Customer::of(&system).await;
    busy(&customer).await;

    tell(&mut superuser, format!("ALTER ROLE {ROLE} PASSWORD '{NEW}'")).await;
    // what is open goes on
    customer.goes_on().await;
    assert_eq!(readiness(&system).await, 200);

    // a replica that is not restarted at once can open no further ones, and says that it can't, not that it is broken
    let ended = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{ROLE}'");
    tell(&mut superuser, ended).await;
    let client = &customer.client;
    assert_eq!(client.refresh(customer.tokens.refresh_token()).await.status, 503);
    assert_eq!(client.userinfo(customer.tokens.access_token()).await.status, 503);
    let page = customer.browser.get(client.authorize(&[]).url).await;
    assert_eq!(page.status, 503, "{}", page.summary());
    // it looks once a second at most
    eventually(async || readiness(&system).await == 503).await;

    secret_file::write(folder.path(), "password", NEW);
    system.restart().await;
    customer.goes_on().await;
    customer.signs_in(&system).await;
    assert_eq!(readiness(&system).await, 200);
    assert!(is_let_in(&server, NEW).await && !is_let_in(&server, OLD).await);
}
