//! What commands answer, and to whom nobody listens.

use std::{fs::File, process::Stdio};

use idp::store::{Store, users};
use serde_json::Value;

use crate::harness::Operator;

const COMMANDS: &[&str] = &[
    "check-config",
    "migrate up",
    "migrate status",
    "keys list --realm test",
    "user list --realm test",
    "secrets reseal --realm test",
    "sessions end-all --realm test --yes",
];

#[tokio::test]
async fn d13_every_command_answers_with_one_json_document_when_asked_to() {
    let operator = Operator::new().await;
    for words in COMMANDS {
        let said = operator.run(&format!("{words} --json"));
        assert_eq!(said.code, Some(0), "{words}: {said:?}");
        assert!(
            serde_json::from_str::<Value>(&said.out).is_ok_and(|answer| answer.is_object()),
            "{words}: {said:?}"
        );
    }
    let refused = operator.run("user show --realm test nobody@example.com --json");
    let reported: Value = serde_json::from_str(&refused.err).unwrap();
    assert!(
        refused.code == Some(1) && reported["error"].as_str().unwrap().contains("no account"),
        "{refused:?}"
    );
    let wrong = operator.run_with(&[("REALMKEEP_TEST__NOTHING", "1")], "check-config --json");
    let reported: Value = serde_json::from_str(&wrong.err).unwrap();
    assert!(wrong.code == Some(2) && reported["mistakes"][0]["message"].is_string(), "{wrong:?}");
}

#[tokio::test]
async fn d13_on_a_full_disk_nothing_that_was_made_is_lost() {
    let operator = Operator::new().await;
    let file = operator.folder().join("test.toml");
    let text = std::fs::read_to_string(&file).unwrap() + "\n[roles.member]\npermissions = []\n";
    std::fs::write(file, text).unwrap();
    operator.run("migrate up");
    for (words, hint) in [
        ("user add --realm test --role member ada@example.com", "user reset-factors"),
        ("user reset-factors --realm test ada@example.com", "prints another link"),
        ("setup-link --realm test --role member", "prints another link"),
        ("keys list --realm test", "No space left"),
    ] {
        let mut command = operator.command(&[]);
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = command.args(words.split(' ')).stdout(full).output().unwrap();
        let reported = String::from_utf8(output.stderr).unwrap();
        let code = if words.starts_with("keys") { 1 } else { 3 };
        assert_eq!(output.status.code(), Some(code), "{words}: {reported}");
        assert!(reported.contains(hint) && !reported.contains("panicked"), "{words}: {reported}");
    }
    let store = Store::open(&operator.database()).await.unwrap();
    assert!(users::by_email(&store.facts, "ada@example.com").await.unwrap().is_some());
}

#[tokio::test]
async fn d13_whoever_stops_reading_a_list_ends_it_without_a_failure() {
    let operator = Operator::new().await;
    operator.run("migrate up");
    for (words, code) in [("migrate status", 0), ("sessions end-all --realm test --yes", 3)] {
        let mut child = operator
            .command(&[])
            .args(words.split(' '))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // nobody reads any more before anything was written
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let reported = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{words}: {reported}");
        assert!(!reported.contains("panicked"), "{reported}");
    }
}
