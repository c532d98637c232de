//! The environment comes last.

use std::ffi::OsString;

use idp::realm::RealmConfig;
use settings::Document;

use crate::harness::{CLIENT_SECRET, KEY, PEPPER, RIGHT, document, reported};

fn with(variables: &[(&str, &str)]) -> Document {
    let secrets = [
        ("SECRETS__KEY_ENCRYPTION_KEY", KEY),
        ("SECRETS__PEPPER", PEPPER),
        ("CLIENTS__0__SECRET", CLIENT_SECRET),
    ];
    let named = secrets.iter().chain(variables).map(|(name, value)| {
        let name = if name.starts_with("REALMKEEP") {
            (*name).to_owned()
        } else {
            format!("REALMKEEP_TEST__{name}")
        };
        (OsString::from(name), OsString::from(value))
    });
    document(RIGHT).with_environment("REALMKEEP_TEST", named)
}

#[test]
fn d6_variables_win_over_the_file_and_the_file_over_the_defaults() {
    let realm = RealmConfig::read(&with(&[
        ("TOKENS__ACCESS", "5m"),
        ("SESSION__IDLE", "30m"),
        ("LISTEN", "127.0.0.1:9"),
        ("CLIENTS__1__NAME", "Another"),
        ("CLIENTS__0__SCOPES", "openid"),
        ("NETWORK__TRUSTED_PROXIES", "10.0.0.0/8,192.0.2.1"),
    ]));
    let realm = realm.unwrap();
    assert_eq!((realm.tokens.access, realm.session.idle), (300, 1800));
    assert_eq!(realm.session.absolute, 30 * 86400, "the default");
    assert_eq!(realm.listen.port(), 9);
    assert_eq!(realm.clients[1].name, "Another");
    assert_eq!(realm.clients[0].scope.to_string(), "openid");
}

#[test]
fn e6_a_wrong_variable_is_told_by_its_name_and_without_its_value() {
    let reported = reported(RealmConfig::read(&with(&[
        ("TOKENS__ACCESS", "forever-and-ever"),
        ("SESSION__IDEL", "forever-and-ever"),
        ("REALMKEEP_TEST_ISSUER", "https://other.example.com"),
    ])));
    let all = reported.join("\n");
    for words in [
        "environment variable REALMKEEP_TEST__TOKENS__ACCESS: `tokens.access`",
        "environment variable REALMKEEP_TEST__SESSION__IDEL: `session.idel`: unknown key, did you mean \
         `REALMKEEP_TEST__SESSION__IDLE`?",
        "environment variable REALMKEEP_TEST_ISSUER: unknown variable, did you mean `REALMKEEP_TEST__ISSUER`?",
    ] {
        assert!(all.contains(words), "{words}\n{all}");
    }
    assert_eq!(reported.len(), 3, "{all}");
    assert!(!all.contains("forever"));
}

#[test]
fn p3_variables_of_another_realm_don_t_count() {
    let realm = RealmConfig::read(&with(&[
        ("REALMKEEP_TESTS__TOKENS__ACCESS", "30s"),
        ("REALMKEEP_ADMIN__TOKENS__ACCESS", "30s"),
        ("REALMKEEP_TEST_EU__TOKENS__ACCESS", "30s"),
    ]));
    assert_eq!(realm.unwrap().tokens.access, 600);
}
