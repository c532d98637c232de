//! Mistakes in `[[upstream]]`.

use idp::realm::{RealmConfig, UpstreamConfig};
use settings::{Document, Mistakes};

use crate::harness::{RIGHT, reported, with_secrets};

const UPSTREAM: &str = r#"
[[upstream]]
id = "up"
name = "Up"
issuer = "https://up.example.com/"
client_id = "us"
"#;

fn document(file: &str) -> Document {
    let mut document = with_secrets(file);
    document.set("upstream.0.client_secret", "q3Jt7mZ0");
    document
}

fn read(file: &str) -> Result<RealmConfig, Mistakes> {
    RealmConfig::read(&document(file))
}

/// [`RIGHT`] with an upstream that has more keys.
fn with(more: &str) -> String {
    format!("{RIGHT}{UPSTREAM}{more}")
}

/// Opens the registration.
fn open(file: &str) -> String {
    file.replace("[factors]", "[registration]\nopen = true\nrole = \"member\"\n[factors]")
}

fn one(file: &str) -> UpstreamConfig {
    let realm = read(file).unwrap();
    let [upstream] = realm.upstreams.as_slice() else { panic!("one upstream") };
    upstream.clone()
}

#[test]
fn up1_an_upstream_is_read_as_it_is_written_and_trusts_nothing_by_default() {
    let upstream = one(&with(""));
    assert_eq!((upstream.id.as_str(), upstream.name.as_str()), ("up", "Up"));
    assert_eq!(upstream.issuer, "https://up.example.com/", "the slash is part of it");
    assert_eq!(upstream.scopes, ["openid", "profile", "email"]);
    assert_eq!(upstream.role, None, "no accounts where registration is closed");
    assert!(!upstream.trusted_email && !upstream.vouches_for_factors() && upstream.claims.is_empty());
    assert_eq!(one(&open(&with(""))).role.as_deref(), Some("member"), "accounts where it is open");
    assert_eq!(one(&open(&with("accounts = \"link\""))).role, None);
    let all = with(
        "accounts = \"create\"\nrole = \"member\"\nscopes = [\"openid\", \"x:y\"]\ntrusted_email = true\n\
         trusted_acr = [\"gold\"]\ntrusted_amr = [\"mfa\"]\n[upstream.claims]\nname = \"cn\"\nemail = \"mail\"",
    );
    let upstream = one(&all);
    assert_eq!((upstream.role.as_deref(), upstream.trusted_email), (Some("member"), true));
    assert_eq!(
        (upstream.trusted_acr.as_slice(), upstream.trusted_amr.as_slice()),
        (["gold".to_owned()].as_slice(), ["mfa".to_owned()].as_slice())
    );
    assert_eq!(upstream.claims.get("name").map(String::as_str), Some("cn"));
    assert!(!format!("{upstream:?}").contains("q3Jt7mZ0"), "its secret is not shown");
}

#[test]
fn up1_a_wrong_value_is_told_by_its_key() {
    for (from, to, key, words) in [
        ("id = \"up\"", "id = \"Up/..\"", "id", "lower-case letters"),
        ("name = \"Up\"", "name = \"\"", "name", "must not be empty"),
        ("https://up.example.com/", "http://up.example.com", "issuer", "must be https"),
        ("https://up.example.com/", "up.example.com", "issuer", "must be a URL"),
        ("https://up.example.com/", "ftp://up.example.com", "issuer", "must be an https URL"),
        ("https://up.example.com/", "https://up.example.com/?a", "issuer", "a query"),
        ("https://up.example.com/", "https://id.example.com/", "issuer", "this realm's own"),
        ("client_id = \"us\"", "", "client_id", "missing"),
        ("client_id = \"us\"", "client_id = \"us\"\nscopes = [\"email\"]", "scopes", "must contain openid"),
        ("client_id = \"us\"", "client_id = \"us\"\nscopes = [\"openid x\"]", "scopes", "without spaces"),
        ("client_id = \"us\"", "client_id = \"us\"\naccounts = \"make\"", "accounts", "must be one of"),
        ("client_id = \"us\"", "client_id = \"us\"\naccounts = \"create\"", "role", "missing"),
        ("client_id = \"us\"", "client_id = \"us\"\nrole = \"member\"", "role", "accounts = \"create\" only"),
        (
            "client_id = \"us\"",
            "client_id = \"us\"\naccounts = \"create\"\nrole = \"boss\"",
            "role",
            "one of this file's roles",
        ),
        (
            "client_id = \"us\"",
            "client_id = \"us\"\ntrusted_amr = [\"\"]",
            "trusted_amr",
            "must not be empty",
        ),
        (
            "client_id = \"us\"",
            "client_id = \"us\"\ntrusted_email = \"yes\"",
            "trusted_email",
            "true or false",
        ),
        ("client_id = \"us\"", "client_id = \"us\"\ntrust_email = true", "trust_email", "trusted_email"),
        (
            "client_id = \"us\"",
            "client_id = \"us\"\n[upstream.claims]\nname = \"\"",
            "claims.name",
            "must not be empty",
        ),
        (
            "client_id = \"us\"",
            "client_id = \"us\"\n[upstream.claims]\nroles = \"r\"",
            "claims.roles",
            "unknown",
        ),
    ] {
        let file = format!("{RIGHT}{}", UPSTREAM.replace(from, to));
        let reported = reported(read(&file));
        assert_eq!(reported.len(), 1, "{to}: {reported:?}");
        assert!(
            reported[0].contains(&format!("`upstream[0].{key}")) && reported[0].contains(words),
            "{to}: {}",
            reported[0]
        );
    }
}

#[test]
fn up1_its_secret_is_demanded() {
    let reported = reported(RealmConfig::read(&with_secrets(&with(""))));
    assert!(
        reported.len() == 1 && reported[0].contains("`upstream[0].client_secret`: missing"),
        "{reported:?}"
    );
}

#[test]
fn up1_two_upstreams_have_two_ids() {
    let mut document = document(&format!("{RIGHT}{UPSTREAM}{UPSTREAM}"));
    document.set("upstream.1.client_secret", "q3Jt7mZ1");
    let reported = reported(RealmConfig::read(&document));
    assert!(reported.len() == 1 && reported[0].contains("another upstream has this id"), "{reported:?}");
}

#[test]
fn up6_in_a_realm_for_staff_accounts_are_made_only_by_who_vouches_for_a_second_factor() {
    let strict = |more: &str| {
        let file = with(&format!("accounts = \"create\"\nrole = \"member\"\n{more}"))
            .replace("second = \"optional\"", "second = \"required\"");
        format!("staff = true\n{file}")
    };
    let refused = reported(read(&strict("")));
    assert!(refused.iter().any(|mistake| mistake.contains("by an invitation only")), "{refused:?}");
    let trusted = reported(read(&strict("trusted_amr = [\"mfa\"]")));
    assert!(!trusted.iter().any(|mistake| mistake.contains("by an invitation only")), "{trusted:?}");
}

#[test]
fn up1_the_commented_example_works() {
    let lines: Vec<&str> = idp::realm::config::DEFAULTS.lines().collect();
    let begin = lines.iter().position(|line| *line == "# [[upstream]]").unwrap();
    let example = lines.iter().skip(begin).take_while(|line| line.starts_with('#'));
    let example: Vec<String> = example.map(|line| line.trim_start_matches("# ").to_owned()).collect();
    let example = example.join("\n").replace("\"individual\"", "\"member\"");
    let without_file: Vec<&str> =
        example.lines().filter(|line| !line.starts_with("client_secret_file")).collect();
    let upstream = one(&open(&format!("{RIGHT}\n{}", without_file.join("\n"))));
    assert_eq!((upstream.id.as_str(), upstream.claims.len()), ("example", 1));
}

#[test]
fn mf8_a_provider_that_alone_opens_accounts_of_staff_is_warned_of() {
    let warned = |more: &str| {
        let mut document = document(&with(more));
        for (key, value) in [("staff", "true"), ("factors.second", "required"), ("tokens.access", "5m")] {
            document.set(key, value);
        }
        document.set("session.absolute", "12h");
        RealmConfig::read(&document).unwrap().warnings.to_string()
    };
    let both = warned("trusted_email = true\ntrusted_amr = [\"mfa\"]");
    assert!(both.contains("`upstream[0].trusted_email`: whoever runs this provider"), "{both}");
    assert!(!warned("trusted_email = true").contains("upstream"), "the second factor is still asked for");
}
