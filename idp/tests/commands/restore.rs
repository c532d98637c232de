//! `idp restore`

use std::{collections::BTreeMap, path::PathBuf};

use clock::{Clock, SystemClock};
use database::{record, sql};
use idp::store::{
    Store,
    archive::TABLES,
    audit, consents, factors, grants, keys,
    migrations::{FACTS, FACTS_SET},
    not_before, servers,
    sessions::{self, Origin, Session},
    setup_links,
    users::{self, NewUser},
};
use protocol::{acr, authorize::RequestedClaims, grant::Grant, scope::Scope};

use crate::harness::{DATABASE, KEY, Operator};

const HOUR: i64 = 3600;

/// An account with everything it can have.
pub async fn fill(store: &Store) {
    let now = SystemClock.now();
    let mut tx = store.facts.begin().await.unwrap();
    let user = NewUser {
        id: "u1".to_owned(),
        email: "u1@example.com".to_owned(),
        name: "Ünal \"'; DROP".to_owned(),
        claims: serde_json::Map::new(),
        usernames: vec!["u1".to_owned()],
        password_hash: Some("$argon2id$old".to_owned()),
        role: "individual".to_owned(),
        language: Some("de".to_owned()),
    };
    users::insert(&mut tx, &user, now).await.unwrap();
    factors::confirm_totp(&mut tx, "u1", "sealed", 5, now).await.unwrap();
    factors::replace_recovery_codes(&mut tx, "u1", &["c1".to_owned(), "c2".to_owned()]).await.unwrap();
    let session = Session {
        id_hash: "s1-hash".to_owned(),
        sid: "s1".to_owned(),
        user_id: "u1".to_owned(),
        auth_time: now - HOUR,
        amr: r#"["pwd"]"#.to_owned(),
        last_seen_at: now,
        expires_at: now + HOUR,
        language: None,
    };
    let origin = Origin { address: [192, 0, 2, 1].into(), user_agent: "test".to_owned() };
    sessions::start(&mut tx, &session, &origin).await.unwrap();
    sessions::remember_browser(&mut tx, "u1", "b1", now).await.unwrap();
    grants::issue(&mut tx, &grant(now), "code").await.unwrap();
    let event =
        audit::Event { id: "e1".to_owned(), at: now, kind: "account.added", ..audit::Event::default() };
    audit::record(&mut tx, &event).await.unwrap();
    setup_links::issue(&mut tx, "link", "member", now, now + HOUR).await.unwrap();
    consents::remember(&mut tx, "u1", "app", "openid", now).await.unwrap();
    tx.commit().await.unwrap();
    grants::revoke_token(&store.facts, "j1", now + HOUR).await.unwrap();
    store.probe_write(now).await.unwrap();
}

fn grant(now: i64) -> Grant {
    Grant {
        id: "g1".to_owned(),
        client_id: "app".to_owned(),
        user_id: "u1".to_owned(),
        sid: "s1".to_owned(),
        scope: Scope::parse("openid offline_access").unwrap(),
        redirect_uri: "https://app.example.com/callback".to_owned(),
        nonce: None,
        code_challenge: None,
        claims: RequestedClaims::default(),
        auth_time: now - HOUR,
        acr: acr::SINGLE.to_owned(),
        amr: std::iter::once(acr::PWD).collect(),
        code_expires_at: now + 60,
        issued_at: now,
        generation: 0,
        generation_at: now,
        refresh_expires_at: now + HOUR,
        refresh_absolute_at: now + HOUR,
        revoked_at: None,
    }
}

/// The kinds of the events in the audit trail.
pub async fn kinds(store: &Store) -> Vec<String> {
    record! { struct Event { kind: String } }
    let all: Vec<Event> = sql("SELECT kind FROM audit_events ORDER BY kind").all(&store.facts).await.unwrap();
    all.into_iter().map(|event| event.kind).collect()
}

/// Whether nobody revoked a grant.
pub async fn any_grant_alive(store: &Store) -> bool {
    record! { struct Counted { n: i64 } }
    let alive = sql("SELECT COUNT(*) AS n FROM grants WHERE revoked_at IS NULL");
    alive.one::<Counted>(&store.facts).await.unwrap().n > 0
}

/// Every row, whatever the order.
async fn dump(store: &Store) -> BTreeMap<&'static str, Vec<String>> {
    let mut tx = store.facts.snapshot().await.unwrap();
    let mut all = BTreeMap::new();
    for name in TABLES {
        let table = tx.table(name).await.unwrap().unwrap();
        let mut rows = Vec::new();
        tx.each_page(&table, async |page| {
            rows.extend(page.iter().map(|row| format!("{row:?}")));
            Ok(())
        })
        .await
        .unwrap();
        rows.sort();
        all.insert(*name, rows);
    }
    // dropped it would end when this runtime goes on, and a command that is waited for may wait for it
    tx.commit().await.unwrap();
    all
}

/// A realm with something in it, and its backup.
pub async fn backed_up() -> (Operator, Store, PathBuf) {
    let operator = Operator::new().await;
    let store = Store::open(&operator.database()).await.unwrap();
    fill(&store).await;
    let file = operator.folder().join("backup");
    let made = operator.run(&format!("backup --realm test {}", file.display()));
    assert_eq!(made.code, Some(0), "{made:?}");
    (operator, store, file)
}

/// Another empty database, of the other kind when this run is on a server.
fn elsewhere(operator: &Operator) -> String {
    format!("sqlite:{}", operator.folder().join("elsewhere.db").display())
}

#[tokio::test]
async fn p10_o18_what_was_alive_in_a_backup_is_dead_after_its_restore_and_the_rest_is_as_it_was() {
    let (operator, store, file) = backed_up().await;
    let before = dump(&store).await;
    let words = format!("restore --realm test {}", file.display());
    let refused = operator.run(&words);
    assert!(refused.code == Some(1) && refused.err.contains("--replace"), "{refused:?}");
    assert_eq!(dump(&store).await, before);

    users::disable(&store.facts, "u1", 1).await.unwrap();
    let done = operator.run(&format!("{words} --replace"));
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.out.contains("restored as of 20"), "{done:?}");
    let after = dump(&store).await;
    for table in ["users", "user_roles", "recovery_codes", "known_browsers", "consents", "revoked_tokens"] {
        assert_eq!(after[table], before[table], "{table}");
    }
    let now = SystemClock.now();
    assert_eq!(sessions::count_unended(&store.facts).await.unwrap(), 0);
    assert!(!any_grant_alive(&store).await);
    assert!(setup_links::usable(&store.facts, "link", now).await.unwrap().is_none());
    let step = factors::totp(&store.facts, "u1").await.unwrap().unwrap().last_step;
    assert!(step >= now / 30, "no code that may have been used counts");
    assert!(not_before::get(&store.facts).await.unwrap() > now - HOUR);
    assert_eq!(kinds(&store).await, ["account.added", "realm.restored"]);
    assert_eq!(keys::published(&store.facts).await.unwrap().len(), 4, "new ones");
}

#[tokio::test]
async fn p10_a_backup_leads_from_one_kind_of_database_to_the_other_and_back() {
    let (operator, store, file) = backed_up().await;
    let there = elsewhere(&operator);
    let moved = operator.run_with(&[(DATABASE, &there)], &format!("restore --realm test {}", file.display()));
    assert_eq!(moved.code, Some(0), "{moved:?}");
    let new = Store::open(&there.parse().unwrap()).await.unwrap();
    let (here, rows) = (dump(&store).await, dump(&new).await);
    for table in ["users", "user_roles", "recovery_codes", "known_browsers", "consents", "revoked_tokens"] {
        assert_eq!(rows[table], here[table], "{table}");
    }
    let second = operator.folder().join("second");
    let words = format!("backup --realm test {}", second.display());
    assert_eq!(operator.run_with(&[(DATABASE, &there)], &words).code, Some(0));
    let back = operator.run(&format!("restore --realm test {} --replace", second.display()));
    assert_eq!(back.code, Some(0), "{back:?}");
    assert_eq!(dump(&store).await["users"], here["users"]);
}

#[tokio::test]
async fn h1_k15_a_backup_of_another_realm_issuer_or_key_is_refused_and_nothing_changes() {
    let (operator, store, file) = backed_up().await;
    let before = dump(&store).await;
    let words = format!("restore --replace --realm test {}", file.display());
    for (variables, reported) in [
        ([("REALMKEEP_TEST__ISSUER", "http://localhost:7002")], "is of issuer http://localhost:7001"),
        ([(KEY, "T6wq2ZcV9sLk8nHe5oO4cQ1yAqX9Yp0dJm")], "another key-encryption key"),
    ] {
        let refused = operator.run_with(&variables, &words);
        assert!(refused.code == Some(1) && refused.err.contains(reported), "{refused:?}");
    }
    let other = Operator::named("other").await;
    let refused = other.run(&format!("restore --realm other {}", file.display()));
    assert!(refused.code == Some(1) && refused.err.contains("is of realm `test`"), "{refused:?}");
    assert_eq!(dump(&store).await, before);
}

#[tokio::test]
async fn p10_a_backup_under_the_previous_key_is_restored_while_that_key_is_there() {
    let (operator, store, file) = backed_up().await;
    let new = "T6wq2ZcV9sLk8nHe5oO4cQ1yAqX9Yp0dJm";
    let previous = "REALMKEEP_TEST__SECRETS__PREVIOUS_KEY_ENCRYPTION_KEY";
    let variables = [(KEY, new), (previous, crate::harness::KEK)];
    let done = operator.run_with(&variables, &format!("restore --replace --realm test {}", file.display()));
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(store.has_users().await.unwrap());
}

#[tokio::test]
async fn p10_a_damaged_or_changed_file_is_refused_and_nothing_changes() {
    let (operator, store, file) = backed_up().await;
    let before = dump(&store).await;
    let whole = std::fs::read(&file).unwrap();
    let words = format!("restore --replace --realm test {}", file.display());
    let refused = |what: &str| {
        let said = operator.run(&words);
        assert_eq!(said.code, Some(1), "{what}: {said:?}");
        assert!(said.err.contains("damaged"), "{what}: {said:?}");
    };
    for bytes in [&whole[..whole.len() / 2], b"", &b"SQLite format 3\0 not really".repeat(300)] {
        std::fs::write(&file, bytes).unwrap();
        refused("cut");
    }
    for change in [
        "UPDATE users SET email = 'mallory@example.com'",
        "DELETE FROM recovery_codes WHERE code_hash = 'c1'",
        "INSERT INTO user_roles (user_id, role, granted_at) VALUES ('u1', 'super_admin', 1)",
        "UPDATE manifest SET value = replace(value, '\"schema\":', '\"schema\": ') WHERE name = 'manifest'",
        "DROP TABLE consents",
        "DELETE FROM manifest",
    ] {
        std::fs::write(&file, &whole).unwrap();
        let url = format!("sqlite:{}", file.display()).parse().unwrap();
        let db = database::Db::open(&url, database::Durability::Full).await.unwrap();
        sql(change).run(&db).await.unwrap();
        db.close().await;
        refused(change);
    }
    assert_eq!(dump(&store).await, before);
    let missing = operator.run("restore --replace --realm test /nothing/here");
    assert!(missing.code == Some(1) && missing.err.contains("/nothing/here"), "{missing:?}");
}

#[tokio::test]
async fn h14_a_backup_of_an_earlier_schema_is_restored_and_brought_up() {
    let operator = Operator::new().await;
    let store = Store::open(&operator.database()).await.unwrap();
    fill(&store).await;
    let before = FACTS.len() - 1;
    let down = operator.run(&format!("migrate down --realm test --to {before} --yes"));
    assert_eq!(down.code, Some(0), "{down:?}");
    let file = operator.folder().join("old");
    let made = operator.run(&format!("backup --realm test {}", file.display()));
    assert!(made.code == Some(0) && made.out.contains(&format!("schema {before}")), "{made:?}");
    let there = elsewhere(&operator);
    let done = operator.run_with(&[(DATABASE, &there)], &format!("restore --realm test {}", file.display()));
    assert_eq!(done.code, Some(0), "{done:?}");
    let new = Store::connect(&there.parse().unwrap()).await.unwrap();
    assert!(new.levels().await.unwrap()[0].is_current());
    assert!(users::by_email(&new.facts, "u1@example.com").await.unwrap().is_some());
    assert!(not_before::get(&new.facts).await.unwrap() > 0);
}

#[tokio::test]
async fn o13_a_backup_of_a_newer_schema_is_refused() {
    let (operator, store, _) = backed_up().await;
    let newer = database::Migration {
        version: i64::try_from(FACTS.len()).unwrap() + 1,
        name: "tomorrow",
        up: "CREATE TABLE tomorrow (id TEXT PRIMARY KEY)",
        down: "DROP TABLE tomorrow",
    };
    let steps: Vec<_> = FACTS.iter().copied().chain([newer]).collect();
    store.facts.migrate(FACTS_SET, &steps).await.unwrap();
    let file = operator.folder().join("newer");
    let refused = operator.run(&format!("backup --realm test {}", file.display()));
    assert!(refused.code == Some(1) && refused.err.contains("this program knows"), "{refused:?}");
    let restore =
        operator.run(&format!("restore --realm test {} --replace", file.with_file_name("backup").display()));
    assert!(restore.code == Some(1) && restore.err.contains("knows only"), "{restore:?}");
}

#[tokio::test]
async fn a_realm_that_was_only_started_counts_as_empty() {
    let (operator, _, file) = backed_up().await;
    let there = elsewhere(&operator);
    let variables = [(DATABASE, there.as_str())];
    assert_eq!(operator.run_with(&variables, "migrate up").code, Some(0));
    let new = Store::open(&there.parse().unwrap()).await.unwrap();
    new.probe_write(1).await.unwrap();
    let done = operator.run_with(&variables, &format!("restore --realm test {}", file.display()));
    assert_eq!(done.code, Some(0), "{done:?}");
}

#[tokio::test]
async fn p10_a_file_that_was_lost_is_restored_whatever_is_left_of_it_and_a_failure_leaves_none() {
    let (operator, _store, file) = backed_up().await;
    let there = elsewhere(&operator);
    let lost = operator.folder().join("elsewhere.db");
    let beside = |end: &str| operator.folder().join(format!("elsewhere.{end}"));
    for left in ["pending.db", "db-wal", "db-shm"] {
        std::fs::write(beside(left), "").unwrap();
    }
    let whole = std::fs::read(&file).unwrap();
    std::fs::write(&file, &whole[..whole.len() - 5000]).unwrap();
    let words = format!("restore --realm test {}", file.display());
    let refused = operator.run_with(&[(DATABASE, &there)], &words);
    assert!(refused.code == Some(1) && !lost.exists(), "no empty realm may start there: {refused:?}");

    std::fs::write(&file, &whole).unwrap();
    std::fs::write(beside("db-wal"), "").unwrap();
    let done = operator.run_with(&[(DATABASE, &there)], &words);
    assert_eq!(done.code, Some(0), "{done:?}");
    let new = Store::connect(&there.parse().unwrap()).await.unwrap();
    assert!(new.has_users().await.unwrap());
}

#[tokio::test]
async fn p10_a_realm_that_is_served_is_neither_restored_nor_taken_back_and_a_dead_server_hinders_nobody() {
    let operator = Operator::new().await;
    let store = Store::open(&operator.database()).await.unwrap();
    fill(&store).await;
    let file = operator.folder().join("b");
    assert_eq!(operator.run(&format!("backup --realm test {}", file.display())).code, Some(0));
    let restore = format!("restore --realm test --replace {}", file.display());

    servers::beat(&store.pending, "killed", SystemClock.now()).await.unwrap();
    let mut serving = crate::serve::served(&operator).await;
    for words in [restore.as_str(), "migrate down --realm test --to 0 --yes"] {
        let refused = operator.run(words);
        assert!(refused.code == Some(1) && refused.err.contains("is being served"), "{refused:?}");
    }
    assert!(sessions::count_unended(&store.facts).await.unwrap() == 1, "nothing changed");
    serving.stop();
    let done = operator.run(&restore);
    assert_eq!(done.code, Some(0), "{done:?}");
}
