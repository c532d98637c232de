//! Mistakes in a realm's own values, each at its line.

use language::Language;
use protocol::jose::rotation;

use crate::harness::{RIGHT, edited, read, refused, reported};

#[test]
fn the_file_that_these_tests_get_wrong_is_right() {
    assert_eq!(reported(read(RIGHT)), Vec::<String>::new());
}

#[test]
fn e6_an_unknown_key_is_told_with_what_was_probably_meant() {
    refused(("idle = ", "idel = "), "idel", "session.idel", "unknown key, did you mean `session.idle`?");
    refused(("[factors]", "[factor]"), "second", "factor.second", "did you mean `factors.second`?");
    refused(
        ("name = \"Web\"", "name = \"Web\"\nfirst_part = true"),
        "first_part",
        "clients[0].first_part",
        "`clients[0].first_party`?",
    );
    refused(
        ("[[clients]]\nid = \"web\"", "[zzz]\nqqq = 1\n[[clients]]\nid = \"web\""),
        "qqq",
        "zzz.qqq",
        "unknown key",
    );
}

#[test]
fn d6_all_mistakes_are_told_at_once_in_the_order_of_their_lines() {
    let file = RIGHT
        .replace("https://id.example.com", "http://id.example.com")
        .replace("idle = \"1h\"", "idle = \"soon\"")
        .replace("second = \"optional\"", "second = \"sometimes\"")
        .replace("[\"openid\", \"orders\"]", "[\"openid\", \"order\"]")
        .replace("id = \"app\"", "id = \"web\"")
        .replace("name = \"App\"", "name = \"App\"\ncolour = \"blue\"");
    let reported = reported(read(&file));
    let keys: Vec<&str> = reported.iter().filter_map(|line| line.split('`').nth(1)).collect();
    let expected = [
        "issuer",
        "session.idle",
        "factors.second",
        "clients[0].scopes",
        "clients[1].id",
        "clients[1].colour",
    ];
    assert_eq!(keys, expected, "{reported:?}");
}

#[test]
fn disc1_an_issuer_is_an_https_origin_in_its_canonical_form() {
    for (issuer, words) in [
        ("http://id.example.com", "must be https"),
        ("http://192.0.2.1:7001", "must be https"),
        ("http://localhost.example.com", "must be https"),
        ("https://id.example.com/realms/test", "must have no path"),
        ("https://id.example.com/", "did you mean `https://id.example.com`?"),
        ("https://ID.example.com", "canonical form"),
        ("https://id.example.com:443", "canonical form"),
        ("https://id.example.com?a=b", "query"),
        ("https://a:b@id.example.com", "user"),
        ("https://id.example.com:6667", "browsers refuse to open it"),
        ("id.example.com", "URL"),
        ("", "must not be empty"),
    ] {
        refused(("https://id.example.com", issuer), "issuer", "issuer", words);
    }
    for issuer in
        ["http://localhost:7001", "http://127.0.0.1:7001", "http://[::1]:7001", "https://id.example.com:8443"]
    {
        assert_eq!(
            reported(read(&edited("https://id.example.com", issuer))),
            Vec::<String>::new(),
            "{issuer}"
        );
    }
}

#[test]
fn mf6_nobody_signs_in_by_a_mail_to_a_realm_for_staff_or_one_that_sends_none() {
    let sends = "sign_in = true\nfrom = \"no-reply@example.com\"\ncommand = \"/usr/sbin/sendmail\"\n";
    let mailing = format!("{RIGHT}\n[mail]\n{sends}");
    assert!(read(&mailing).unwrap().signs_in_by_mail());
    assert!(!read(&mailing.replace("sign_in = true\n", "")).unwrap().signs_in_by_mail());
    let staff = mailing
        .replace("name = \"test\"", "name = \"test\"\nstaff = true")
        .replace("\"optional\"", "\"required\"")
        .replace("idle = \"1h\"", "idle = \"1h\"\nabsolute = \"12h\"");
    let staff = format!("{staff}\n[tokens]\naccess = \"5m\"\n");
    for (file, words) in [
        (staff, "must be false in a realm for staff"),
        (mailing.replace("[mail]", "[mail]\nenabled = false"), "no way to send mail"),
        (format!("{RIGHT}\n[mail]\nsign_in = true\n"), "no way to send mail"),
    ] {
        let told = reported(read(&file));
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("`mail.sign_in`: ") && told[0].contains(words), "{told:?}");
    }
}

#[test]
fn mf10_t17_lifetimes_of_a_realm_for_staff_are_shorter() {
    let file = edited("name = \"test\"", "name = \"test\"\nstaff = true")
        .replace("\"optional\"", "\"required\"")
        .replace("idle = \"1h\"", "idle = \"61m\"\nabsolute = \"13h\"");
    let reported = reported(read(&format!("{file}\n[tokens]\naccess = \"6m\"\n")));
    let keys: Vec<&str> = reported.iter().filter_map(|line| line.split('`').nth(1)).collect();
    assert_eq!(keys, ["session.idle", "session.absolute", "tokens.access"], "{reported:?}");
}

#[test]
fn t17_mf10_lifetimes_that_are_too_long_or_too_short_are_refused() {
    for (key, value) in [
        ("code", "61s"),
        ("code", "1s"),
        ("access", "11m"),
        ("access", "10s"),
        ("id", "2h"),
        ("refresh_idle", "91d"),
        ("refresh_absolute", "366d"),
        ("refresh_grace", "61s"),
        ("access", "-5m"),
        ("access", "10 minutes"),
    ] {
        let tokens = format!("[factors]\n\n[tokens]\n{key} = \"{value}\"\n\n[passwords]");
        let reported = reported(read(&edited("[factors]\nsecond = \"optional\"\n\n[passwords]", &tokens)));
        assert_eq!(reported.len(), 1, "{key} {value}: {reported:?}");
        assert!(reported[0].contains(&format!("`tokens.{key}`")), "{key} {value}: {reported:?}");
    }
    refused(("idle = \"1h\"", "idle = \"31d\""), "idle", "session.idle", "between");
    refused(("idle = \"1h\"", "absolute = \"31d\""), "absolute", "session.absolute", "between");
    refused(("idle = \"1h\"", "idle = \"2h\"\nabsolute = \"1h\""), "idle", "session.idle", "longer than");
}

#[test]
fn k14_keys_that_rotate_as_often_as_they_may_fit_into_one_key_set() {
    let file = edited("idle = \"1h\"", "idle = \"1h\"\nabsolute = \"30d\"");
    let config = read(&format!("{file}\n[keys]\nrotate_after = \"1d\"\n")).unwrap();
    let policy = config.rotation();
    // one that signs, the next one, and those that retired since the oldest that is kept
    let published = 2 + (policy.keep_retired + policy.rotate_after - 1) / policy.rotate_after;
    assert!(published > 30 && usize::try_from(published).unwrap() <= rotation::MOST, "{published}");
}

#[test]
fn w6_hashing_is_never_cheaper_than_the_floor() {
    for (key, value) in [("memory_kib", "19455"), ("iterations", "0"), ("parallelism", "0"), ("workers", "0")]
    {
        let weak = format!("min_length = 15\n{key} = {value}");
        refused(("min_length = 15", &weak), key, &format!("passwords.{key}"), "between");
    }
    let cost = |memory, passes| format!("min_length = 15\nmemory_kib = {memory}\niterations = {passes}");
    for (memory, passes) in [(47_104, 1), (19_456, 2), (65_536, 3)] {
        let enough = edited("min_length = 15", &cost(memory, passes));
        assert_eq!(reported(read(&enough)), Vec::<String>::new(), "{memory} {passes}");
    }
    let edit = ("min_length = 15", cost(47_103, 1));
    refused((edit.0, &edit.1), "iterations", "passwords.iterations", "at least 2 with less than 47104 KiB");
}

#[test]
fn w7_nobody_waits_for_longer_than_a_browser_does() {
    for value in ["0s", "61s", "soon"] {
        let wait = format!("min_length = 15\nwait = \"{value}\"");
        refused(("min_length = 15", &wait), "wait", "passwords.wait", "");
    }
}

#[test]
fn names_that_end_up_in_cookies_and_variables_are_plain_words() {
    for name in ["Test", "te st", "te;st", "tést", "a_b", "x23456789012345678901234567890123"] {
        refused(("name = \"test\"", &format!("name = \"{name}\"")), "name", "name", "lower-case");
        refused(
            ("prefix = \"test\"", &format!("prefix = \"{name}\"")),
            "prefix",
            "session.prefix",
            "lower-case",
        );
    }
}

#[test]
fn addresses_that_are_none_are_refused() {
    let with = |line: &str| format!("issuer = \"https://id.example.com\"\n{line}");
    let issuer = "issuer = \"https://id.example.com\"";
    refused((issuer, &with("listen = \"localhost\"")), "listen", "listen", "an address and port");
    let database = "sqlite:/var/lib/realmkeep/test.db";
    refused((database, "mysql://db"), "database", "database", "sqlite:PATH or postgres://");
    refused((database, "sqlite:"), "database", "database", "sqlite:PATH");
    let network = "[network]\ntrusted_proxies = [\"10.0.0.0/8\", \"10.0.0.0/33\"]\n[factors]";
    refused(
        ("[factors]", network),
        "trusted_proxies",
        "network.trusted_proxies",
        "number 2: must be an address range",
    );
}

#[test]
fn registration_is_open_only_with_a_role_of_the_file() {
    let open = |role: &str| format!("[registration]\nopen = true\nrole = \"{role}\"\n[factors]");
    assert_eq!(reported(read(&edited("[factors]", &open("member")))), Vec::<String>::new());
    refused(("[factors]", &open("admin")), "role =", "registration.role", "one of this file's roles");
    refused(("[factors]", &open("")), "role =", "registration.role", "must not be empty");
}

#[test]
fn ui2_registration_asks_for_what_the_realm_offers() {
    let asks = |field: &str| {
        format!(
            "[claims]\noffered = [\"name\", \"birthdate\"]\n[registration]\nopen = true\nrole = \"member\"\n[registration.fields]\n{field}\n[factors]"
        )
    };
    let realm = read(&edited("[factors]", &asks("birthdate = \"optional\""))).unwrap();
    let asked: Vec<_> = realm.registration.fields.iter().map(|field| (field.claim, field.required)).collect();
    assert_eq!(asked, [("name", true), ("birthdate", false)], "the name is asked for by default");
    let realm = read(&edited("[factors]", &asks("name = \"off\""))).unwrap();
    assert!(realm.registration.fields.is_empty());
    for (field, words) in [
        ("nickname = \"optional\"", "`claims.offered` must list this claim"),
        ("birthdate = \"maybe\"", "must be one of required, optional, off"),
        ("email_verified = \"optional\"", "email_verified"),
        ("phone_number_verified = \"required\"", "phone_number_verified"),
    ] {
        let mistakes = reported(read(&edited("[factors]", &asks(field))));
        assert!(mistakes.iter().any(|mistake| mistake.contains(words)), "{field}: {mistakes:?}");
    }
}

#[test]
fn s29_a_realm_names_the_languages_that_there_are_each_once() {
    let read_with = |list: &str| read(&format!("languages = {list}\n{RIGHT}"));
    let languages = |list: &str| read_with(list).unwrap().languages;
    assert_eq!(languages("[\"fr\", \"en\"]"), [Language::French, Language::English]);
    assert_eq!(read(RIGHT).unwrap().languages, Language::ALL);
    for (list, words) in [
        ("[\"en\", \"tlh\"]", "number 2: must be one of en, de, fr, es, ar"),
        ("[\"de-AT\"]", "number 1: must be one of en, de, fr, es, ar"),
        ("[\"de\", \"de\"]", "number 2: `de` is there twice"),
        ("[]", "must name a language"),
    ] {
        let mistakes = reported(read_with(list));
        assert!(mistakes.iter().any(|mistake| mistake.contains(words)), "{list}: {mistakes:?}");
    }
}

#[test]
fn acc6_registration_is_not_open_in_a_realm_for_staff() {
    let file = "[registration]\nopen = true\nrole = \"member\"\n[factors]\nsecond = \"required\"";
    let customers = edited("[factors]\nsecond = \"optional\"", file);
    assert_eq!(reported(read(&customers)), Vec::<String>::new(), "they set one up when they sign in");
    let staff = format!("staff = true\n{customers}");
    let mistakes = reported(read(&staff));
    assert!(mistakes.iter().any(|mistake| mistake.contains("by an invitation only")), "{mistakes:?}");
}

#[test]
fn a_scope_of_ones_own_takes_no_standard_name_and_belongs_to_an_https_resource() {
    let scope = |name: &str| {
        format!("[scopes.{name}]\ndescription = \"x\"\nresource = \"https://a.example.com\"\n[factors]")
    };
    for name in ["openid", "offline_access", "groups", "roles", "\"two words\""] {
        let reported = reported(read(&edited("[factors]", &scope(name))));
        assert_eq!(reported.len(), 1, "{name}: {reported:?}");
        assert!(reported[0].contains("this name is not free"), "{name}: {reported:?}");
    }
    refused(
        ("https://shop.example.com", "http://shop.example.com"),
        "resource",
        "scopes.orders.resource",
        "must be https",
    );
    refused(
        ("description = \"See your orders\"\n", ""),
        "[scopes.orders]",
        "scopes.orders.description",
        "missing",
    );
}

#[test]
fn a_value_of_the_wrong_type_is_told_as_what_it_is() {
    refused(("min_length = 15", "min_length = \"many\""), "min_length", "passwords.min_length", "must be");
    refused(
        ("min_length = 15", "min_length = 15.5"),
        "min_length",
        "passwords.min_length",
        "a decimal number",
    );
    refused(
        ("permissions = [\"read\"]", "permissions = 7"),
        "permissions",
        "roles.member.permissions",
        "must be",
    );
    refused(("prefix = \"test\"", "prefix = [\"test\"]"), "prefix", "session.prefix", "must be");
}

#[test]
fn disc3_a_realm_offers_the_scopes_that_its_accounts_can_fill() {
    let offered = |file: &str| read(file).unwrap().offered_scopes.to_string();
    assert_eq!(offered(RIGHT), "address email groups offline_access openid orders phone profile roles");
    let lean = format!("{RIGHT}\n[claims]\noffered = [\"name\", \"preferred_username\"]\n");
    assert_eq!(offered(&lean), "email groups offline_access openid orders profile roles");
    let without_roles = edited("[roles.member]\npermissions = [\"read\"]\n", "");
    assert_eq!(offered(&without_roles), "address email offline_access openid orders phone profile");
    for name in ["email", "sub", "given-name", "roles"] {
        let wrong = format!("prefix = \"test\"\nidle = \"1h\"\n[claims]\noffered = [\"name\", \"{name}\"]");
        refused(
            ("prefix = \"test\"\nidle = \"1h\"", &wrong),
            "offered",
            "claims.offered",
            "number 2: must be one of",
        );
    }
}

#[test]
fn k6_a_token_type_belongs_to_a_resource_and_the_plain_one_is_warned_about() {
    let resource = "resource = \"https://shop.example.com\"";
    let plain = edited(resource, &format!("{resource}\ntoken_type = \"JWT\""));
    let realm = read(&plain).unwrap();
    assert_eq!(realm.plain_resources.iter().collect::<Vec<_>>(), ["https://shop.example.com"]);
    let warned = realm.warnings.to_string();
    assert!(warned.contains("`scopes.orders.token_type`: an ID token has this type too"), "{warned}");
    assert!(read(RIGHT).unwrap().plain_resources.is_empty());
    let other = format!("{resource}\ntoken_type = \"jwt\"");
    refused((resource, &other), "token_type", "scopes.orders.token_type", "must be one of at+jwt, JWT");
    let two = format!("{plain}\n[scopes.pay]\ndescription = \"Pay\"\n{resource}\n");
    let reported = reported(read(&two));
    assert_eq!(reported.len(), 2, "{reported:?}");
    assert!(
        reported.iter().all(|line| line.contains("the same for every scope of a resource")),
        "{reported:?}"
    );
    let id = ("id = \"app\"", "id = \"https://shop.example.com\"");
    refused(id, id.1, "clients[1].id", "a resource of this realm has this name");
}

#[test]
fn acc14_a_browser_has_several_accounts_and_one_of_staff_unless_the_file_says_otherwise() {
    let with = |count: &str| format!("idle = \"1h\"\naccounts_per_browser = {count}");
    let accounts = |file: &str| read(file).unwrap().session.accounts_per_browser;
    assert_eq!(accounts(RIGHT), 5);
    assert_eq!(accounts(&edited("idle = \"1h\"", &with("10"))), 10);
    let staff = RIGHT
        .replace("issuer =", "staff = true\nissuer =")
        .replace("idle = \"1h\"", "idle = \"1h\"\nabsolute = \"12h\"")
        .replace("second = \"optional\"", "second = \"required\"")
        + "\n[tokens]\naccess = \"5m\"\n";
    assert_eq!(accounts(&staff), 1);
    assert_eq!(accounts(&staff.replace("idle = \"1h\"", &with("3"))), 3);
    for count in ["0", "11", "-1", "\"many\""] {
        let edit = ("idle = \"1h\"", with(count));
        refused((edit.0, &edit.1), "accounts_per_browser", "session.accounts_per_browser", "");
    }
}
