//! Configuration: the example is valid, and all mistakes are reported together (P3, E6).

use settings::Document;

use super::world::config;
use crate::config::Config;

fn mistakes(environment: &[(&str, &str)]) -> Vec<String> {
    let mistakes = config(environment).err().map(|all| all.iter().map(|one| one.key.clone()).collect());
    mistakes.unwrap_or_default()
}

#[test]
fn d6_the_example_file_is_a_working_configuration() {
    let config = config(&[]).unwrap();
    assert_eq!(
        (config.service.public_url.as_str(), config.cookie_path.as_str()),
        ("http://localhost:7102", "/")
    );
    assert_eq!((config.service.session.idle, config.service.session.absolute), (1800, 43_200));
}

#[test]
fn d6_the_example_file_without_its_secrets_names_both() {
    let file = Document::parse("x.toml", include_str!("../../admin-api.example.toml")).unwrap();
    let mistakes = Config::read(file, Vec::new()).unwrap_err().to_string();
    assert!(
        mistakes.contains("realm.client_secret_file") && mistakes.contains("secrets.sealing_key_file"),
        "{mistakes}"
    );
}

#[test]
fn p3_an_empty_file_is_refused_with_everything_that_is_missing() {
    let mistakes = Config::read(Document::parse("x.toml", "").unwrap(), Vec::new()).unwrap_err();
    let keys: Vec<&str> = mistakes.iter().map(|mistake| mistake.key.as_str()).collect();
    for key in [
        "public_url",
        "database",
        "sessions_database",
        "realm.issuer",
        "realm.client_id",
        "realm.client_secret",
        "storefront.url",
        "storefront.issuer",
        "secrets.sealing_key",
    ] {
        assert!(keys.contains(&key), "{key} in {keys:?}");
    }
}

#[test]
fn e6_mistakes_are_found_together() {
    let found = mistakes(&[
        ("ADMIN_API__PUBLIC_URL", "http://console.example"),
        ("ADMIN_API__REALM__ISSUER", "http://localhost:7001"),
        ("ADMIN_API__SESSIONS_DATABASE", "sqlite:data/commerce.db"),
        ("ADMIN_API__COOKIE_PATH", "admin/"),
        ("ADMIN_API__ALLOWED_ADDRESSES", "10.0.0.0/40"),
        ("ADMIN_API__SESSION__IDLE", "2d"),
        ("ADMIN_API__LISTEN", "7102"),
        ("ADMIN_API__SESSOIN__IDLE", "5m"),
    ]);
    for key in [
        "public_url",
        "storefront.issuer",
        "sessions_database",
        "cookie_path",
        "allowed_addresses",
        "session.idle",
        "listen",
    ] {
        assert!(found.iter().any(|one| one == key), "{key} in {found:?}");
    }
    assert!(found.iter().any(|one| one.starts_with("sessoin")), "{found:?}");
}

#[test]
fn rs4_no_key_switches_the_second_factor_off() {
    for key in ["ADMIN_API__REALM__REQUIRED_ACR", "ADMIN_API__REQUIRED_ACR", "ADMIN_API__SECOND_FACTOR"] {
        assert!(!mistakes(&[(key, "none")]).is_empty(), "{key}");
    }
    let party = crate::app::relying_party_config(&config(&[]).unwrap());
    assert_eq!(party.required_acr.as_deref(), Some(protocol::acr::MULTI));
}

#[test]
fn h3_the_session_cookie_is_strict_and_below_its_path() {
    let environment =
        [("ADMIN_API__PUBLIC_URL", "https://shop.example"), ("ADMIN_API__COOKIE_PATH", "/admin")];
    let party = crate::app::relying_party_config(&config(&environment).unwrap());
    let cookie = party.session.cookie.set("v", None);
    assert_eq!(cookie, "__Secure-rk_console_session=v; Path=/admin; HttpOnly; SameSite=Strict; Secure");
    assert_eq!(party.redirect_path, "/admin/callback");
}
