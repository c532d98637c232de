//! Secrets come from files of their own or from the environment, and no message ever shows one (E6, E7).

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use idp::realm::RealmConfig;
use tempfile::TempDir;

use crate::harness::{CLIENT_SECRET, KEY, PEPPER, RIGHT, document, edited, read, reported, with_secrets};

const PREVIOUS: [&str; 2] = ["previous_key_encryption_key", "previous_pepper"];

fn secret_file(folder: &TempDir, name: &str, content: &str, mode: u32) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    path
}

#[test]
fn e6_missing_secrets_are_all_told_with_both_ways_to_give_them() {
    let document = document(RIGHT).with_environment("REALMKEEP_TEST", []);
    let reported = reported(RealmConfig::read(&document));
    for (key, variable) in [
        ("secrets.key_encryption_key", "REALMKEEP_TEST__SECRETS__KEY_ENCRYPTION_KEY"),
        ("secrets.pepper", "REALMKEEP_TEST__SECRETS__PEPPER"),
    ] {
        let line = reported.iter().find(|line| line.contains(&format!("`{key}`: missing"))).unwrap();
        assert!(line.contains("_file`") && line.contains(variable), "{line}");
    }
    assert!(
        reported.iter().any(|line| line.contains("`clients[0].secret_file`: is missing")),
        "{reported:?}"
    );
    assert_eq!(reported.len(), 3, "{reported:?}");
}

#[test]
fn e6_secrets_are_read_from_files_that_only_their_owner_can_read() {
    let folder = tempfile::tempdir().unwrap();
    for (mode, readable) in [(0o600, true), (0o400, true), (0o640, false), (0o604, false)] {
        let mut document = with_secrets(RIGHT);
        document.set("clients.1.authentication", "client_secret_post");
        let path = secret_file(&folder, &format!("{mode:o}"), &format!("{CLIENT_SECRET}\n"), mode);
        document.set("clients.1.secret_file", path.display().to_string());
        let reported = reported(RealmConfig::read(&document));
        assert_eq!(reported.is_empty(), readable, "{mode:o}: {reported:?}");
        assert!(readable || reported[0].contains("chmod 600"), "{reported:?}");
    }
}

#[test]
fn e6_weak_secrets_are_refused_without_being_shown() {
    let set = |key: &str, value: &str| {
        let mut document = with_secrets(RIGHT);
        document.set(key, value);
        reported(RealmConfig::read(&document))
    };
    for key in ["secrets.key_encryption_key", "secrets.pepper", "clients.0.secret"] {
        for weak in
            ["", "Zk3-0fQ", "changeme-changeme-changeme-changeme", "abababababababababababababababababab"]
        {
            let reported = set(key, weak);
            let shown = key.replace("clients.0", "clients[0]");
            assert!(
                reported.iter().any(|line| line.contains(&format!("`{shown}`"))),
                "{key} {weak}: {reported:?}"
            );
            assert!(weak.is_empty() || !reported.concat().contains(weak), "{reported:?}");
        }
    }
}

#[test]
fn k12_the_pepper_is_not_the_key_encryption_key() {
    let mut document = with_secrets(RIGHT);
    document.set("secrets.pepper", KEY);
    let reported = reported(RealmConfig::read(&document));
    assert_eq!(reported.len(), 1, "{reported:?}");
    assert!(reported[0].contains("`secrets.pepper`: must not be the key-encryption key"), "{reported:?}");
}

#[test]
fn p10_a_previous_secret_is_optional_and_none_of_those_in_use() {
    const OLD: &str = "Hq4sLk8nHe5oO4cQ1yAqX9Yp0dJmT6wq2ZcV9s";
    for key in PREVIOUS {
        let read = |value: &str| {
            let mut document = with_secrets(RIGHT);
            document.set(&format!("secrets.{key}"), value);
            reported(RealmConfig::read(&document))
        };
        assert!(read(OLD).is_empty(), "{:?}", read(OLD));
        for taken in [KEY, PEPPER] {
            let reported = read(taken);
            assert_eq!(reported.len(), 1, "{reported:?}");
            assert!(
                reported[0].contains(&format!("`secrets.{key}`: must be none of the secrets in use")),
                "{reported:?}"
            );
        }
        assert!(read("Zk3-0fQ")[0].contains("at least 32 bytes"));
    }
}

#[test]
fn e7_a_secret_in_the_realm_file_is_refused_and_not_repeated() {
    let inline = edited("[factors]", &format!("[secrets]\npepper = \"{PEPPER}\"\n[factors]"));
    let reported = reported(RealmConfig::read(&document(&inline)));
    assert!(reported.iter().any(|line| line.contains("is not written into this file")), "{reported:?}");
    assert!(!reported.concat().contains(PEPPER));
}

#[test]
fn e7_a_secret_in_the_wrong_place_is_not_repeated() {
    for place in [
        "issuer = \"https://id.example.com\"",
        "database = \"sqlite:/var/lib/realmkeep/test.db\"",
        "prefix = \"test\"",
        "idle = \"1h\"",
        "second = \"optional\"",
        "min_length = 15",
        "resource = \"https://shop.example.com\"",
        "authentication = \"client_secret_basic\"",
        "redirect_uris = [\"https://web.example.com/callback\"]",
        "grants = [\"authorization_code\", \"refresh_token\"]",
        "scopes = [\"openid\", \"orders\"]",
    ] {
        let key = place.split(' ').next().unwrap();
        let value = if place.contains('[') {
            format!("[\"{CLIENT_SECRET}\"]")
        } else {
            format!("\"{CLIENT_SECRET}\"")
        };
        let reported = reported(read(&edited(place, &format!("{key} = {value}"))));
        assert!(!reported.is_empty(), "{key}");
        assert!(!reported.concat().contains(CLIENT_SECRET), "{key}: {reported:?}");
    }
    for line in [format!("origins = [\"{CLIENT_SECRET}\"]"), format!("secrt = \"{CLIENT_SECRET}\"")] {
        let reported = reported(read(&edited("name = \"App\"", &format!("name = \"App\"\n{line}"))));
        assert!(!reported.is_empty() && !reported.concat().contains(CLIENT_SECRET), "{reported:?}");
    }
}

#[test]
fn e7_a_file_that_is_no_toml_is_told_by_its_line_and_not_quoted() {
    let broken = format!("name = \"test\"\nissuer = \"{CLIENT_SECRET}\n");
    let mistakes = settings::Document::parse("test.toml", &broken).unwrap_err().to_string();
    assert!(mistakes.starts_with("test.toml:2: not valid TOML"), "{mistakes}");
    assert!(!mistakes.contains(CLIENT_SECRET));
}

#[test]
fn e7_a_realm_that_was_read_shows_no_secret_in_a_log() {
    let mut document = with_secrets(RIGHT);
    document.set("database", "postgres://realm:hunter2-hunter2@db/realm");
    let shown = format!("{:?}", RealmConfig::read(&document).unwrap());
    for secret in [KEY, PEPPER, CLIENT_SECRET, "hunter2"] {
        assert!(!shown.contains(secret));
        let bytes = format!("{:?}", secret.as_bytes());
        assert!(!shown.contains(bytes.trim_matches(['[', ']'])), "{secret} as bytes");
    }
}
