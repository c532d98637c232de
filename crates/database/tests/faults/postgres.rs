//! A PostgreSQL server that crashes, hangs or refuses to write, and what callers see: "unavailable" within bounds, and
//! everything as before once it is back, without a restart of ours.

use database::{
    DatabaseUrl, Db, Durability, Error, Migration, again, record, sql,
    sqlx::{self, Connection, PgConnection},
};
use testbed::Postgres;
use tokio::sync::Barrier;

record! {
    struct Row { id: String }
}

const SET: &[Migration] = &[Migration {
    version: 1,
    name: "codes",
    up: "CREATE TABLE codes (id TEXT PRIMARY KEY);",
    down: "DROP TABLE codes;",
}];

/// A server of the test's own, a role with a schema, and the role's connections.
async fn server() -> (Postgres, Db) {
    let server = Postgres::start();
    as_superuser(&server, "CREATE ROLE realm LOGIN PASSWORD 'realm'; CREATE SCHEMA AUTHORIZATION realm")
        .await;
    let url: DatabaseUrl = server.url("realm").parse().unwrap();
    let db = Db::open(&url, Durability::Full).await.unwrap();
    db.migrate("test", SET).await.unwrap();
    (server, db)
}

async fn as_superuser(server: &Postgres, statements: &'static str) {
    let mut connection = PgConnection::connect(&server.superuser()).await.unwrap();
    for statement in statements.split("; ") {
        sqlx::raw_sql(statement).execute(&mut connection).await.unwrap();
    }
}

async fn insert(db: &Db, id: &str) -> database::Result<u64> {
    sql("INSERT INTO codes (id) VALUES ($1)").bind(id).run(db).await
}

async fn ids(db: &Db) -> Vec<String> {
    let rows: Vec<Row> = sql("SELECT id FROM codes ORDER BY id").all(db).await.unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

fn is_unavailable<T>(answer: &database::Result<T>) -> bool {
    matches!(answer, Err(Error::Unavailable(_)))
}

#[tokio::test]
async fn o7_after_a_crash_of_the_server_what_was_acknowledged_is_there_and_work_goes_on() {
    let (server, db) = server().await;
    insert(&db, "before").await.unwrap();
    let mut under_way = db.begin().await.unwrap();
    sql("INSERT INTO codes (id) VALUES ('lost')").run(&mut under_way).await.unwrap();
    server.crash_and_restart();
    assert!(is_unavailable(&under_way.commit().await));
    // connections that were lent out or used a moment ago may be found dead once each
    let mut again = insert(&db, "after").await;
    for _ in 0..10 {
        if again.is_ok() {
            break;
        }
        assert!(is_unavailable(&again), "{again:?}");
        again = insert(&db, "after").await;
    }
    again.unwrap();
    assert_eq!(ids(&db).await, ["after", "before"]);
}

#[tokio::test]
async fn e2_a_server_that_hangs_makes_callers_wait_for_a_bounded_time_only() {
    let (server, db) = server().await;
    insert(&db, "before").await.unwrap();
    server.freeze();
    let (write, read) = tokio::join!(insert(&db, "meanwhile"), sql("SELECT id FROM codes").all::<Row>(&db));
    server.thaw();
    assert!(is_unavailable(&write) && is_unavailable(&read), "{write:?}");
    // whether the write under way happened is unknown; the caller was not told that it did
    insert(&db, "after").await.unwrap();
    let ids = ids(&db).await;
    assert!(ids.contains(&"before".to_owned()) && ids.contains(&"after".to_owned()), "{ids:?}");
}

#[tokio::test]
async fn e8_a_server_that_only_reads_is_unavailable_for_writes_until_it_writes_again() {
    let (server, db) = server().await;
    as_superuser(&server, "ALTER ROLE realm SET default_transaction_read_only = on").await;
    let fresh: DatabaseUrl = server.url("realm").parse().unwrap();
    let read_only = Db::open(&fresh, Durability::Full).await.unwrap();
    assert!(is_unavailable(&insert(&read_only, "a").await));
    assert!(ids(&read_only).await.is_empty());
    as_superuser(&server, "ALTER ROLE realm SET default_transaction_read_only = off").await;
    insert(&db, "a").await.unwrap();
    assert_eq!(ids(&read_only).await, ["a"]);
}

#[tokio::test]
async fn o7_connections_to_a_server_that_only_read_are_replaced_when_it_writes_again() {
    let (server, _) = server().await;
    as_superuser(&server, "ALTER ROLE realm SET default_transaction_read_only = on").await;
    let url: DatabaseUrl = server.url("realm").parse().unwrap();
    let db = Db::open(&url, Durability::Full).await.unwrap();
    assert!(is_unavailable(&insert(&db, "a").await));
    let mut tx = db.begin().await.unwrap();
    assert!(is_unavailable(&sql("INSERT INTO codes (id) VALUES ('b')").run(&mut tx).await));
    drop(tx);
    // what a session was given when it began stays with it, as a server that was degraded stays what it is
    as_superuser(&server, "ALTER ROLE realm SET default_transaction_read_only = off").await;
    insert(&db, "a").await.unwrap();
    assert_eq!(ids(&db).await, ["a"]);
}

/// Changes two rows in that order, and lets the other one in between.
async fn change_both(db: &Db, order: [&str; 2], met: &Barrier) -> database::Result<()> {
    let mut tx = db.begin().await?;
    for (index, id) in order.into_iter().enumerate() {
        sql("UPDATE codes SET id = id WHERE id = $1").bind(id).run(&mut tx).await?;
        if index == 0 {
            met.wait().await;
        }
    }
    tx.commit().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn o5_o6_of_two_transactions_that_lock_each_other_out_one_is_done_again() {
    let (_server, db) = server().await;
    insert(&db, "a").await.unwrap();
    insert(&db, "b").await.unwrap();
    let met = Barrier::new(2);
    let (one, two) = tokio::join!(change_both(&db, ["a", "b"], &met), change_both(&db, ["b", "a"], &met));
    assert!(
        matches!((&one, &two), (Err(Error::Retry(_)), Ok(())) | (Ok(()), Err(Error::Retry(_)))),
        "{one:?} {two:?}"
    );

    let begun = std::sync::atomic::AtomicUsize::new(0);
    let work = async |order: [&'static str; 2]| {
        again!(async {
            // only the first two meet; whoever is done again finds nobody in the way
            let first = begun.fetch_add(1, std::sync::atomic::Ordering::Relaxed) < 2;
            if first {
                change_both(&db, order, &met).await
            } else {
                change_both(&db, order, &Barrier::new(1)).await
            }
        })
    };
    let (one, two) = tokio::join!(work(["a", "b"]), work(["b", "a"]));
    one.unwrap();
    two.unwrap();
    assert!(begun.into_inner() > 2);
}

/// Makes inserts fail with a serialization failure so often; a sequence is not rolled back.
const COLLIDING: &str = "CREATE SEQUENCE tries; \
     CREATE FUNCTION collide() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
         IF nextval('tries') <= 2 THEN RAISE EXCEPTION 'collided' USING ERRCODE = '40001'; END IF; \
         RETURN NEW; \
     END $$; \
     CREATE TRIGGER collide BEFORE INSERT ON codes FOR EACH ROW EXECUTE FUNCTION collide();";

#[tokio::test]
async fn o5_a_statement_that_collided_is_run_again_on_its_own_but_not_inside_a_transaction() {
    let (server, db) = server().await;
    let mut role = PgConnection::connect(&server.url("realm")).await.unwrap();
    sqlx::raw_sql(COLLIDING).execute(&mut role).await.unwrap();
    assert_eq!(insert(&db, "a").await.unwrap(), 1);
    sqlx::raw_sql("ALTER SEQUENCE tries RESTART").execute(&mut role).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let collided = sql("INSERT INTO codes (id) VALUES ('b')").run(&mut tx).await;
    assert!(matches!(collided, Err(Error::Retry(_))), "{collided:?}");
    drop(tx);
    assert_eq!(ids(&db).await, ["a"]);
}

#[tokio::test]
async fn o13_a_program_goes_on_when_a_newer_one_adds_a_column() {
    let (server, db) = server().await;
    insert(&db, "before").await.unwrap();
    // prepared on every connection that there is
    let read = || sql("SELECT * FROM codes").all::<Row>(&db);
    for _ in 0..3 {
        futures_util::future::join_all((0..8).map(|_| read())).await;
    }
    as_superuser(&server, "ALTER TABLE realm.codes ADD COLUMN note TEXT").await;
    for answer in futures_util::future::join_all((0..8).map(|_| read())).await {
        assert_eq!(answer.unwrap().len(), 1);
    }
    // within a transaction it counts as a collision, which is what its caller repeats
    as_superuser(&server, "ALTER TABLE realm.codes ADD COLUMN other TEXT").await;
    let read = again!(async {
        let mut tx = db.begin().await?;
        let rows = sql("SELECT * FROM codes").all::<Row>(&mut tx).await?;
        tx.commit().await.map(|()| rows.len())
    });
    assert_eq!(read.unwrap(), 1);
}

#[tokio::test]
async fn p10_a_login_that_is_refused_is_a_database_that_is_out_of_service() {
    let (server, db) = server().await;
    insert(&db, "before").await.unwrap();
    as_superuser(&server, "ALTER ROLE realm PASSWORD 'another'").await;
    insert(&db, "on a connection that is open").await.unwrap();
    as_superuser(&server, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'realm'")
        .await;
    let mut answer = insert(&db, "after").await;
    for _ in 0..10 {
        assert!(is_unavailable(&answer), "{answer:?}");
        answer = insert(&db, "after").await;
    }
    as_superuser(&server, "ALTER ROLE realm PASSWORD 'realm'").await;
    while answer.is_err() {
        assert!(is_unavailable(&answer), "{answer:?}");
        answer = insert(&db, "again").await;
    }
}
