//! A realm's database by TLS, as the manual's example has it: `sslmode=verify-full` and the authority's certificate.

use database::{
    Db, Durability,
    sqlx::{self, Connection, PgConnection, Row},
};
use end_to_end::System;
use testbed::{Postgres, Redis};

use crate::support::Customer;

const ROLE: &str = "customer";

/// The address for the role by that name of the machine, with the certificate of an authority.
fn address(server: &Postgres, host: &str, authority: &std::path::Path) -> String {
    let address = server.url(ROLE).replace("127.0.0.1", host);
    format!("{address}?sslmode=verify-full&sslrootcert={}", authority.display())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_realms_database_is_reached_by_tls_and_nobody_else_is_taken_for_it() {
    let server = Postgres::with_tls();
    let mut superuser = PgConnection::connect(&server.superuser()).await.unwrap();
    let made = format!("CREATE ROLE {ROLE} LOGIN PASSWORD '{ROLE}'; CREATE SCHEMA AUTHORIZATION {ROLE}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(made)).execute(&mut superuser).await.unwrap();
    let right = address(&server, "localhost", &server.authority());
    let system = System::start_with(&[("customer", "database", &right)]).await;
    let mut customer = Customer::of(&system).await;
    customer.goes_on().await;
    let connections = "SELECT count(*) AS n, bool_and(ssl) AS ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
                       WHERE usename = $1";
    let row = sqlx::query(connections).bind(ROLE).fetch_one(&mut superuser).await.unwrap();
    assert!(row.get::<i64, _>("n") > 0 && row.get::<bool, _>("ssl"));

    // somebody else's authority, and a name that is not in the certificate
    let folder = tempfile::tempdir().unwrap();
    let stranger = folder.path().join("ca.pem");
    std::fs::write(&stranger, Redis::shared().authority()).unwrap();
    let wrong =
        [address(&server, "localhost", &stranger), address(&server, "127.0.0.1", &server.authority())];
    for wrong in wrong {
        let opened = Db::open(&wrong.parse().unwrap(), Durability::Full).await;
        assert!(opened.is_err(), "{wrong}");
    }
}
