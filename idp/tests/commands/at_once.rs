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
fn done(reported: &[Said]) -> usize {
    reported.iter().filter(|said| said.code == Some(0)).count()
}

/// How many say that they changed something.
fn changed(reported: &[Said]) -> usize {
    let answers = reported.iter().filter_map(|said| serde_json::from_str::<Value>(&said.out).ok());
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
        let reported = together(&operator, &format!("user {act} --realm test --json ada@example.com"));
        assert_eq!((done(&reported), changed(&reported)), (MANY, 1), "{act}: {reported:?}");
    }
    let reported = together(&operator, "user delete --realm test --yes --json ada@example.com");
    assert_eq!(changed(&reported), 1, "{reported:?}");
    assert!(
        reported.iter().all(|said| said.code == Some(0) || said.err.contains("no account")),
        "{reported:?}"
    );
    assert!(users::by_email(&store.facts, "ada@example.com").await.unwrap().is_none());
}

#[tokio::test]
async fn o11_of_acts_on_a_realm_that_are_done_at_once_all_are_content() {
    let (operator, store) = operator().await;
    for words in ["migrate up", "sessions end-all --realm test --yes", "secrets reseal --realm test"] {
        let reported = together(&operator, words);
        assert_eq!(done(&reported), MANY, "{words}: {reported:?}");
    }
    let keys = idp::store::keys::published(&store.facts).await.unwrap();
    assert_eq!(keys.len(), 4, "two that sign and two that follow");
    let kid = keys[0].kid.clone();
    let reported = together(&operator, &format!("keys revoke --realm test --json {kid}"));
    assert_eq!((done(&reported), changed(&reported)), (MANY, 1), "{reported:?}");

    let file = operator.folder().join("b");
    let reported = together(&operator, &format!("backup --realm test {}", file.display()));
    assert_eq!(done(&reported), 1, "{reported:?}");
    assert!(
        reported.iter().all(|said| said.code == Some(0) || said.err.contains("is there already")),
        "{reported:?}"
    );
    let beside = std::fs::read_dir(operator.folder()).unwrap();
    let drafts = beside.filter(|entry| hidden(&entry.as_ref().unwrap().path())).count();
    assert_eq!(drafts, 0, "nothing half-finished is left");
}

fn hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}
