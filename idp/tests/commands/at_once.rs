//! The same command many times at once: each says what it did itself, and all end well when what was asked for is the
//! case.

use std::path::Path;

use idp::store::{Store, users};
use serde_json::Value;

use crate::harness::{Operator, Said};

const MANY: usize = 4;

fn together(operator: &Operator, words: &str) -> Vec<Said> {
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..MANY).map(|_| scope.spawn(|| operator.run(words))).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    })
}

/// How many ended with code 0.
fn done(told: &[Said]) -> usize {
    told.iter().filter(|said| said.code == Some(0)).count()
}

/// How many say that they changed something.
fn changed(told: &[Said]) -> usize {
    let answers = told.iter().filter_map(|said| serde_json::from_str::<Value>(&said.out).ok());
    answers.filter(|answer| answer["changed"] == true).count()
}

async fn operator() -> (Operator, Store) {
    let operator = Operator::new().await;
    let file = operator.folder().join("test.toml");
    let text = std::fs::read_to_string(&file).unwrap()
        + "\n[roles.member]\npermissions = []\n[roles.other]\npermissions = []\n";
    std::fs::write(file, text).unwrap();
    let store = Store::open(&operator.database()).await.unwrap();
    (operator, store)
}

#[tokio::test]
async fn o11_of_acts_on_an_account_that_are_done_at_once_one_changes_it_and_all_are_content() {
    let (operator, store) = operator().await;
    let made = together(&operator, "user add --realm test --role member ada@example.com");
    assert_eq!(done(&made), 1, "there is one link to give: {made:?}");
    for refused in made.iter().filter(|said| said.code != Some(0)) {
        assert!(refused.code == Some(1) && refused.err.contains("has an account"), "{refused:?}");
    }
    for act in ["disable", "enable", "roles --add other", "roles --set member"] {
        let told = together(&operator, &format!("user {act} --realm test --json ada@example.com"));
        assert_eq!((done(&told), changed(&told)), (MANY, 1), "{act}: {told:?}");
    }
    let told = together(&operator, "user delete --realm test --yes --json ada@example.com");
    assert_eq!(changed(&told), 1, "{told:?}");
    assert!(told.iter().all(|said| said.code == Some(0) || said.err.contains("no account")), "{told:?}");
    assert!(users::by_email(&store.facts, "ada@example.com").await.unwrap().is_none());
}

#[tokio::test]
async fn o11_of_acts_on_a_realm_that_are_done_at_once_all_are_content() {
    let (operator, store) = operator().await;
    for words in ["migrate up", "sessions end-all --realm test --yes", "secrets reseal --realm test"] {
        let told = together(&operator, words);
        assert_eq!(done(&told), MANY, "{words}: {told:?}");
    }
    let keys = idp::store::keys::published(&store.facts).await.unwrap();
    assert_eq!(keys.len(), 4, "two that sign and two that follow");
    let kid = keys[0].kid.clone();
    let told = together(&operator, &format!("keys revoke --realm test --json {kid}"));
    assert_eq!((done(&told), changed(&told)), (MANY, 1), "{told:?}");

    let file = operator.folder().join("b");
    let told = together(&operator, &format!("backup --realm test {}", file.display()));
    assert_eq!(done(&told), 1, "{told:?}");
    assert!(
        told.iter().all(|said| said.code == Some(0) || said.err.contains("is there already")),
        "{told:?}"
    );
    let beside = std::fs::read_dir(operator.folder()).unwrap();
    let drafts = beside.filter(|entry| hidden(&entry.as_ref().unwrap().path())).count();
    assert_eq!(drafts, 0, "nothing half-finished is left");
}

fn hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}
