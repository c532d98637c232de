//! Sign-out through the router: a hint confirms the session of the cookie and ends no other (OUT-1, OUT-2, OUT-5).

use axum::Router;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use database::{Db, sql};
use idp::store::sessions;
use serde_json::Value;

use crate::{
    app::{Browser, Tokens, as_client, authorize, call, form, realm_with_apps, refresh, router},
    harness::Scratch,
};

const FULL: &str = "openid offline_access";
const BYE: &str = "https://app.example/bye";
/// What must come back to the byte.
const STATE: &str = "a b&c=d%20\"\u{e9}";

struct Home {
    scratch: Scratch,
    router: Router,
    browser: Browser,
    tokens: Tokens,
}

impl Home {
    /// Ada is signed in and has the tokens of our app.
    async fn new() -> Self {
        let scratch = realm_with_apps().await;
        scratch.account("ada@example.com").await;
        scratch.account("bob@example.com").await;
        let router = router(&scratch.realm, &scratch);
        let browser = Browser::signed_in(&scratch, &router, "ada@example.com").await;
        let tokens = browser.tokens("app", FULL).await;
        Self { scratch, router, browser, tokens }
    }

    /// Tokens of a session of somebody else.
    async fn of(&self, email: &str) -> Tokens {
        Browser::signed_in(&self.scratch, &self.router, email).await.tokens("app", FULL).await
    }

    /// Whether the app's grant and the session are as they were.
    async fn stands(&mut self) -> bool {
        let answer = refresh(&self.router, "app", &self.tokens.refresh).await;
        if answer.status == 200 {
            self.tokens.refresh = answer.text("refresh_token");
        }
        answer.status == 200
    }
}

fn unsigned(token: &str) -> String {
    let claims = token.split('.').nth(1).unwrap();
    format!("{}.{claims}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#))
}

fn claims(token: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

/// Every kind of hint that doesn't confirm the session of Ada's browser.
async fn hints_of_others(home: &Home) -> Vec<(&'static str, String)> {
    let elsewhere = realm_with_apps().await;
    elsewhere.account("ada@example.com").await;
    let there = router(&elsewhere.realm, &elsewhere);
    let browser = Browser::signed_in(&elsewhere, &there, "ada@example.com").await;
    vec![
        ("absent", String::new()),
        ("of another session", home.of("ada@example.com").await.id),
        ("of another person", home.of("bob@example.com").await.id),
        ("unsigned", unsigned(&home.tokens.id)),
        ("another realm's", browser.tokens("app", FULL).await.id),
        ("an access token", home.tokens.access.clone()),
        ("no token", "abc".to_owned()),
    ]
}

#[tokio::test]
async fn out5_no_request_without_the_cookie_ends_anything_whatever_it_brings() {
    let mut home = Home::new().await;
    let mut hints = hints_of_others(&home).await;
    hints.push(("the session's own", home.tokens.id.clone()));
    for (name, hint) in &hints {
        for client_id in ["", "app", "other"] {
            for uri in ["", BYE, "https://evil.example/"] {
                let pairs = [
                    ("id_token_hint", hint.as_str()),
                    ("client_id", client_id),
                    ("post_logout_redirect_uri", uri),
                ];
                let pairs: Vec<(&str, &str)> =
                    pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
                let stranger = Browser::fresh(&home.router);
                let path = format!("/end_session?{}", form(&pairs));
                let page = stranger.get(&path).await;
                assert_eq!((page.status.as_u16(), page.location()), (200, None), "{name} {pairs:?}");
                assert!(page.body.contains("nothing was ended"), "{name} {pairs:?}: {}", page.body);
                let leads_back = page.body.contains(&format!("href=\"{BYE}\""));
                let of_the_app = !matches!(client_id, "other")
                    && uri == BYE
                    && (client_id == "app" || claims_to_be_ours(hint, &home));
                assert_eq!(leads_back, of_the_app, "{name} {pairs:?}");
                let round = stranger.post("/end_session", &pairs).await;
                assert_eq!(round.location(), Some(path.as_str()), "{name}: a form goes round once");
            }
        }
    }
    assert!(home.stands().await && home.browser.is_signed_in().await);
}

/// Whether a hint is an ID token that this realm gave to the app.
fn claims_to_be_ours(hint: &str, home: &Home) -> bool {
    let signed = hint.split('.').count() == 3 && !hint.ends_with('.') && hint != home.tokens.access;
    signed && claims(hint)["iat"].is_i64() && header_kid(hint) == header_kid(&home.tokens.id)
}

fn header_kid(token: &str) -> Value {
    let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
    serde_json::from_slice::<Value>(&header).unwrap()["kid"].clone()
}

#[tokio::test]
async fn out5_with_the_cookie_only_the_sessions_own_hint_ends_it_unasked() {
    let mut home = Home::new().await;
    for (name, hint) in hints_of_others(&home).await {
        for client_id in ["", "app"] {
            for uri in ["", BYE] {
                let pairs = [
                    ("id_token_hint", hint.as_str()),
                    ("client_id", client_id),
                    ("post_logout_redirect_uri", uri),
                ];
                let pairs: Vec<(&str, &str)> =
                    pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
                let path = format!("/end_session?{}", form(&pairs));
                for page in [home.browser.get(&path).await, home.browser.post("/end_session", &pairs).await] {
                    assert!(
                        page.body.contains("logout-confirm"),
                        "{name} {pairs:?}: {} {}",
                        page.status,
                        page.body
                    );
                    assert_eq!(page.location(), None, "{name} {pairs:?}");
                }
            }
        }
    }
    assert!(home.stands().await && home.browser.is_signed_in().await);
    let own = home.tokens.id.clone();
    for wrong in [
        [("client_id", "other"), ("post_logout_redirect_uri", BYE)],
        [("client_id", "app"), ("post_logout_redirect_uri", "https://app.example/bye?a=1")],
    ] {
        let pairs: Vec<(&str, &str)> = wrong.into_iter().chain([("id_token_hint", own.as_str())]).collect();
        let page = home.browser.get(&format!("/end_session?{}", form(&pairs))).await;
        assert!(page.body.contains("logout-confirm") && page.location().is_none(), "{wrong:?}");
    }
    assert!(home.stands().await && home.browser.is_signed_in().await);
    // the ID token is long expired, the session is not
    home.scratch.clock.advance(3000);
    let pairs = [("id_token_hint", own.as_str()), ("post_logout_redirect_uri", BYE), ("state", STATE)];
    let done = home.browser.get(&format!("/end_session?{}", form(&pairs))).await;
    assert_eq!(
        done.location(),
        Some("https://app.example/bye?state=a+b%26c%3Dd%2520%22%C3%A9"),
        "{}",
        done.body
    );
    assert_eq!(done.header("clear-site-data"), "\"cache\", \"storage\"");
    assert!(!home.stands().await && !home.browser.is_signed_in().await);
}

#[tokio::test]
async fn out5_asking_twice_is_answered_as_the_first_time() {
    let home = Home::new().await;
    let pairs = [("id_token_hint", home.tokens.id.as_str()), ("post_logout_redirect_uri", BYE)];
    let path = format!("/end_session?{}", form(&pairs));
    for round in ["at first", "again", "once more"] {
        assert_eq!(home.browser.get(&path).await.location(), Some(BYE), "{round}");
    }
    let hint = format!("/end_session?{}", form(&pairs[..1]));
    assert!(home.browser.get(&hint).await.body.contains("You are signed out"));
}

#[tokio::test]
async fn out5_a_form_with_the_cookie_is_answered_at_once() {
    let mut home = Home::new().await;
    let pairs = [("id_token_hint", home.tokens.id.as_str()), ("post_logout_redirect_uri", BYE)];
    assert_eq!(home.browser.post("/end_session", &pairs).await.location(), Some(BYE));
    assert!(!home.stands().await);
}

#[tokio::test]
async fn out5_without_a_hint_the_confirmation_leads_back_to_the_app_with_its_state() {
    let mut home = Home::new().await;
    let pairs = [("client_id", "app"), ("post_logout_redirect_uri", BYE), ("state", STATE)];
    let page = home.browser.get(&format!("/end_session?{}", form(&pairs))).await;
    assert!(home.stands().await, "nothing ends before the answer");
    assert!(
        page.header("content-security-policy").contains("form-action 'self' https://app.example;"),
        "{}",
        page.header("content-security-policy")
    );
    let done = home.browser.press(&page, "/sign-out").await;
    assert_eq!(
        done.location(),
        Some("https://app.example/bye?state=a+b%26c%3Dd%2520%22%C3%A9"),
        "{}",
        done.body
    );
    assert!(!home.stands().await && !home.browser.is_signed_in().await);
}

#[tokio::test]
async fn out5_the_confirmation_leads_nowhere_else_whatever_its_form_says() {
    for (client_id, uri) in [("app", "https://evil.example/"), ("gone", BYE), ("other", BYE), ("app", "")] {
        let mut home = Home::new().await;
        let page = home.browser.get("/end_session").await;
        let csrf = page.field("csrf");
        let pairs = [("csrf", csrf.as_str()), ("client_id", client_id), ("post_logout_redirect_uri", uri)];
        let done = home.browser.post("/sign-out", &pairs).await;
        assert_eq!(done.location(), Some("/signed-out"), "{client_id} {uri}");
        assert!(!home.stands().await);
    }
}

#[tokio::test]
async fn out5_a_client_with_its_credential_ends_the_session_that_its_id_token_names() {
    let mut home = Home::new().await;
    let id = home.tokens.id.clone();
    let hint = [("id_token_hint", id.as_str())];
    let others = home.of("bob@example.com").await;
    let wrong_secret = [hint[0], ("client_id", "other"), ("client_secret", "not the secret of anybody")];
    let unregistered = [hint[0], ("post_logout_redirect_uri", "https://evil.example/")];
    let unsigned = unsigned(&id);
    for (name, answer, status, error) in [
        (
            "another client's token",
            as_client(&home.router, "other", "/end_session", &hint).await,
            400,
            "invalid_request",
        ),
        (
            "a wrong secret",
            call(&home.router, "/end_session", None, &wrong_secret).await,
            401,
            "invalid_client",
        ),
        ("no hint", as_client(&home.router, "app", "/end_session", &[]).await, 400, "invalid_request"),
        (
            "unsigned",
            as_client(&home.router, "app", "/end_session", &[("id_token_hint", &unsigned)]).await,
            400,
            "invalid_request",
        ),
        (
            "an unregistered URI",
            as_client(&home.router, "app", "/end_session", &unregistered).await,
            400,
            "invalid_request",
        ),
    ] {
        assert_eq!(
            (answer.status.as_u16(), answer.text("error").as_str()),
            (status, error),
            "{name}: {}",
            answer.body
        );
    }
    let public = call(&home.router, "/end_session", None, &[hint[0], ("client_id", "native")]).await;
    assert_eq!(public.status, 303, "a public client has no credential: its request is a browser's");
    assert!(home.stands().await && home.browser.is_signed_in().await);

    for round in ["at first", "again"] {
        let done = as_client(&home.router, "app", "/end_session", &hint).await;
        assert_eq!((done.status.as_u16(), done.body.as_str()), (204, ""), "{round}");
    }
    assert!(!home.stands().await && !home.browser.is_signed_in().await);
    assert_eq!(refresh(&home.router, "app", &others.refresh).await.status, 200, "nobody else's");
    let sid = claims(&id)["sid"].as_str().unwrap().to_owned();
    assert!(sessions::was_ended(&home.scratch.realm.store.facts, &sid).await.unwrap());
}

#[tokio::test]
async fn out5_a_client_with_its_credential_may_be_led_back() {
    let home = Home::new().await;
    let pairs =
        [("id_token_hint", home.tokens.id.as_str()), ("post_logout_redirect_uri", BYE), ("state", "s")];
    let done = as_client(&home.router, "app", "/end_session", &pairs).await;
    assert_eq!(done.location(), Some("https://app.example/bye?state=s"));
}

#[tokio::test]
async fn out5_an_id_token_that_is_older_than_any_session_names_none() {
    let home = Home::new().await;
    let hint = [("id_token_hint", home.tokens.id.as_str())];
    home.scratch.clock.advance(2 * 3600);
    let late = as_client(&home.router, "app", "/end_session", &hint).await;
    assert_eq!(late.text("error_description"), "id_token_hint is older than any session", "{}", late.body);
    home.scratch.clock.advance(-1);
    assert_eq!(as_client(&home.router, "app", "/end_session", &hint).await.status, 204);
}

#[tokio::test]
async fn rfc9110_head_has_no_effect_anywhere_a_get_has_one() {
    let mut home = Home::new().await;
    let facts = home.scratch.realm.store.facts.clone();
    let before = grants_of(&facts).await;
    let pairs = [("id_token_hint", home.tokens.id.as_str()), ("post_logout_redirect_uri", BYE)];
    let end_session = format!("/end_session?{}", form(&pairs));
    for path in [authorize("app", &[]), authorize("other", &[]), end_session, "/account/totp".to_owned()] {
        let answer = home.browser.head(&path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.location(), answer.body.as_str()),
            (200, None, ""),
            "{path}"
        );
    }
    assert_eq!(grants_of(&facts).await, before);
    assert!(home.stands().await && home.browser.is_signed_in().await);
    assert_eq!(grants_of(&facts).await, before + 1, "a GET makes one");
}

async fn grants_of(db: &Db) -> i64 {
    database::record! { struct Counted { n: i64 } }
    sql("SELECT COUNT(*) AS n FROM grants").one::<Counted>(db).await.unwrap().n
}
