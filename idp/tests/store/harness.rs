//! Fresh stores, rows to begin with, and races.

use std::{ops::Deref, sync::Arc};

use database::{DatabaseUrl, Db, record, sql, testing::TestDatabases};
use idp::store::{
    Store,
    attempts::{self, Count, Counter},
    sessions::{self, Origin, Session},
    users::{self, NewUser},
};
use tokio::sync::Barrier;

/// When the tests happen, Unix seconds.
pub const NOW: i64 = 1_800_000_000;
/// How many take part in a race.
pub const RACERS: usize = 16;
/// How many programs share the database in a race.
const REPLICAS: usize = 4;

/// A store of one test, gone with it.
pub struct Scratch {
    kind: &'static str,
    url: DatabaseUrl,
    store: Store,
    _place: TestDatabases,
}

impl Deref for Scratch {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the store of this test was on {}", self.kind);
        }
    }
}

/// A fresh store on each kind of database that this run is about.
pub async fn stores() -> Vec<Scratch> {
    let place = TestDatabases::new();
    let kind = if place.is_postgres() { "PostgreSQL" } else { "SQLite" };
    let url = place.database().await;
    let store = Store::open(&url).await.unwrap();
    vec![Scratch { kind, url, store, _place: place }]
}

impl Scratch {
    /// Where it is.
    pub fn url(&self) -> DatabaseUrl {
        self.url.clone()
    }

    /// The store as another program on the same database has it, with connections of its own.
    pub async fn replica(&self) -> Store {
        Store::open(&self.url).await.unwrap()
    }

    /// Lets [`RACERS`] attempts begin together, spread over several replicas; the answers of all of them.
    pub async fn race<T, F>(&self, attempt: impl Fn(usize, Store) -> F) -> Vec<T>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        let mut replicas = Vec::new();
        for _ in 0..REPLICAS {
            replicas.push(self.replica().await);
        }
        let gate = Arc::new(Barrier::new(RACERS));
        let mut tasks = Vec::new();
        for (racer, store) in (0..RACERS).zip(replicas.iter().cycle()) {
            let (gate, attempt) = (gate.clone(), attempt(racer, store.clone()));
            tasks.push(tokio::spawn(async move {
                gate.wait().await;
                attempt.await
            }));
        }
        let mut answers = Vec::new();
        for task in tasks {
            answers.push(task.await.unwrap());
        }
        answers
    }
}

/// How many of the answers are yes.
pub fn winners(answers: &[bool]) -> usize {
    answers.iter().filter(|won| **won).count()
}

/// A number that a statement counts as `n`.
pub async fn count(db: &Db, statement: &'static str) -> i64 {
    record! { struct Counted { n: i64 } }
    sql(statement).one::<Counted>(db).await.unwrap().n
}

/// An account to make.
pub fn new_user(id: &str, email: &str) -> NewUser {
    NewUser {
        id: id.to_owned(),
        email: email.to_owned(),
        name: "Ada".to_owned(),
        claims: serde_json::Map::new(),
        usernames: vec![id.to_owned()],
        password_hash: Some("$argon2id$old".to_owned()),
        role: "individual".to_owned(),
        language: None,
    }
}

/// An account with the address `<id>@example.com`.
pub async fn user(store: &Store, id: &str) {
    let mut tx = store.facts.begin().await.unwrap();
    users::insert(&mut tx, &new_user(id, &format!("{id}@example.com")), NOW).await.unwrap();
    tx.commit().await.unwrap();
}

/// A session that ends an hour from [`NOW`], named `<sid>` with the cookie hash `<sid>-hash`.
pub fn new_session(sid: &str, user_id: &str) -> Session {
    Session {
        id_hash: format!("{sid}-hash"),
        sid: sid.to_owned(),
        user_id: user_id.to_owned(),
        auth_time: NOW,
        amr: r#"["pwd"]"#.to_owned(),
        last_seen_at: NOW,
        expires_at: NOW + 3600,
        language: None,
    }
}

/// Starts a session.
pub async fn session(store: &Store, session: &Session) {
    let origin = Origin { address: [192, 0, 2, 1].into(), user_agent: "test".to_owned() };
    let mut tx = store.facts.begin().await.unwrap();
    sessions::start(&mut tx, session, &origin).await.unwrap();
    tx.commit().await.unwrap();
}

/// A count of failed attempts.
pub async fn counted(store: &Store, counter: impl Into<Counter<'_>>, count: Count) {
    let counter = counter.into();
    let mut tx = store.facts.begin().await.unwrap();
    attempts::hold(&mut tx, counter).await.unwrap();
    attempts::put(&mut tx, counter.key, count).await.unwrap();
    tx.commit().await.unwrap();
}
