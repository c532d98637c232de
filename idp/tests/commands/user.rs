//! `idp user`

use database::{record, sql};
use idp::store::{Store, sessions, users};
use serde_json::Value;

use crate::harness::{Operator, Said};

const ROLES: &str = "\n[registration]\nrole = \"member\"\n\
     [roles.member]\npermissions = []\n\
     [roles.boss]\npermissions = [\"read\", \"write\"]\n\
     [roles.clerk]\npermissions = [\"read\"]\n";

/// An operator of a realm with roles, and its store.
async fn operator() -> (Operator, Store) {
    let operator = Operator::new().await;
    let file = operator.folder().join("test.toml");
    let text = std::fs::read_to_string(&file).unwrap() + ROLES;
    std::fs::write(file, text).unwrap();
    let store = Store::open(&operator.database()).await.unwrap();
    (operator, store)
}

fn json(said: &Said) -> Value {
    assert_eq!(said.code, Some(0), "{said:?}");
    serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{said:?}"))
}

/// Asserts what was audited about an account, in whatever order, by whom all of it was done.
async fn audited(store: &Store, id: &str, expected: &[&str]) {
    record! { struct Recorded { kind: String, actor: Option<String>, detail: Option<String> } }
    let events = sql("SELECT kind, actor, detail FROM audit_events WHERE user_id = $1").bind(id);
    let events: Vec<Recorded> = events.all(&store.facts).await.unwrap();
    assert!(events.iter().all(|event| event.actor.as_deref() == Some("command line")));
    let mut reported: Vec<String> =
        events.into_iter().map(|event| [event.kind, event.detail.unwrap_or_default()].join(" ")).collect();
    reported.sort();
    let mut expected: Vec<String> = expected.iter().map(|event| format!("account.{event}")).collect();
    expected.sort();
    assert_eq!(reported, expected);
}

/// Makes an account; its id.
fn add(operator: &Operator, words: &str) -> String {
    json(&operator.run(&format!("user add --realm test --json {words}")))["id"].as_str().unwrap().to_owned()
}

/// Gives an account a password, as its owner does behind the link.
async fn settle(store: &Store, id: &str) {
    let mut tx = store.facts.begin().await.unwrap();
    assert!(users::set_password(&mut tx, id, "$argon2id$chosen", 1).await.unwrap());
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn d20_an_account_is_made_without_a_password_and_with_a_link_for_its_owner() {
    let (operator, store) = operator().await;
    let made = operator.run("user add --realm test ada@example.com --role member --role clerk");
    assert_eq!(made.code, Some(0), "{made:?}");
    assert!(
        made.out.starts_with("http://localhost:7001/setup/") && made.out.lines().count() == 1,
        "{made:?}"
    );
    let user = users::by_email(&store.facts, "ada@example.com").await.unwrap().unwrap();
    assert!(user.password_hash.is_none());
    assert_eq!(users::roles(&store.facts, &user.id).await.unwrap(), ["clerk", "member"]);
    audited(&store, &user.id, &["added "]).await;

    let again = operator.run("user add --realm test Ada@Example.com");
    assert!(again.code == Some(1) && again.err.contains("has an account with that address"), "{again:?}");
    for (words, word) in
        [("ada", "e-mail address"), ("eve@example.com --role emperor", "it has boss, clerk, member")]
    {
        let refused = operator.run(&format!("user add --realm test {words}"));
        assert!(refused.code == Some(1) && refused.err.contains(word), "{refused:?}");
    }
    assert!(users::by_email(&store.facts, "eve@example.com").await.unwrap().is_none());
}

#[tokio::test]
async fn d20_accounts_are_listed_searched_filtered_and_paged() {
    let (operator, store) = operator().await;
    for n in 0..3 {
        add(&operator, &format!("p{n}@example.com --name Grüße{n}"));
    }
    let clerk = add(&operator, "clerk@example.com --role clerk");
    settle(&store, &clerk).await;
    operator.run("user disable --realm test p1@example.com");
    let addresses = |words: &str| -> Vec<String> {
        let reported = json(&operator.run(&format!("user list --realm test --json {words}")));
        let users = reported["users"].as_array().unwrap().iter();
        users.map(|user| user["email"].as_str().unwrap().split('@').next().unwrap().to_owned()).collect()
    };
    assert_eq!(addresses("--limit 1000"), ["clerk", "p0", "p1", "p2"]);
    assert_eq!(addresses("--search P1@"), ["p1"]);
    assert_eq!(addresses("--search GRÜSSE2"), Vec::<String>::new());
    assert_eq!(addresses("--search GRÜßE2"), ["p2"]);
    assert_eq!(addresses("--role clerk"), ["clerk"]);
    assert_eq!(addresses("--disabled"), ["p1"]);
    assert_eq!(addresses("--enabled --search example"), ["clerk", "p0", "p2"]);
    let page = json(&operator.run("user list --realm test --json --limit 2"));
    assert_eq!(page["next"], "p0@example.com");
    assert_eq!(addresses("--limit 2 --after p0@example.com"), ["p1", "p2"]);

    let table = operator.run("user list --realm test");
    assert!(table.out.starts_with("ADDRESS ") && table.out.lines().count() == 5, "{table:?}");
    assert!(table.out.contains("disabled") && table.out.contains("invited"), "{table:?}");
    let bad = operator.run("user list --realm test --limit 0");
    assert_eq!(bad.code, Some(2), "{bad:?}");
}

#[tokio::test]
async fn d20_an_account_is_shown_by_address_or_subject_without_a_secret() {
    let (operator, store) = operator().await;
    let id = add(&operator, "ada@example.com --name Ada");
    settle(&store, &id).await;
    let by_address = operator.run("user show --realm test ada@example.com --json");
    assert_eq!(json(&by_address), json(&operator.run(&format!("user show --realm test {id} --json"))));
    let shown = json(&by_address);
    assert_eq!((&shown["claims"]["name"], &shown["password"]), (&"Ada".into(), &true.into()));
    let text = operator.run("user show --realm test ada@example.com");
    assert!(text.out.contains("setup link") && !text.out.contains("argon2"), "{text:?}");
    let nobody = operator.run("user show --realm test nobody@example.com");
    assert!(nobody.code == Some(1) && nobody.err.contains("no account"), "{nobody:?}");
}

#[tokio::test]
async fn d20_disabling_enabling_and_unlocking_say_what_was_the_case_before() {
    let (operator, store) = operator().await;
    let id = add(&operator, "ada@example.com");
    settle(&store, &id).await;
    for (act, words) in [
        ("disable", "disabled"),
        ("disable", "disabled before"),
        ("unlock", "unlocked, but the account is disabled"),
        ("enable", "enabled; what ended"),
        ("enable", "not disabled"),
        ("unlock", "unlocked"),
    ] {
        let said = operator.run(&format!("user {act} --realm test ada@example.com"));
        assert!(said.code == Some(0) && said.out.contains(words), "{act}: {said:?}");
    }
    audited(&store, &id, &["added ", "disabled ", "unlocked ", "enabled ", "unlocked "]).await;
    operator.run("user disable --realm test ada@example.com");
    let refused = operator.run("user reset-factors --realm test ada@example.com");
    assert!(refused.code == Some(1) && refused.err.contains("user enable"), "{refused:?}");
}

#[tokio::test]
async fn d20_roles_are_set_added_and_removed_and_only_those_of_the_realm_file() {
    let (operator, store) = operator().await;
    let id = add(&operator, "ada@example.com");
    for (words, roles) in [
        ("--add clerk,boss", "now: boss, clerk, member"),
        ("--add clerk", "as before: boss, clerk, member"),
        ("--remove member,clerk", "now: boss"),
        ("--set clerk", "now: clerk"),
    ] {
        let said = operator.run(&format!("user roles --realm test ada@example.com {words}"));
        assert!(said.code == Some(0) && said.out.contains(roles), "{words}: {said:?}");
    }
    let shown = operator.run("user roles --realm test ada@example.com");
    assert_eq!(shown.out, "ROLE   PERMISSIONS\nclerk  read\n", "{shown:?}");
    let unknown = operator.run("user roles --realm test ada@example.com --add emperor");
    assert!(unknown.code == Some(1) && unknown.err.contains("it has boss, clerk, member"), "{unknown:?}");
    let changes =
        ["roles_changed +boss +clerk", "roles_changed -clerk -member", "roles_changed +clerk -boss"];
    audited(&store, &id, &["added ", changes[0], changes[1], changes[2]]).await;
}

#[tokio::test]
async fn d20_the_last_account_with_every_permission_keeps_them() {
    let (operator, store) = operator().await;
    let [ada, eve] = ["ada", "eve"].map(|name| add(&operator, &format!("{name}@example.com --role boss")));
    settle(&store, &ada).await;
    // eve has not chosen a password yet: nobody could sign in as her
    for words in ["roles --remove boss", "roles --set clerk", "delete --yes"] {
        let refused = operator.run(&format!("user {words} --realm test ada@example.com"));
        assert!(refused.code == Some(1) && refused.err.contains("every permission"), "{words}: {refused:?}");
    }
    settle(&store, &eve).await;
    let done = operator.run("user roles --remove boss --realm test ada@example.com");
    assert_eq!(done.code, Some(0), "{done:?}");
    let warned = operator.run("user disable --realm test eve@example.com");
    assert!(warned.code == Some(0) && warned.err.contains("every permission"), "{warned:?}");
}

#[tokio::test]
async fn d20_a_deleted_account_leaves_nothing_but_what_the_audit_trail_tells_of_its_subject() {
    let (operator, store) = operator().await;
    let file = operator.folder().join("unused");
    crate::restore::fill(&store).await;
    add(&operator, "other@example.com");
    let asked = operator.run("user delete --realm test u1@example.com");
    assert!(asked.code == Some(1) && asked.err.contains("--yes"), "{asked:?}");
    assert!(users::by_id(&store.facts, "u1").await.unwrap().is_some(), "nothing happened yet");

    let gone = json(&operator.run("user delete --realm test u1@example.com --yes --json"));
    assert_eq!((&gone["id"], &gone["changed"]), (&"u1".into(), &true.into()));
    assert!(users::by_id(&store.facts, "u1").await.unwrap().is_none());
    assert_eq!(sessions::count_unended(&store.facts).await.unwrap(), 0);
    assert!(!crate::restore::any_grant_alive(&store).await);
    let kinds = crate::restore::kinds(&store).await;
    assert!(
        kinds.contains(&"account.deleted".to_owned()) && kinds.contains(&"session.ended".to_owned()),
        "{kinds:?}"
    );
    assert_eq!(operator.run(&format!("backup --realm test {}", file.display())).code, Some(0));
    let bytes = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
    assert!(
        bytes.contains("other@example.com") && !bytes.contains("u1@example.com") && !bytes.contains("DROP")
    );
    let again = operator.run("user delete --realm test u1@example.com --yes");
    assert!(again.code == Some(1) && again.err.contains("no account"), "{again:?}");
    let same = add(&operator, "u1@example.com");
    assert_ne!(same, "u1", "a subject is never used again");
}

#[tokio::test]
async fn d20_claims_are_set_all_or_none_and_an_address_is_verified() {
    let (operator, store) = operator().await;
    let id = add(&operator, "ada@example.com --name Ada");
    let said = operator.run("user set --realm test ada@example.com given_name=Ada birthdate=1815-12-10");
    assert!(said.code == Some(0) && said.out.contains("given_name, birthdate"), "{said:?}");
    for (words, fault) in [
        ("nickname=A birthdate=yesterday", "birthdate must be a date"),
        ("shoe_size=39", "shoe_size is no claim"),
        ("nickname", "CLAIM=VALUE"),
    ] {
        let refused = operator.run(&format!("user set --realm test ada@example.com {words}"));
        assert!(refused.code != Some(0) && refused.err.contains(fault), "{refused:?}");
    }
    operator.run("user set --realm test ada@example.com given_name=");
    for words in ["verified", "verified before"] {
        let said = operator.run("user verify-email --realm test ada@example.com");
        assert!(said.code == Some(0) && said.out.contains(words), "{said:?}");
    }
    let shown = json(&operator.run(&format!("user show --realm test {id} --json")));
    assert_eq!(shown["claims"]["birthdate"], "1815-12-10");
    assert!(shown["claims"]["given_name"].is_null() && shown["claims"]["nickname"].is_null(), "{shown}");
    assert!(shown["email_verified_at"].is_string(), "{shown}");
    let reported =
        ["added ", "claims_changed given_name birthdate", "claims_changed given_name", "email_verified "];
    audited(&store, &id, &reported).await;
}
