//! Scratch databases.

use std::sync::{Mutex, PoisonError};

use tempfile::TempDir;
use testbed::Postgres;

use crate::{DatabaseUrl, Db, Durability, Migration, sqlx};

/// Databases of the test server that no test needs any more. The next copy removes them.
static LEFT: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Where a test keeps its databases: in a folder, or on the PostgreSQL server of this test program, in schemas of their
/// own roles.
#[derive(Debug)]
pub struct TestDatabases {
    folder: TempDir,
    server: Option<Place>,
}

/// Schemas within one database of a server.
#[derive(Debug)]
struct Place {
    server: &'static Postgres,
    /// `None` for the one that all tests share.
    database: Option<String>,
    /// Roles in the order in which they were made.
    made: Mutex<Vec<String>>,
    /// Roles whose schemas came with the copy, the next one last.
    copied: Mutex<Vec<String>>,
}

impl TestDatabases {
    /// A place without databases, of the kind that the environment names.
    ///
    /// # Panics
    /// When the place can't be made: a test can't go on then.
    pub fn new() -> Self {
        Self::within(server().map(|server| Place::new(server, None, Vec::new())))
    }

    /// As [`TestDatabases::new`], for a place that will be copied: on a server it has a database to itself.
    ///
    /// # Panics
    /// When the place can't be made.
    pub async fn original() -> Self {
        let Some(server) = server() else { return Self::within(None) };
        let name = Postgres::fresh_name();
        run(server, &format!("CREATE DATABASE {name}")).await;
        Self::within(Some(Place::new(server, Some(name), Vec::new())))
    }

    /// A place with copies of all databases of an [`original`](TestDatabases::original) on a server, which nobody is
    /// connected to. It tells their addresses in the order in which the original told them. On SQLite it is empty:
    /// files are copied by whoever knows where they are.
    ///
    /// # Panics
    /// When the copy can't be made.
    pub async fn copy(&self) -> Self {
        let Some(Place { server, database: Some(original), made, .. }) = &self.server else {
            return Self::new();
        };
        let left = std::mem::take(&mut *lock(&LEFT));
        for left in left {
            run(server, &format!("DROP DATABASE {left} WITH (FORCE)")).await;
        }
        let name = Postgres::fresh_name();
        run(server, &format!("CREATE DATABASE {name} TEMPLATE {original}")).await;
        let copied = lock(made).iter().rev().cloned().collect();
        Self::within(Some(Place::new(server, Some(name), copied)))
    }

    #[expect(clippy::expect_used, reason = "a test stops here")]
    fn within(server: Option<Place>) -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder"), server }
    }

    /// Whether its databases are on PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        self.server.is_some()
    }

    /// The address of a database that nobody else uses. On a server it comes with a role that owns nothing but its
    /// schema.
    ///
    /// # Panics
    /// When it can't be made.
    #[expect(clippy::expect_used, reason = "a test stops here")]
    pub async fn database(&self) -> DatabaseUrl {
        self.address().await.parse().expect("the address of a database")
    }

    /// As [`TestDatabases::database`], but as text for a configuration.
    ///
    /// # Panics
    /// When it can't be made.
    pub async fn address(&self) -> String {
        if let Some(place) = &self.server {
            return place.address().await;
        }
        let file = self.folder.path().join(Postgres::fresh_name()).with_extension("db");
        format!("sqlite:{}", file.display())
    }
}

impl Default for TestDatabases {
    fn default() -> Self {
        Self::new()
    }
}

impl Place {
    fn new(server: &'static Postgres, database: Option<String>, copied: Vec<String>) -> Self {
        Self { server, database, made: Mutex::default(), copied: Mutex::new(copied) }
    }

    async fn address(&self) -> String {
        let database = self.database.as_deref().unwrap_or("postgres");
        let copied = lock(&self.copied).pop();
        if let Some(role) = copied {
            return self.server.url_of(&role, database);
        }
        let role = Postgres::fresh_name();
        let statements =
            format!("CREATE ROLE {role} LOGIN PASSWORD '{role}'; CREATE SCHEMA AUTHORIZATION {role}");
        run_at(&self.server.url_of("postgres", database), &statements).await;
        lock(&self.made).push(role.clone());
        self.server.url_of(&role, database)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        lock(&LEFT).extend(self.database.take());
    }
}

/// The server that the environment asks for.
#[expect(clippy::panic, reason = "a test stops here")]
fn server() -> Option<&'static Postgres> {
    match std::env::var("REALMKEEP_TEST_DATABASE").as_deref() {
        Err(_) | Ok("sqlite") => None,
        Ok("postgres") => Some(Postgres::shared()),
        Ok(other) => panic!("REALMKEEP_TEST_DATABASE is sqlite or postgres, not {other}"),
    }
}

/// Runs statements as the superuser.
async fn run(server: &Postgres, statements: &str) {
    run_at(&server.superuser(), statements).await;
}

#[expect(clippy::expect_used, reason = "a test stops here")]
async fn run_at(url: &str, statements: &str) {
    let mut superuser = <sqlx::PgConnection as sqlx::Connection>::connect(url)
        .await
        .expect("the superuser of the test server");
    sqlx::raw_sql(sqlx::AssertSqlSafe(statements.to_owned()))
        .execute(&mut superuser)
        .await
        .expect("databases, roles and schemas can be made");
}

fn lock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A fresh database with `migrations` applied. It exists as long as the returned [`TestDatabases`].
///
/// # Panics
/// When the database can't be made: a test can't go on then.
#[expect(clippy::expect_used, reason = "a test stops here")]
pub async fn scratch(set: &'static str, migrations: &[Migration]) -> (TestDatabases, Db) {
    let place = TestDatabases::new();
    let db = Db::open(&place.database().await, Durability::Relaxed).await.expect("a database opens");
    db.migrate(set, migrations).await.expect("the migrations apply");
    (place, db)
}
