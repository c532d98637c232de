//! The files that are shipped.

use std::time::Duration;

use idp::{
    authn::hasher::HashParams,
    realm::{
        RealmConfig,
        config::{ADMIN, CUSTOMER, DEFAULTS},
    },
};
use protocol::{
    authorize::FactorPolicy,
    client::{IdTokenClaims, Pkce},
};
use settings::Document;

use crate::harness::{CLIENT_SECRET, KEY, PEPPER, reported};

const HOUR: i64 = 3600;

fn document(name: &str, text: &str) -> Document {
    let defaults = Document::parse("default.toml", DEFAULTS).unwrap();
    defaults.overlaid_by(Document::parse(name, text).unwrap())
}

/// A shipped realm with what belongs to a machine.
fn shipped(name: &str, text: &str, confidential: &[usize]) -> RealmConfig {
    let mut document = document(name, text);
    document.set("issuer", "http://localhost:7001");
    document.set("database", "sqlite:/tmp/realm.db");
    document.set("secrets.key_encryption_key", KEY);
    document.set("secrets.pepper", PEPPER);
    for index in confidential {
        document.set(&format!("clients.{index}.secret"), CLIENT_SECRET);
    }
    RealmConfig::read(&document).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

#[test]
fn the_customer_realm_is_right_and_as_strict_as_it_has_to_be() {
    let realm = shipped("customer.toml", CUSTOMER, &[0, 2]);
    assert_eq!((realm.name.as_str(), realm.session.prefix.as_str()), ("customer", "customer"));
    assert!(!realm.staff && realm.registration.open);
    assert_eq!(realm.factors.strongest(), FactorPolicy::Optional);
    assert!(realm.passwords.policy.min_code_points >= 15, "W1");
    assert!(realm.tokens.access <= 600, "T17");
    assert!(realm.roles.contains_key(&realm.registration.role));
    assert_eq!(realm.clients.len(), 3);
}

#[test]
fn the_staff_realm_is_right_and_as_strict_as_it_has_to_be() {
    let realm = shipped("admin.toml", ADMIN, &[0, 1]);
    assert_eq!((realm.name.as_str(), realm.session.prefix.as_str()), ("admin", "admin"));
    assert!(realm.staff && !realm.registration.open);
    assert_eq!(realm.factors.everybody, FactorPolicy::Required, "MF6");
    assert!(realm.passwords.policy.min_code_points >= 8, "W1");
    assert!(realm.tokens.access <= 300, "T17");
    assert!(realm.session.idle <= HOUR && realm.session.absolute <= 12 * HOUR, "MF10");
    assert!(realm.tokens.refresh_absolute <= 12 * HOUR, "MF10");
    assert!(realm.roles.contains_key("super_admin"), "the role of the first account");
}

#[test]
fn w6_both_realms_hash_passwords_at_the_recommended_cost_and_staff_at_a_higher_one() {
    let cost = |name, text, confidential| shipped(name, text, confidential).passwords.params;
    let customers = HashParams { memory_kib: 47_104, iterations: 1, parallelism: 1 };
    assert_eq!(cost("customer.toml", CUSTOMER, &[0, 2]), customers);
    let staff = HashParams { memory_kib: 65_536, iterations: 3, parallelism: 1 };
    assert_eq!(cost("admin.toml", ADMIN, &[0, 1]), staff);
}

#[test]
fn w7_500_people_who_sign_in_at_once_wait_for_their_turn() {
    for (name, text, confidential) in [("customer.toml", CUSTOMER, [0, 2]), ("admin.toml", ADMIN, [0, 1])] {
        let passwords = shipped(name, text, &confidential).passwords;
        assert!(passwords.queue >= 500, "{name}");
        assert_eq!(passwords.wait, Duration::from_secs(20), "{name}");
    }
}

#[test]
fn t11_t20_every_client_of_ours_uses_pkce_and_only_our_own_servers_keep_their_refresh_token() {
    let customer = shipped("customer.toml", CUSTOMER, &[0, 2]);
    let admin = shipped("admin.toml", ADMIN, &[0, 1]);
    for client in customer.clients.iter().chain(&admin.clients) {
        let rule = if client.first_party { Pkce::Required } else { Pkce::OrNonce };
        let public = !client.is_confidential();
        assert_eq!(client.pkce(), if public { Pkce::Required } else { rule }, "{}", client.id);
        let ours = client.first_party && client.is_confidential();
        assert_eq!(client.rotates(), !ours, "{}", client.id);
    }
}

#[test]
fn id3_id_tokens_of_our_own_servers_carry_no_names_because_they_come_back_in_the_url_of_a_sign_out() {
    let customer = shipped("customer.toml", CUSTOMER, &[0, 2]);
    let admin = shipped("admin.toml", ADMIN, &[0, 1]);
    for (realm, server) in [(customer, "storefront"), (admin, "console")] {
        let client = realm.clients.iter().find(|client| client.id == server);
        assert_eq!(client.unwrap().id_token_claims, IdTokenClaims::Minimal, "{server}");
    }
}

#[test]
fn p3_the_two_realms_share_no_prefix_no_name_and_no_port() {
    let customer = shipped("customer.toml", CUSTOMER, &[0, 2]);
    let admin = shipped("admin.toml", ADMIN, &[0, 1]);
    assert_ne!(customer.name, admin.name);
    assert_ne!(customer.session.prefix, admin.session.prefix);
    assert_ne!(customer.listen, admin.listen);
}

#[test]
fn d6_a_shipped_realm_lacks_only_what_belongs_to_a_machine() {
    let reported = reported(RealmConfig::read(&document("customer.toml", CUSTOMER)));
    let keys = ["issuer", "database", "secrets.key_encryption_key", "secrets.pepper"];
    let clients = ["clients[0].secret_file", "clients[2].secret_file"];
    for key in keys.iter().chain(&clients) {
        assert_eq!(
            reported.iter().filter(|line| line.contains(&format!("`{key}`"))).count(),
            1,
            "{key}: {reported:?}"
        );
    }
    assert_eq!(reported.len(), 6, "{reported:?}");
}

#[test]
fn d6_the_defaults_alone_lack_only_what_they_call_required() {
    let reported = reported(RealmConfig::read(&document("empty.toml", "")));
    let mut keys: Vec<&str> = reported.iter().filter_map(|line| line.split('`').nth(1)).collect();
    keys.sort_unstable();
    let required =
        ["database", "issuer", "name", "secrets.key_encryption_key", "secrets.pepper", "session.prefix"];
    assert_eq!(keys, required);
}

/// The example client of the comments, with the comment signs taken off.
fn documented_client() -> String {
    let after = DEFAULTS.split("# [[clients]]").nth(1).unwrap();
    after.lines().map(|line| line.trim_start_matches("# ")).collect::<Vec<_>>().join("\n")
}

#[test]
fn d6_every_key_of_the_documented_client_is_known() {
    let example = documented_client();
    assert!(example.contains("origins = "));
    let reported = reported(RealmConfig::read(&document("example.toml", &format!("[[clients]]\n{example}"))));
    let wrong: Vec<&String> = reported.iter().filter(|line| line.contains("`clients[0]")).collect();
    let names_a_file =
        |line: &String| line.contains("secret_file`") || line.contains("`clients[0].logo`: can't be read");
    assert!(wrong.iter().all(|line| names_a_file(line)), "{wrong:?}");
}
