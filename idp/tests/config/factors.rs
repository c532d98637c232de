//! Mistakes in what a realm demands of a sign-in: passwords, second factors and passkeys.

use protocol::authorize::FactorPolicy;

use crate::harness::{RIGHT, edited, read, refused, reported};

#[test]
fn w1_a_short_password_is_enough_only_beside_a_second_factor() {
    let short = ("min_length = 15", "min_length = 14");
    refused(short, "min_length", "passwords.min_length", "at least 15");
    let required = edited(short.0, short.1).replace("\"optional\"", "\"required\"");
    assert_eq!(reported(read(&required)), Vec::<String>::new());
    refused(("min_length = 15", "min_length = 7"), "min_length", "passwords.min_length", "between 8");
}

#[test]
fn mf6_a_realm_for_staff_demands_a_second_factor() {
    let staff = ("name = \"test\"", "name = \"test\"\nstaff = true");
    let told_of = |second: &str| {
        let file = edited(staff.0, staff.1)
            .replace("\"optional\"", second)
            .replace("idle = \"1h\"", "idle = \"1h\"\nabsolute = \"12h\"");
        reported(read(&format!("{file}\n[tokens]\naccess = \"5m\"\n")))
    };
    assert_eq!(told_of("\"required\""), Vec::<String>::new());
    let reported = told_of("\"optional\"");
    assert_eq!(reported.len(), 1, "{reported:?}");
    assert!(reported[0].contains("`factors.second`: must be \"required\""), "{reported:?}");
}

#[test]
fn mf6_a_second_factor_may_be_demanded_of_some_roles() {
    let of_members = edited("second = \"optional\"", "required_for_roles = [\"member\"]");
    let factors = read(&of_members).unwrap().factors;
    assert_eq!(factors.everybody, FactorPolicy::Optional);
    assert_eq!(factors.of(&["other"]), FactorPolicy::Optional);
    assert_eq!(factors.of(&["other", "member"]), FactorPolicy::Required);
    refused(
        ("second = \"optional\"", "required_for_roles = [\"membre\"]"),
        "required_for_roles",
        "factors.required_for_roles",
        "there is no \"membre\"",
    );
}

#[test]
fn mf9_a_passkey_is_demanded_where_a_second_factor_is() {
    let everybody = edited("\"optional\"", "\"required\"\nphishing_resistant = true");
    assert_eq!(read(&everybody).unwrap().factors.everybody, FactorPolicy::PhishingResistant);
    let roles = "\"optional\"\nphishing_resistant = true\nrequired_for_roles = [\"member\"]";
    let factors = read(&edited("\"optional\"", roles)).unwrap().factors;
    assert_eq!(
        (factors.of::<&str>(&[]), factors.of(&["member"])),
        (FactorPolicy::Optional, FactorPolicy::PhishingResistant)
    );
    refused(
        ("second = \"optional\"", "phishing_resistant = true"),
        "phishing_resistant",
        "factors.phishing_resistant",
        "needs `second = \"required\"`",
    );
    let nowhere = everybody.replace("https://id.example.com", "http://127.0.0.1:7001");
    let reported = reported(read(&nowhere));
    assert!(reported.iter().any(|line| line.contains("an IP address has no passkeys")), "{reported:?}");
}

#[test]
fn x4_related_origins_are_exact_https_origins_and_few() {
    let told_of =
        |listed: &str| reported(read(&format!("{RIGHT}\n[passkeys]\nrelated_origins = {listed}\n")));
    assert_eq!(told_of(r#"["https://shop.example", "https://shop.example:8443"]"#), Vec::<String>::new());
    for (listed, words) in [
        (r#"["http://shop.example"]"#, "number 1: must be an https origin"),
        (r#"["https://shop.example/"]"#, "canonical form"),
        (r#"["https://shop.example/path"]"#, "canonical form"),
        (r#"["https://Shop.example"]"#, "canonical form"),
        (r#"["https://192.0.2.1"]"#, "must be an https origin"),
        (r#"["shop.example"]"#, "must be an https origin"),
        (r#"["https://shop.example", "https://shop.example"]"#, "number 2: is there twice"),
        (r#"["https://id.example.com"]"#, "is the issuer itself"),
        (
            r#"["https://a.example", "https://b.example", "https://c.example", "https://d.example", "https://e.example", "https://f.example"]"#,
            "at most 5",
        ),
    ] {
        let reported = told_of(listed);
        assert!(reported.iter().any(|line| line.contains(words)), "{listed}: {reported:?}");
    }
    let nowhere = RIGHT.replace("https://id.example.com", "http://127.0.0.1:7001");
    let reported =
        reported(read(&format!("{nowhere}\n[passkeys]\nrelated_origins = [\"https://shop.example\"]\n")));
    assert!(reported.iter().any(|line| line.contains("an IP address has no passkeys")), "{reported:?}");
}

#[test]
fn x10_authenticators_are_listed_with_who_vouches_for_them() {
    let maker = test_browser::Maker::new(test_browser::MODEL);
    let kept = tempfile::NamedTempFile::new().unwrap();
    let file = kept.path();
    std::fs::write(file, maker.authority.repeat(2)).unwrap();
    let model = "72656c6d-6b65-6570-2d6d-6f64656c3121";
    let listed =
        format!("[[factors.attestation]]\nca_file = \"{}\"\nmodels = [\"{model}\"]\n", file.display());
    let told_of = |listed: &str| reported(read(&format!("{RIGHT}\n{listed}")));
    assert_eq!(told_of(&listed), Vec::<String>::new());
    let factors = read(&format!("{RIGHT}\n{listed}")).unwrap().factors;
    assert!(factors.attested.has(Some(model)) && !factors.attested.has(None));
    assert!(read(RIGHT).unwrap().factors.attested.is_empty(), "any as shipped");
    for (from, to, words) in [
        (model, "00000000-0000-0000-0000-000000000000", "an AAGUID that is not all zeros"),
        (model, "yubikey", "number 1: must be an AAGUID"),
        (format!("[\"{model}\"]").as_str(), "[]", "must list one to 200 models"),
        (file.to_str().unwrap(), "/nowhere/authority.pem", "can't be read"),
        (file.to_str().unwrap(), "/etc/hostname", "must hold PEM certificates"),
    ] {
        let reported = told_of(&listed.replace(from, to));
        assert!(reported.iter().any(|line| line.contains(words)), "{words}: {reported:?}");
    }
}
