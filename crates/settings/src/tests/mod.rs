mod secrets;

use std::ffi::OsString;

use proptest::prelude::*;
use secrecy::ExposeSecret as _;

use super::*;

const DEFAULT: &str = "
name = \"realm\"
[session]
idle = \"30m\"
absolute = 86400
[clients.shop]
scopes = [\"openid\"]
";
const STRONG: &str = "oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8nHe5";

fn variables(pairs: &[(&str, &str)]) -> Vec<(OsString, OsString)> {
    pairs.iter().map(|(name, value)| (OsString::from(name), OsString::from(value))).collect()
}

fn document(file: &str, environment: &[(&str, &str)]) -> Document {
    let default = Document::parse("default.toml", DEFAULT).unwrap();
    let file = Document::parse("customer.toml", file).unwrap();
    default.overlaid_by(file).with_environment("RK", variables(environment))
}

/// Reads the keys of the default and of the tests' files; returns the mistakes as text.
fn read(document: &Document) -> String {
    let reader = Reader::new(document);
    reader.text("name");
    let session = reader.table("session");
    session.seconds_within("idle", 60..=7200);
    session.seconds("absolute");
    for (_, client) in reader.keyed_tables("clients") {
        client.list("scopes");
        client.opt_flag("first_party");
        client.opt_choice("auth", &["none", "secret_basic"]);
        client.opt_secret("secret", 32);
    }
    for hook in reader.tables("hooks") {
        hook.text("url");
        hook.int("retries", 0..=9);
    }
    reader.finish().map_or_else(|mistakes| mistakes.to_string(), |()| String::new())
}

#[test]
fn d6_layers_override_each_other_value_by_value() {
    let mut document = document(
        "[session]\nidle = \"1h\"\n[clients.shop]\nfirst_party = true\n[clients.app]\nscopes = []\n",
        &[("RK__SESSION__ABSOLUTE", "12h"), ("RK__CLIENTS__SHOP__SCOPES", "openid, email"), ("HOME", "/")],
    );
    document.set("name", "stack");
    let reader = Reader::new(&document);
    assert_eq!(reader.text("name"), "stack");
    let session = reader.table("session");
    assert_eq!((session.seconds("idle"), session.seconds("absolute")), (3600, 43_200));
    let clients = reader.keyed_tables("clients");
    let names: Vec<&str> = clients.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["app", "shop"]);
    assert_eq!(clients[1].1.list("scopes"), ["openid", "email"]);
    assert_eq!(clients[1].1.opt_flag("first_party"), Some(true));
    assert!(clients[0].1.list("scopes").is_empty());
    assert_eq!(clients[0].1.opt_flag("first_party"), None);
    reader.finish().unwrap();
}

#[test]
fn arrays_of_tables_are_read_and_a_member_is_set_from_the_environment() {
    let document = document(
        "[[hooks]]\nurl = \"one\"\nretries = 1\n[[hooks]]\nurl = \"two\"\nretries = 2\n",
        &[("RK__HOOKS__1__RETRIES", "7")],
    );
    let retries: Vec<i64> =
        Reader::new(&document).tables("hooks").iter().map(|hook| hook.int("retries", 0..=9)).collect();
    assert_eq!(retries, [1, 7]);
    assert_eq!(read(&document), "");
}

#[test]
fn e6_an_unknown_key_is_a_mistake_with_line_and_suggestion() {
    let document = document("name = \"x\"\n\n[sessoin]\nidle = \"1h\"\n", &[]);
    assert_eq!(read(&document), "customer.toml:4: `sessoin.idle`: unknown key, did you mean `session.idle`?");
}

#[test]
fn e6_an_unknown_variable_with_our_prefix_is_a_mistake() {
    let document = document(
        "",
        &[("RK__SESSION__IDEL", "1h"), ("RK_SESSION_IDLE", "1h"), ("RKX__A", "1"), ("RK_LOG", "x")],
    );
    assert_eq!(
        read(&document),
        "environment variable RK_SESSION_IDLE: unknown variable, did you mean `RK__SESSION__IDLE`?\n\
         environment variable RK__SESSION__IDEL: `session.idel`: unknown key, did you mean `RK__SESSION__IDLE`?"
    );
}

#[test]
fn e6_a_variable_of_a_mistyped_part_is_a_mistake() {
    let known = ["RK_CUSTOMER".to_owned(), "RK_ADMIN".to_owned()];
    let names =
        ["RK_CUSTOMR__A__B", "RK_CUSTOMER__A", "RK_ADMIN_EU__A", "RK_TEST_DATABASE", "RK_X__A", "HOME"];
    let shown = strangers("RK_", &known, names.iter().map(std::ffi::OsStr::new)).to_string();
    assert_eq!(
        shown,
        "environment variable RK_ADMIN_EU__A: belongs to none of RK_CUSTOMER, RK_ADMIN\n\
         environment variable RK_CUSTOMR__A__B: belongs to none of RK_CUSTOMER, RK_ADMIN, did you mean \
         `RK_CUSTOMER__A__B`?\n\
         environment variable RK_X__A: belongs to none of RK_CUSTOMER, RK_ADMIN"
    );
}

#[test]
fn d6_the_environment_comes_over_what_the_program_presets_and_that_over_the_file() {
    let mut document =
        Document::parse("a.toml", "a = \"file\"\nb = \"file\"\nsecret_file = \"/nowhere\"\n").unwrap();
    for key in ["a", "b", "secret_file"] {
        document.preset(key, "/preset");
    }
    let document = document.with_environment("RK", variables(&[("RK__B", "env"), ("RK__SECRET", STRONG)]));
    let reader = Reader::new(&document);
    assert_eq!((reader.text("a").as_str(), reader.text("b").as_str()), ("/preset", "env"));
    assert_eq!(reader.secret("secret", 32).expose_secret(), STRONG);
    reader.finish().unwrap();
}

#[test]
fn a_mistake_that_two_documents_make_is_told_at_its_line() {
    let document = document("name = \"x\"\n[session]\nidle = \"1h\"\nkey_file = \"y\"\n", &[("RK__A", "1")]);
    let shown = ["session.idle", "session.key", "session.absolute", "other.key", "a"]
        .map(|path| document.mistake(path, "is shared").to_string());
    assert_eq!(
        shown,
        [
            "customer.toml:3: `session.idle`: is shared",
            "customer.toml:4: `session.key`: is shared",
            "customer.toml: `session.absolute`: is shared",
            "customer.toml: `other.key`: is shared",
            "environment variable RK__A: `a`: is shared",
        ]
    );
}

#[test]
fn p3_all_mistakes_are_reported_at_once_in_the_order_of_the_file() {
    let document = document(
        "name = 5\n\
         [session]\n\
         idle = \"10x\"\n\
         absolute = \"\"\n\
         [clients.app]\n\
         auth = \"secret_basik\"\n\
         secret = \"canary-0123456789\"\n\
         first_party = \"yes\"\n\
         scopes = [\"a\", 1]\n\
         [[hooks]]\n\
         retries = 10\n\
         [extra]\n",
        &[("RK__CLIENTS__SHOP__FIRST_PARTY", "maybe")],
    );
    let text = read(&document);
    let expected = [
        "customer.toml:1: `name`: must be text, not an integer",
        "customer.toml:3: `session.idle`: must be a duration like 90, \"90s\", \"10m\", \"12h\" or \"30d\"",
        "customer.toml:4: `session.absolute`: must be a duration like 90, \"90s\", \"10m\", \"12h\" or \"30d\"",
        "customer.toml:6: `clients.app.auth`: must be one of none, secret_basic, did you mean `secret_basic`?",
        "customer.toml:7: `clients.app.secret`: a secret is not written into this file: use `secret_file` or RK__CLIENTS__APP__SECRET",
        "customer.toml:8: `clients.app.first_party`: must be true or false, not text",
        "customer.toml:9: `clients.app.scopes`: each member must be text",
        "customer.toml:10: `hooks[0].url`: missing; give it in this file or as environment variable RK__HOOKS__0__URL",
        "customer.toml:11: `hooks[0].retries`: must be between 0 and 9",
        "customer.toml:12: `extra`: unknown key",
        "environment variable RK__CLIENTS__SHOP__FIRST_PARTY: `clients.shop.first_party`: must be true or false, not text",
    ];
    assert_eq!(text.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn a_missing_key_names_the_operators_file_and_the_variable() {
    let document = document("", &[]);
    let reader = Reader::new(&document);
    assert_eq!(reader.text("issuer"), "");
    assert_eq!(reader.table("secrets").int("rounds", 1..=9), 0);
    let text = reader.finish().unwrap_err().to_string();
    assert!(text.contains(
        "customer.toml: `issuer`: missing; give it in this file or as environment variable RK__ISSUER"
    ));
    assert!(text.contains(
        "`secrets.rounds`: missing; give it in this file or as environment variable RK__SECRETS__ROUNDS"
    ));
}

#[test]
fn text_that_is_no_toml_is_one_mistake_with_its_line_and_without_the_text() {
    let mistakes = Document::parse("a.toml", "ok = 1\npepper = canary-4711\n").unwrap_err();
    assert!(mistakes.to_string().starts_with("a.toml:2: not valid TOML: "), "{mistakes}");
    assert!(!format!("{mistakes} {mistakes:?}").contains("4711"));
    assert!(Document::parse("a.toml", "a = 1\na = 2\n").is_err(), "a key given twice");
}

#[test]
fn a_value_where_a_table_belongs_and_the_other_way_round_are_mistakes() {
    let document = document("session = 3\nhooks = [1]\n[name]\nx = 1\n", &[]);
    let text = read(&document);
    for part in [
        "customer.toml:1: `session`: must be a table, not an integer",
        "customer.toml:2: `hooks`: must be an array of tables, not a list",
        "customer.toml:3: `name`: must be text, not a table",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    for variable in ["RK__SESSION", "RK__NAME__X", "RK__", "RK__SESSION____IDLE"] {
        let text = read(&self::document("", &[(variable, "1")]));
        assert!(text.contains(&format!("environment variable {variable}: ")), "{variable}: {text}");
    }
}

#[test]
fn a_semantic_mistake_has_the_line_of_its_key_and_hides_what_follows_from_it() {
    let document = document("\n\nname = \"x\"\n", &[]);
    let reader = Reader::new(&document);
    let _ = (
        reader.text("name"),
        reader.table("session").seconds("idle"),
        reader.table("session").seconds("absolute"),
    );
    reader.keyed_tables("clients")[0].1.list("scopes");
    reader.mistake("name", "is taken");
    reader.mistake("name", "is too short");
    assert_eq!(reader.finish().unwrap_err().to_string(), "customer.toml:3: `name`: is taken");
}

#[test]
fn durations_and_integers_are_bounded() {
    for (text, valid) in [
        ("\"90s\"", true),
        ("\"2h\"", true),
        ("120", true),
        ("\"120\"", true),
        ("59", false),
        ("7201", false),
        ("\"-5m\"", false),
        ("\"\"", false),
        ("\"m\"", false),
        ("\"1w\"", false),
        ("\"99999999999999999d\"", false),
        ("\"1.5h\"", false),
        ("1.5", false),
        ("true", false),
        ("\"1ü\"", false),
        ("[]", false),
    ] {
        let document = document(&format!("[session]\nidle = {text}\n"), &[]);
        assert_eq!(read(&document).is_empty(), valid, "{text}: {}", read(&document));
    }
}

#[test]
fn e6_a_public_url_is_https_or_loopback_and_canonical() {
    for (url, valid) in [
        ("https://login.example", true),
        ("https://login.example:8443/realms/a", true),
        ("http://localhost:7001", true),
        ("http://127.0.0.1:8001", true),
        ("http://[::1]:8001", true),
        ("http://login.example", false),
        ("http://localhost.example", false),
        ("https://login.example/", false),
        ("https://Login.example", false),
        ("https://login.example:443", false),
        ("https://user@login.example", false),
        ("https://login.example?a", false),
        ("https://login.example#a", false),
        ("https://login.example/a/../b", false),
        ("ftp://login.example", false),
        ("login.example", false),
        ("https://", false),
    ] {
        let document = document(&format!("issuer = \"{url}\"\n"), &[]);
        let reader = Reader::new(&document);
        let read = reader.public_url("issuer");
        assert_eq!(read == url, valid, "{url}");
        let text = reader.finish().unwrap_err().to_string();
        assert_eq!(text.contains("`issuer`"), !valid, "{url}: {text}");
    }
}

#[test]
fn a_name_from_outside_cannot_break_the_line() {
    let document = document("\"a\\nb\\u001b[31m\" = 1\n", &[("RK__X\nFAKE", "1")]);
    let text = read(&document);
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(!text.contains('\u{1b}'));
}

#[test]
fn mistakes_of_many_configurations_are_reported_together() {
    let mut all = Document::parse("one.toml", "x").unwrap_err();
    all.merge(Document::parse("two.toml", "y").unwrap_err());
    assert_eq!(all.to_string().lines().count(), 2);
    assert!(all.into_result().is_err());
    assert!(Mistakes::default().into_result().is_ok());
}

const CANARY: &str = "cAnArY4711";

fn fragment() -> impl Strategy<Value = String> {
    let key = "name|session|idle|clients|hooks|shop|secret|secret_file|scopes|[a-z.\"]{0,6}";
    let value = prop_oneof![
        Just(format!("\"{CANARY}\"")),
        Just(format!("'''{CANARY}")),
        Just(format!("[\"{CANARY}\", 1]")),
        Just(format!("{{ secret = \"{CANARY}\" }}")),
        Just(CANARY.to_owned()),
        "[0-9a-z:\\-\"'\\[\\]{}=,. ]{0,12}",
    ];
    prop_oneof![
        (key, value).prop_map(|(key, value)| format!("{key} = {value}\n")),
        key.prop_map(|key| format!("[{key}]\n")),
        key.prop_map(|key| format!("[[{key}]]\n")),
    ]
}

proptest! {
    #[test]
    fn z15_any_text_is_an_error_or_a_configuration(text in "\\PC{0,200}|[a-z\\[\\]=\"'.{}\\n# 0-9]{0,80}") {
        if let Ok(document) = Document::parse("a.toml", &text) {
            let _ = read(&document);
        }
    }

    #[test]
    fn z15_no_message_holds_a_value(fragments in prop::collection::vec(fragment(), 0..8), variable in "[A-Z_]{0,8}") {
        let text = match Document::parse("a.toml", &fragments.concat()) {
            Err(mistakes) => format!("{mistakes} {mistakes:?}"),
            Ok(document) => {
                let environment = variables(&[(&format!("RK__{variable}"), CANARY)]);
                let document = document.with_environment("RK", environment);
                format!("{} {document:?}", read(&document))
            }
        };
        prop_assert!(!text.contains(CANARY), "{}", text);
    }
}
