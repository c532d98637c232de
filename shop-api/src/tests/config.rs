//! The configuration: E6, P3, D6.

use settings::Document;

use super::world::{config, secrets};
use crate::Config;

const EXAMPLE: &str = include_str!("../../shop-api.example.toml");

fn mistakes(text: &str) -> String {
    let file = Document::parse("shop.toml", text).unwrap();
    Config::read(file, secrets()).unwrap_err().to_string()
}

#[test]
fn the_example_file_is_a_working_configuration() {
    let config = config();
    assert_eq!(config.service.public_url, "http://localhost:7101");
    assert_eq!(config.service.listen.to_string(), "127.0.0.1:7101");
    assert!(!config.demo && config.cors_origins.is_empty() && !config.csp_report_only);
}

#[test]
fn e6_an_empty_file_names_everything_that_is_missing_at_once() {
    let text = Config::read(Document::parse("shop.toml", "").unwrap(), []).unwrap_err().to_string();
    for key in
        ["public_url", "database", "sessions_database", "realm.issuer", "realm.client_secret", "staff.url"]
    {
        assert!(text.contains(key), "{key} in {text}");
    }
}

#[test]
fn e6_unknown_keys_http_issuers_and_shared_stores_are_refused_together() {
    let wrong = EXAMPLE
        .replace("issuer = \"http://localhost:7001\"", "issuer = \"http://login.example\"")
        .replace("sqlite:data/shop-sessions.db", "sqlite:data/commerce.db")
        .replace("private_hosts", "privat_hosts");
    let text = mistakes(&wrong);
    for part in ["realm.issuer", "sessions_database", "privat_hosts", "private_hosts"] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn h1_the_two_sides_share_no_issuer_and_no_address() {
    let text = mistakes(&EXAMPLE.replace("7002", "7001").replace("7102", "7101"));
    assert!(text.contains("staff.issuer") && text.contains("staff.url"), "{text}");
}

#[test]
fn h5_an_origin_is_written_exactly() {
    for origin in ["*", "https://app.example/", "https://*.example", "app.example", "https://", "null"] {
        let text = mistakes(&format!("cors_origins = [\"{origin}\"]\n{EXAMPLE}"));
        assert!(text.contains("cors_origins"), "{origin}: {text}");
    }
    let file = Document::parse("shop.toml", &format!("cors_origins = [\"https://app.example\"]\n{EXAMPLE}"))
        .unwrap();
    assert_eq!(&*Config::read(file, secrets()).unwrap().cors_origins, ["https://app.example".to_owned()]);
}

#[test]
fn s29_the_languages_are_those_that_there_are_each_once() {
    assert_eq!(config().service.languages, language::Language::ALL);
    for (list, words) in [
        ("[\"en\", \"tlh\"]", "number 2: must be one of en, de, fr, es, ar"),
        ("[\"de\", \"de\"]", "number 2: `de` is there twice"),
        ("[]", "must name a language"),
    ] {
        let text = mistakes(&format!("languages = {list}\n{EXAMPLE}"));
        assert!(text.contains(words), "{list}: {text}");
    }
}

#[test]
fn e7_a_secret_never_shows_in_debug_output() {
    let shown = format!("{:?}", config());
    assert!(!shown.contains("Wf3kq0Zp8s1TnYb7Rx5mVd2L") && !shown.contains("hG8vQ2mZ"), "{shown}");
}
