//! The folder of realm files, through the program itself.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use idp::realm::config::{ADMIN, CUSTOMER, DEFAULTS};
use tempfile::TempDir;

use crate::harness::{CLIENT_SECRET, KEY, PEPPER, RIGHT};

const BAD_CONFIG: i32 = 2;

/// Runs the program on a folder, with an environment of its own.
fn idp(folder: &Path, command: &str, variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_idp"))
        .arg("--realms")
        .arg(folder)
        .arg(command)
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

fn check(folder: &Path, variables: &[(&str, &str)]) -> (Option<i32>, String) {
    let output = idp(folder, "check-config", variables);
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

const ONE: [(&str, &str); 3] = [
    ("REALMKEEP_TEST__SECRETS__KEY_ENCRYPTION_KEY", KEY),
    ("REALMKEEP_TEST__SECRETS__PEPPER", PEPPER),
    ("REALMKEEP_TEST__CLIENTS__0__SECRET", CLIENT_SECRET),
];
const TWO: [(&str, &str); 3] = [
    ("REALMKEEP_OTHER__SECRETS__KEY_ENCRYPTION_KEY", "q8nHe5oO4cQ1yAqX9Yp0dJmRwZt2VbW7sLk"),
    ("REALMKEEP_OTHER__SECRETS__PEPPER", "Yp0dJmRwZt2VbW7sLkq8nHe5oO4cQ1yAqX9"),
    ("REALMKEEP_OTHER__CLIENTS__0__SECRET", CLIENT_SECRET),
];

/// A realm beside that of [`RIGHT`] which shares nothing with it.
fn other() -> String {
    RIGHT
        .replace("name = \"test\"", "name = \"other\"\nlisten = \"127.0.0.1:7002\"")
        .replace("id.example.com", "other.example.com")
        .replace("test.db", "other.db")
        .replace("prefix = \"test\"", "prefix = \"other\"")
}

#[test]
fn d6_the_shipped_files_pass_with_what_belongs_to_a_machine() {
    let folder = folder(&[("customer.toml", CUSTOMER), ("admin.toml", ADMIN), ("default.toml", DEFAULTS)]);
    let values = [
        ("ISSUER", "https://id.example.com", "https://staff.example.com"),
        ("DATABASE", "sqlite:/tmp/customer.db", "sqlite:/tmp/admin.db"),
        ("SECRETS__KEY_ENCRYPTION_KEY", KEY, TWO[0].1),
        ("SECRETS__PEPPER", PEPPER, TWO[1].1),
        ("CLIENTS__0__SECRET", CLIENT_SECRET, CLIENT_SECRET),
    ];
    let mut variables = Vec::new();
    for (key, customer, admin) in values {
        variables.push((format!("REALMKEEP_CUSTOMER__{key}"), customer));
        variables.push((format!("REALMKEEP_ADMIN__{key}"), admin));
    }
    variables.push(("REALMKEEP_CUSTOMER__CLIENTS__2__SECRET".to_owned(), CLIENT_SECRET));
    variables.push(("REALMKEEP_ADMIN__CLIENTS__1__SECRET".to_owned(), CLIENT_SECRET));
    let variables: Vec<(&str, &str)> =
        variables.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let output = idp(folder.path(), "check-config", &variables);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "2 realm(s): ok\n");
}

#[test]
fn e6_a_program_with_a_mistake_in_a_realm_file_does_not_start() {
    let folder = folder(&[("test.toml", &RIGHT.replace("idle", "idel"))]);
    for command in ["check-config", "serve"] {
        let output = idp(folder.path(), command, &ONE);
        let reported = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(BAD_CONFIG), "{command}: {reported}");
        assert!(
            reported.contains("test.toml:7: `session.idel`: unknown key, did you mean `session.idle`?"),
            "{reported}"
        );
    }
}

#[test]
fn tok8_a_warning_is_told_and_the_configuration_is_still_good() {
    let optional = RIGHT.replace("name = \"Web\"", "name = \"Web\"\npkce = \"optional\"");
    let folder = folder(&[("test.toml", &optional)]);
    let output = idp(folder.path(), "check-config", &ONE);
    let reported = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{reported}");
    assert!(
        reported.starts_with("warning: ") && reported.contains("test.toml:") && reported.contains("pkce"),
        "{reported}"
    );
    assert_eq!(reported.lines().count(), 1, "{reported}");
}

#[test]
fn d6_the_mistakes_of_all_files_are_told_together() {
    let broken = [
        ("a.toml", "name = \"a\"\nisuer = \"x\"\nlisten = \"127.0.0.1:7002\"\n"),
        ("b.toml", "name = \n"),
        ("test.toml", RIGHT),
    ];
    let (code, reported) = check(folder(&broken).path(), &ONE);
    assert_eq!(code, Some(BAD_CONFIG));
    assert!(reported.contains("a.toml:2: `isuer`: unknown key, did you mean `issuer`?"), "{reported}");
    assert!(reported.contains("b.toml:1: not valid TOML"), "{reported}");
    assert!(!reported.contains("test.toml"), "{reported}");
}

#[test]
fn e6_a_wrong_variable_stops_the_program_and_a_right_one_repairs_a_file() {
    let folder = folder(&[("test.toml", &RIGHT.replace("https://id", "http://id"))]);
    let repaired: Vec<_> =
        ONE.into_iter().chain([("REALMKEEP_TEST__ISSUER", "https://id.example.com")]).collect();
    assert_eq!(check(folder.path(), &repaired), (Some(0), String::new()));
    let wrong: Vec<_> = repaired.into_iter().chain([("REALMKEEP_TEST__TOKENS__ACCESS", "1d")]).collect();
    let (code, reported) = check(folder.path(), &wrong);
    assert_eq!(code, Some(BAD_CONFIG));
    assert!(
        reported.starts_with("environment variable REALMKEEP_TEST__TOKENS__ACCESS: `tokens.access`"),
        "{reported}"
    );
}

#[test]
fn a_folder_without_realm_files_is_told() {
    for (files, words) in [(&[][..], "no realm file"), (&[("default.toml", DEFAULTS)][..], "no realm file")] {
        let (code, reported) = check(folder(files).path(), &[]);
        assert_eq!(code, Some(BAD_CONFIG));
        assert!(reported.contains(words), "{reported}");
    }
    let (code, reported) = check(Path::new("/nowhere/at/all"), &[]);
    assert_eq!(code, Some(BAD_CONFIG));
    assert!(reported.contains("/nowhere/at/all"), "{reported}");
}

#[test]
fn h1_two_realms_that_share_nothing_pass() {
    let both: Vec<_> = ONE.into_iter().chain(TWO).collect();
    let folder = folder(&[("a.toml", RIGHT), ("b.toml", &other())]);
    assert_eq!(check(folder.path(), &both), (Some(0), String::new()));
}

#[test]
fn h1_two_realms_never_share_what_keeps_them_apart() {
    let both: Vec<_> = ONE.into_iter().chain(TWO).collect();
    for (from, to, key) in [
        ("https://other.example.com", "https://id.example.com", "issuer"),
        ("127.0.0.1:7002", "127.0.0.1:7001", "listen"),
        ("other.db", "test.db", "database"),
        ("other.db", "test.pending.db", "database"),
        ("other.db", "test.sqlite", "database"),
        ("prefix = \"other\"", "prefix = \"test\"", "session.prefix"),
    ] {
        let folder = folder(&[("a.toml", RIGHT), ("b.toml", &other().replace(from, to))]);
        let (code, reported) = check(folder.path(), &both);
        assert_eq!(code, Some(BAD_CONFIG), "{to}");
        assert_eq!(reported.lines().count(), 1, "{reported}");
        let line = other().lines().position(|line| line.contains(from)).unwrap() + 1;
        assert!(
            reported.contains(&format!("b.toml:{line}: `{key}`: realm `test` has the same")),
            "{reported}"
        );
    }
}

#[test]
fn h1_what_two_realms_share_is_told_with_the_other_mistakes_of_their_files() {
    let both: Vec<_> = ONE.into_iter().chain(TWO).collect();
    let first = RIGHT.replace("idle", "idel");
    let second = other().replace("prefix = \"other\"", "prefix = \"test\"");
    let (code, reported) = check(folder(&[("a.toml", &first), ("b.toml", &second)]).path(), &both);
    assert_eq!(code, Some(BAD_CONFIG));
    assert!(reported.contains("a.toml:7: `session.idel`"), "{reported}");
    assert!(reported.contains("b.toml:7: `session.prefix`: realm `test` has the same"), "{reported}");
    assert_eq!(reported.lines().count(), 2, "{reported}");
}

#[test]
fn h1_realms_that_both_lack_a_value_share_nothing() {
    let (code, reported) =
        check(folder(&[("a.toml", "name = \"a\"\n"), ("b.toml", "name = \"b\"\n")]).path(), &[]);
    assert_eq!(code, Some(BAD_CONFIG));
    let shared: Vec<&str> = reported.lines().filter(|line| line.contains("has the same")).collect();
    assert!(shared.len() == 1 && shared[0].contains("`listen`"), "only the default: {reported}");
}

#[test]
fn e6_a_variable_of_a_realm_that_is_not_there_is_told() {
    let wrong: Vec<_> = ONE
        .into_iter()
        .chain([("REALMKEEP_TSET__TOKENS__ACCESS", "5m"), ("REALMKEEP_OF_OTHERS", "x")])
        .collect();
    let (code, reported) = check(folder(&[("test.toml", RIGHT)]).path(), &wrong);
    assert_eq!(code, Some(BAD_CONFIG));
    assert_eq!(
        reported.trim_end(),
        "environment variable REALMKEEP_TSET__TOKENS__ACCESS: belongs to none of REALMKEEP_TEST, did you mean \
         `REALMKEEP_TEST__TOKENS__ACCESS`?"
    );
}

#[test]
fn h1_two_realms_never_share_a_secret() {
    for (index, value, key) in [(0, KEY, "secrets.key_encryption_key"), (1, PEPPER, "secrets.pepper")] {
        let mut variables: Vec<_> = ONE.into_iter().chain(TWO).collect();
        variables[3 + index].1 = value;
        let folder = folder(&[("a.toml", RIGHT), ("b.toml", &other())]);
        let (code, reported) = check(folder.path(), &variables);
        assert_eq!(code, Some(BAD_CONFIG), "{key}");
        assert!(reported.starts_with("environment variable REALMKEEP_OTHER__SECRETS__"), "{reported}");
        assert!(reported.contains(&format!("`{key}`: realm `test` has the same")), "{reported}");
        assert!(!reported.contains(value));
    }
}

#[test]
fn h1_a_copy_of_a_realm_file_is_told_everything_it_shares() {
    let folder = folder(&[("a.toml", RIGHT), ("b.toml", RIGHT)]);
    let (code, reported) = check(folder.path(), &ONE);
    assert_eq!(code, Some(BAD_CONFIG));
    for key in ["name", "issuer", "listen", "database", "session.prefix", "secrets.key_encryption_key"] {
        assert!(reported.contains(&format!("`{key}`: realm `test` has the same")), "{key}: {reported}");
    }
}
