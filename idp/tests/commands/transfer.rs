//! Accounts come from another program, and go to one (J6).

use std::fs;

use serde_json::{Value, json};

use crate::harness::{Operator, Said};

/// The hash of `correct horse`, by bcrypt.
const HASH: &str = "$2b$04$T9wPlW3gXptGnYGn3kTKke04z7cTklDKMNaKPZ6q2BGT0oLNlve6y";

const ROLES: &str = "[roles.member]\npermissions = []\n[roles.editor]\npermissions = [\"edit\"]\n";

async fn operator() -> Operator {
    let operator = Operator::new().await;
    let file = operator.folder().join("test.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(file, format!("{text}{ROLES}")).unwrap();
    operator
}

fn file(operator: &Operator, lines: &[Value]) -> String {
    let path = operator.folder().join("people.jsonl");
    let text: Vec<String> = lines.iter().map(Value::to_string).collect();
    fs::write(&path, text.join("\n")).unwrap();
    path.display().to_string()
}

fn import(operator: &Operator, more: &str, lines: &[Value]) -> Said {
    let path = file(operator, lines);
    operator.run(&format!("--json user import --realm test {path} --role member{more}"))
}

fn counts(said: &Said) -> (i64, i64, i64) {
    let json: Value = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{said:?}"));
    let count = |name: &str| json[name].as_i64().unwrap();
    (count("imported"), count("there_already"), count("refused"))
}

fn exported(operator: &Operator) -> Vec<Value> {
    let said = operator.run("user export --realm test");
    assert_eq!(said.code, Some(0), "{said:?}");
    said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test]
async fn j6_accounts_are_imported_once_and_exported_as_they_are() {
    let operator = operator().await;
    let ada = json!({
        "id": "a-1", "email": "Ada@Example.com", "email_verified": true, "username": "ada", "password_hash": HASH,
        "claims": { "name": "Ada Lovelace", "birthdate": "1815-12-10" }, "roles": ["editor", "member"],
        "team": "north", "language": "fr", "disabled": true, "created_at": "2019-05-17T08:30:00Z",
    });
    let grace = json!({ "email": "grace@example.com" });
    let dry = import(&operator, " --dry-run", &[ada.clone(), grace.clone()]);
    assert_eq!((dry.code, counts(&dry)), (Some(0), (2, 0, 0)), "{dry:?}");
    assert!(exported(&operator).is_empty(), "a dry run leaves nothing behind");
    let said = import(&operator, "", &[ada.clone(), grace.clone()]);
    assert_eq!((said.code, counts(&said)), (Some(0), (2, 0, 0)), "{said:?}");
    let again = import(&operator, "", &[ada.clone(), grace]);
    assert_eq!((again.code, counts(&again)), (Some(0), (0, 2, 0)), "{again:?}");
    let accounts = exported(&operator);
    assert_eq!(accounts.len(), 2);
    let found = accounts.iter().find(|account| account["id"] == "a-1").unwrap();
    let mut expected = ada;
    expected.as_object_mut().unwrap().remove("password_hash");
    assert_eq!(*found, expected, "as it came, without the hash");
    let other = accounts.iter().find(|account| account["email"] == "grace@example.com").unwrap();
    assert_eq!((&other["username"], &other["roles"]), (&json!("grace"), &json!(["member"])));
    assert!(!operator.run("user export --realm test").out.contains("2b$04"));
}

/// The secret of an authenticator app.
const APP: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

#[tokio::test]
async fn j6_authenticator_apps_are_imported_and_never_exported() {
    let operator = operator().await;
    let ada =
        json!({ "id": "a-1", "email": "ada@example.com", "password_hash": HASH, "totp": { "secret": APP } });
    let dry = import(&operator, " --dry-run", std::slice::from_ref(&ada));
    assert_eq!((dry.code, counts(&dry)), (Some(0), (1, 0, 0)), "{dry:?}");
    let said = import(&operator, "", std::slice::from_ref(&ada));
    assert_eq!((said.code, counts(&said)), (Some(0), (1, 0, 0)), "{said:?}");
    let shown = operator.run("--json user show --realm test ada@example.com");
    let shown: Value = serde_json::from_str(&shown.out).unwrap();
    assert_eq!(shown["totp"], json!(true));
    let again = import(
        &operator,
        "",
        &[json!({ "email": "ada@example.com", "totp": { "secret": APP.replace('G', "A") } })],
    );
    assert_eq!((again.code, counts(&again)), (Some(0), (0, 1, 0)), "what is there stays as it is: {again:?}");
    let exported = operator.run("user export --realm test").out;
    assert!(exported.contains("ada@example.com") && !exported.contains("totp") && !exported.contains(APP));
    let broken = import(
        &operator,
        "",
        &[
            json!({ "email": "b@example.com", "totp": APP }),
            json!({ "email": "c@example.com", "totp": { "secret": "GEZDGNBV" } }),
            json!({ "email": "d@example.com", "totp": { "secret": APP, "digits": 8 } }),
            json!({ "email": "e@example.com", "totp": { "secret": APP, "period": 60 } }),
            json!({ "email": "f@example.com", "totp": { "secret": APP, "algorithm": "SHA512" } }),
        ],
    );
    assert_eq!((broken.code, counts(&broken)), (Some(1), (0, 0, 5)), "{broken:?}");
    assert!(broken.err.contains("line 3: `totp` must have 6 `digits`"), "{broken:?}");
    assert!(!broken.err.contains("GEZD") && !broken.out.contains("GEZD"), "a secret is not told: {broken:?}");
    assert!(
        !operator.run("user export --realm test").out.contains("b@example.com"),
        "nor a part of the line kept"
    );
}

#[tokio::test]
async fn j6_a_line_that_is_wrong_is_told_and_the_others_are_imported() {
    let operator = operator().await;
    let said = import(
        &operator,
        "",
        &[
            json!({ "email": "ok@example.com", "id": "1", "username": "taken" }),
            json!({ "email": "no address" }),
            json!({ "email": "OK@example.com" }),
            json!({ "email": "a@example.com", "password_hash": "secret" }),
            json!({ "email": "b@example.com", "roles": ["emperor"] }),
            json!({ "email": "c@example.com", "claims": { "birthdate": "yesterday" } }),
            json!({ "email": "d@example.com", "created_at": "once" }),
            json!({ "email": "e@example.com", "id": "a@b" }),
            json!({ "email": "f@example.com", "id": "1" }),
            json!({ "email": "g@example.com", "nickname": "g" }),
            json!({ "email": "h@example.com", "username": "taken" }),
            json!(7),
            json!({ "email": "last@example.com" }),
        ],
    );
    assert_eq!(said.code, Some(1), "{said:?}");
    assert_eq!(counts(&said), (2, 0, 11), "{said:?}");
    for told in [
        "line 2: `email` is no e-mail address",
        "line 3: its address is on an earlier line",
        "line 4: `password_hash` must be",
        "line 5: the realm file has no role `emperor`",
        "line 6: `claims.birthdate` must be a date",
        "line 7: `created_at` must be a time",
        "line 8: `id` must be",
        "line 9: its `id` is on an earlier line",
        "line 10: unknown field `nickname`",
        "line 11: its username belongs to another account",
        "line 12: ",
    ] {
        assert!(said.err.contains(told), "{told}: {}", said.err);
    }
    assert!(!said.err.contains("secret") && !said.out.contains("\"secret\""), "a hash is not told");
    let moved = import(&operator, "", &[json!({ "email": "ok@example.com", "id": "2" })]);
    assert!(moved.err.contains("its address belongs to an account with another `id`"), "{moved:?}");
    let moved = import(&operator, "", &[json!({ "email": "new@example.com", "id": "1" })]);
    assert!(moved.err.contains("its `id` belongs to an account with another address"), "{moved:?}");
    assert_eq!(exported(&operator).len(), 2);
}

#[tokio::test]
async fn j6_an_account_without_a_role_and_a_file_that_is_not_there_are_told() {
    let operator = operator().await;
    let path = file(&operator, &[json!({ "email": "a@example.com" })]);
    let said = operator.run(&format!("user import --realm test {path}"));
    assert!(said.code == Some(1) && said.err.contains("say one with --role"), "{said:?}");
    let said = operator.run("user import --realm test nowhere.jsonl --role member");
    assert!(said.code == Some(1) && said.err.contains("nowhere.jsonl can't be opened"), "{said:?}");
    let said = operator.run(&format!("user import --realm test {path} --role emperor"));
    assert!(said.code == Some(1) && said.err.contains("emperor"), "{said:?}");
}
