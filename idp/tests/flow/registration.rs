//! What a realm asks new accounts for (UI-2), and the usernames that people choose.

use axum::Router;
use http::StatusCode;
use idp::{flow::userinfo, store::users};
use serde_json::{Value, json};
use test_browser::Page;

use crate::{
    app::{Browser, router},
    harness::{PASSWORD, Scratch},
};

const ADA: &str = "ada@example.com";
const ASKS: &str = r#"
[registration]
open = true
role = "member"
[registration.fields]
name = "off"
given_name = "required"
preferred_username = "optional"
birthdate = "optional"
address = "optional"
[[clients]]
id = "app"
name = "App"
authentication = "none"
redirect_uris = ["https://app.example/cb"]
grants = ["authorization_code"]
scopes = ["openid", "profile"]
"#;

async fn world() -> (Scratch, Router) {
    let scratch = Scratch::with(ASKS, &[]).await;
    let router = router(&scratch.realm, &scratch);
    (scratch, router)
}

/// Sends the form of a new account from a fresh browser.
async fn register(router: &Router, email: &str, claims: &[(&str, &str)]) -> Page {
    let browser = Browser::fresh(router);
    let path = browser.interaction("app", &[("prompt", "create")]).await;
    let fields = [&[("email", email), ("password", PASSWORD)], claims].concat();
    browser.fill(&path, &format!("{path}/register"), &fields).await
}

async fn claims(scratch: &Scratch, email: &str) -> Option<Value> {
    let user = users::by_email(&scratch.realm.store.facts, email).await.unwrap()?;
    Some(Value::Object(userinfo::standard_claims(&scratch.realm, &user).unwrap()))
}

#[tokio::test]
async fn ui2_a_new_account_tells_what_its_realm_asks_for() {
    let (scratch, router) = world().await;
    let filled = [
        ("given_name", " Ada\u{200f} "),
        ("preferred_username", "Countess"),
        ("birthdate", "1815-12-10"),
        ("address", "1 Street\r\nLondon"),
        ("name", "not asked for"),
        ("email_verified", "true"),
        ("nickname", "not asked for"),
    ];
    assert_eq!(register(&router, ADA, &filled).await.status, StatusCode::SEE_OTHER);
    let mut reported = claims(&scratch, ADA).await.unwrap();
    reported.as_object_mut().unwrap().remove("updated_at");
    let expected = json!({ "email": ADA, "email_verified": false, "given_name": "Ada", "birthdate": "1815-12-10",
        "preferred_username": "countess", "address": { "formatted": "1 Street\nLondon" } });
    assert_eq!(reported, expected);
    let other = [("given_name", "Grace"), ("preferred_username", " "), ("birthdate", "")];
    assert_eq!(register(&router, "grace@example.com", &other).await.status, StatusCode::SEE_OTHER);
    assert_eq!(claims(&scratch, "grace@example.com").await.unwrap()["preferred_username"], "grace");
}

#[tokio::test]
async fn ui2_what_a_field_cannot_hold_is_told_at_the_field_and_the_rest_is_kept() {
    let (scratch, router) = world().await;
    let taken = [("given_name", "Grace"), ("preferred_username", "countess")];
    assert_eq!(register(&router, "grace@example.com", &taken).await.status, StatusCode::SEE_OTHER);
    for (field, filled) in [
        ("given_name", [("given_name", " "), ("birthdate", "1815-12-10"), ("preferred_username", "ada")]),
        (
            "given_name",
            [("given_name", "A\u{200b}da"), ("birthdate", "1815-12-10"), ("preferred_username", "ada")],
        ),
        ("birthdate", [("given_name", "Ada"), ("birthdate", "10.12.1815"), ("preferred_username", "ada")]),
        (
            "preferred_username",
            [("given_name", "Ada"), ("birthdate", "1815-12-10"), ("preferred_username", "two words")],
        ),
        (
            "preferred_username",
            [("given_name", "Ada"), ("birthdate", "1815-12-10"), ("preferred_username", "Admin")],
        ),
        (
            "preferred_username",
            [("given_name", "Ada"), ("birthdate", "1815-12-10"), ("preferred_username", "COUNTESS")],
        ),
    ] {
        let answer = register(&router, ADA, &filled).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{filled:?}");
        assert!(answer.body.contains(&format!("id=\"{field}-error\"")), "{field}: {}", answer.body);
        for (_, typed) in filled.iter().filter(|(name, typed)| *name != field && !typed.is_empty()) {
            assert!(answer.body.contains(&format!("value=\"{typed}\"")), "{typed} is kept: {}", answer.body);
        }
        assert_eq!(claims(&scratch, ADA).await, None, "and nothing was made");
    }
    let again = [("given_name", "Ada"), ("preferred_username", "ada")];
    assert_eq!(
        register(&router, ADA, &again).await.status,
        StatusCode::SEE_OTHER,
        "the address is free still"
    );
}
