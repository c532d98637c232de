//! Scratch databases.

use tempfile::TempDir;
use testbed::Postgres;

use crate::{DatabaseUrl, Db, Durability, Migration, sqlx};

/// Where a test keeps its databases: in a folder, or on the PostgreSQL server of this test program, in schemas of their
/// own roles.
#[derive(Debug)]
pub struct TestDatabases {
    folder: TempDir,
    server: Option<&'static Postgres>,
}

impl TestDatabases {
    /// A place without databases, of the kind that the environment names.
    ///
    /// # Panics
    /// When the place can't be made: a test can't go on then.
    #[expect(clippy::expect_used, clippy::panic, reason = "a test stops here")]
    pub fn new() -> Self {
        let server = match std::env::var("REALMKEEP_TEST_DATABASE").as_deref() {
            Err(_) | Ok("sqlite") => None,
            Ok("postgres") => Some(Postgres::shared()),
            Ok(other) => panic!("REALMKEEP_TEST_DATABASE is sqlite or postgres, not {other}"),
        };
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
    #[expect(clippy::expect_used, reason = "a test stops here")]
    pub async fn address(&self) -> String {
        let name = Postgres::fresh_name();
        let Some(server) = self.server else {
            return format!("sqlite:{}", self.folder.path().join(name).with_extension("db").display());
        };
        let mut superuser = connect(&server.superuser()).await;
        let statements =
            format!("CREATE ROLE {name} LOGIN PASSWORD '{name}'; CREATE SCHEMA AUTHORIZATION {name}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(statements))
            .execute(&mut superuser)
            .await
            .expect("a role and a schema");
        server.url(&name)
    }
}

impl Default for TestDatabases {
    fn default() -> Self {
        Self::new()
    }
}

#[expect(clippy::expect_used, reason = "a test stops here")]
async fn connect(url: &str) -> sqlx::PgConnection {
    <sqlx::PgConnection as sqlx::Connection>::connect(url).await.expect("the superuser of the test server")
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
