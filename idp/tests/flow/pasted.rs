//! Text that was pasted, with what office programs, chats and other scripts' keyboards bring along (S35).

use axum::Router;
use clock::Clock;
use database::{record, sql};
use http::StatusCode;
use idp::store::users;

use crate::{
    app::{Browser, SECRET, router},
    harness::{PASSWORD, Scratch},
};

const ADA: &str = "Ada@example.com";
const MORE: &str = r#"
[registration]
open = true
role = "member"
[[clients]]
id = "app"
name = "App"
authentication = "client_secret_basic"
redirect_uris = ["https://app.example/cb"]
grants = ["authorization_code"]
scopes = ["openid"]
first_party = true
"#;

async fn world() -> (Scratch, Router) {
    let scratch = Scratch::with(MORE, &[("clients.0.secret", SECRET)]).await;
    let router = router(&scratch.realm, &scratch);
    (scratch, router)
}

#[tokio::test]
async fn s35_an_address_signs_in_however_it_was_pasted() {
    let (scratch, router) = world().await;
    scratch.account(ADA).await;
    for pasted in [
        "\u{feff}ada@example.com\u{200e}",
        "\t Ada@Example.com\r\n",
        "\u{202a}ADA@EXAMPLE.COM\u{202c}",
        "ａｄａ＠example．com",
        "a\u{200b}d\u{ad}a@example.com",
    ] {
        let browser = Browser::fresh(&router);
        let path = browser.interaction("app", &[]).await;
        let form = [("username", pasted), ("password", PASSWORD)];
        let answer = browser.fill(&path, &format!("{path}/sign-in"), &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{pasted:?}: {}", answer.body);
    }
}

#[tokio::test]
async fn s35_attempts_are_counted_for_the_address_and_not_for_how_it_is_written() {
    record! { struct Counted { n: i64 } }
    let (scratch, router) = world().await;
    for pasted in ["nobody@example.com", "NOBODY@example.com\u{200e}", "ｎobody@example.com"] {
        let browser = Browser::fresh(&router);
        let path = browser.interaction("app", &[]).await;
        let form = [("username", pasted), ("password", "wrong")];
        let answer = browser.fill(&path, &format!("{path}/sign-in"), &form).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    }
    let accounts = sql("SELECT COUNT(DISTINCT account_key) AS n FROM attempts WHERE account_key IS NOT NULL");
    assert_eq!(accounts.one::<Counted>(&scratch.realm.store.facts).await.unwrap().n, 1);
}

#[tokio::test]
async fn s35_q6_an_account_is_made_once_and_shows_its_address_as_typed() {
    let (scratch, router) = world().await;
    let register = async |email: &str| {
        let browser = Browser::fresh(&router);
        let path = browser.interaction("app", &[("prompt", "create")]).await;
        let form = [("email", email), ("name", "\u{200f} Ada\u{200e}"), ("password", PASSWORD)];
        browser.fill(&path, &format!("{path}/register"), &form).await
    };
    assert_eq!(register("\u{feff} Zoe\u{308}@Bücher.example\u{200e}").await.status, StatusCode::SEE_OTHER);
    let user =
        users::by_email(&scratch.realm.store.facts, "zoë@xn--bcher-kva.example").await.unwrap().unwrap();
    assert_eq!(user.email, "Zoë@Bücher.example");
    assert!(user.claims.contains("\"Ada\""), "{}", user.claims);
    for double in ["zoë@bücher.example", "ZOË@xn--bcher-kva.example", "zo\u{200b}ë@bücher。example"] {
        let refused = register(double).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{double}");
        assert!(refused.body.contains("We could not make an account with this address"));
    }
}

#[tokio::test]
async fn s35_s26_what_nobody_sees_is_answered_at_the_field_and_the_rest_is_kept() {
    let (_scratch, router) = world().await;
    let browser = Browser::fresh(&router);
    let path = browser.interaction("app", &[("prompt", "create")]).await;
    let marked = "velvet\u{200b} tundra 94 marimba";
    for (name, password, field) in
        [("Ada\u{202e}Lovelace", PASSWORD, "name"), ("Ada Lovelace", marked, "password")]
    {
        let form = [("email", ADA), ("name", name), ("password", password)];
        let page = browser.fill(&path, &format!("{path}/register"), &form).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{field}");
        assert!(page.body.contains("nobody can see"), "{field}: {}", page.body);
        assert!(
            page.body.contains(&format!("value=\"{ADA}\"")) && page.body.contains("Lovelace\""),
            "{}",
            page.body
        );
        assert!(!page.body.contains("tundra"), "never the password");
    }
    // a character that no text holds is still refused before anything is done
    let form = [("email", ADA), ("name", "Ada\0"), ("password", PASSWORD)];
    let page = browser.fill(&path, &format!("{path}/register"), &form).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn s35_a_password_with_such_a_character_is_told_when_it_is_wrong() {
    let (scratch, router) = world().await;
    scratch.account(ADA).await;
    let browser = Browser::fresh(&router);
    let path = browser.interaction("app", &[]).await;
    for (email, password, reported) in [
        (ADA, "velvet tundra 94 marimba\u{200b}", true),
        ("nobody@example.com", "velvet tundra 94 marimba\u{200b}", true),
        (ADA, "wrong", false),
    ] {
        let form = [("username", email), ("password", password)];
        let page = browser.fill(&path, &format!("{path}/sign-in"), &form).await;
        assert_eq!(
            (page.status, page.body.contains("nobody can see")),
            (StatusCode::BAD_REQUEST, reported),
            "{email}"
        );
    }
}

#[tokio::test]
async fn s35_a_hint_fills_the_address_in_and_fails_no_request() {
    let (_scratch, router) = world().await;
    let long = "a".repeat(5000);
    for (hint, filled) in [
        ("\u{202a}ada@example.com\u{202c}\r\n", "ada@example.com"),
        ("\u{feff} ada@example.com\t", "ada@example.com"),
        ("\u{200f}\u{200b}", ""),
        (long.as_str(), ""),
    ] {
        let browser = Browser::fresh(&router);
        let path = browser.interaction("app", &[("login_hint", hint)]).await;
        let page = browser.get(&path).await;
        let value = format!("required value=\"{filled}\"");
        assert!(page.body.contains(&value), "{hint:?}: {}", page.body);
    }
}

#[tokio::test]
async fn s35_one_time_codes_are_read_in_every_script() {
    for zero in ['٠', '０', '۰'] {
        let (scratch, router) = world().await;
        scratch.account(ADA).await;
        let browser = Browser::signed_in(&scratch, &router, ADA).await;
        let page = browser.get("/account/totp").await;
        let seed = page.text_of("totp-secret");
        let seed: String = seed.split_whitespace().collect();
        let secret = totp_rs::Secret::try_from_base32(&seed).unwrap();
        let app = totp_rs::Builder::new().with_secret(secret).with_account_name("app").build().unwrap();
        let code = app.generate(scratch.clock.now().cast_unsigned()).to_string();
        let typed: String = code
            .chars()
            .map(|c| char::from_u32(u32::from(zero) + c.to_digit(10).unwrap()).unwrap())
            .flat_map(|c| [c, '\u{200f}', '–', ' '])
            .collect();
        let shown = browser.fill("/account/totp", "/account/totp", &[("otp", &typed)]).await;
        assert!(shown.body.contains("id=\"recovery-codes\""), "{typed}: {}", shown.body);
    }
}
