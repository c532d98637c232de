//! A second factor is demanded of people with some roles, or nothing but a passkey will do (MF6, MF9).

use idp::flow::{
    accounts::roles::{self, Change},
    setup,
};
use test_browser::{Authenticator, Page};

use crate::{
    app::{Browser, Tokens, bearer, realm_with, redeem, refresh, router},
    harness::{PASSWORD, Scratch},
    passkeys::{ceremony, claims_of, filled},
};

const ADA: &str = "ada@example.com";
const ISSUER: &str = "http://localhost:7001";
const DEALERS: [(&str, &str); 2] =
    [("roles.dealer.permissions", "orders_read"), ("factors.required_for_roles", "dealer")];
const PASSKEYS_ONLY: [(&str, &str); 2] =
    [("factors.second", "required"), ("factors.phishing_resistant", "true")];

async fn change_roles(scratch: &Scratch, change: Change) {
    let user = idp::store::users::by_email(&scratch.realm.store.facts, ADA).await.unwrap().unwrap();
    roles::change(&scratch.realm, &user, &change).await.unwrap();
}

async fn becomes_a_dealer(scratch: &Scratch) {
    change_roles(scratch, Change::Add(vec!["dealer".to_owned()])).await;
}

/// The page of a sign-in in which the password was just typed.
async fn typed(scratch: &Scratch) -> (Browser, String, Page) {
    let browser = Browser::signed_in(scratch, &router(&scratch.realm, scratch), ADA).await;
    let interaction = browser.interaction("app", &[("scope", "openid offline_access")]).await;
    let page = browser.get(&interaction).await;
    (browser, interaction, page)
}

/// Sets an authenticator app up on that page; its seed.
async fn with_app(scratch: &Scratch, browser: &Browser, page: &Page) -> String {
    let seed = page.text_of("totp-secret");
    let done = browser.send(&page.form("otp").with("otp", &scratch.code(&seed))).await;
    assert!(done.has("recovery-codes"), "{}", done.body);
    seed
}

/// Whether userinfo answers and a refresh gives tokens.
async fn stands(browser: &Browser, tokens: &Tokens) -> bool {
    let said = bearer(browser.transport(), "/userinfo", &tokens.access).await.status;
    let refreshed = refresh(browser.transport(), "app", &tokens.refresh).await.status;
    assert_eq!(said == 200, refreshed == 200, "{said} {refreshed}");
    said == 200
}

#[tokio::test]
async fn mf6_who_gets_such_a_role_needs_a_second_factor_from_then_on() {
    let scratch = realm_with(&DEALERS).await;
    scratch.account(ADA).await;
    let browser = Browser::signed_in(&scratch, &router(&scratch.realm, &scratch), ADA).await;
    let tokens = browser.tokens("app", "openid offline_access").await;
    let code = browser.authorize("app", &[]).await.param("code").unwrap();
    assert!(stands(&browser, &tokens).await);
    becomes_a_dealer(&scratch).await;
    assert!(!stands(&browser, &tokens).await, "what one factor got ends");
    assert_eq!(redeem(browser.transport(), "app", &code).await.status, 400, "also a code of before");
    let silent = browser.authorize("app", &[("prompt", "none")]).await;
    assert_eq!(silent.param("error").as_deref(), Some("interaction_required"));
    assert_ne!(browser.get("/account").await.status, 200, "nor do pages open");
    let interaction = browser.interaction("app", &[("scope", "openid offline_access")]).await;
    let page = browser.get(&interaction).await;
    with_app(&scratch, &browser, &page).await;
    let code = browser.get(&interaction).await.param("code").unwrap();
    let answer = redeem(browser.transport(), "app", &code).await;
    assert_eq!(claims_of(&answer.text("id_token"))["acr"], protocol::acr::MULTI);
    change_roles(&scratch, Change::Remove(vec!["dealer".to_owned()])).await;
    assert!(stands(&browser, &tokens).await, "what was only suspended stands again without the role");
}

#[tokio::test]
async fn i12_no_browser_is_trusted_for_somebody_with_such_a_role() {
    let scratch = realm_with(&DEALERS).await;
    scratch.account(ADA).await;
    let browser = Browser::signed_in(&scratch, &router(&scratch.realm, &scratch), ADA).await;
    let page = browser.get("/account/totp").await;
    let seed = with_app(&scratch, &browser, &page).await;
    scratch.clock.advance(3 * 3600);
    let sign_in = async |browser: &Browser| {
        let interaction = browser.interaction("app", &[]).await;
        let fields = [("username", ADA), ("password", PASSWORD)];
        browser.fill(&interaction, &format!("{interaction}/sign-in"), &fields).await;
        browser.get(&interaction).await
    };
    let page = sign_in(&browser).await;
    let form = page.form("otp").with("otp", &scratch.code(&seed)).with("trust", "yes");
    assert_eq!(browser.send(&form).await.status, 303);
    scratch.clock.advance(3 * 3600);
    assert!(sign_in(&browser).await.param("code").is_some(), "a member's browser is trusted");
    becomes_a_dealer(&scratch).await;
    scratch.clock.advance(3 * 3600);
    let page = sign_in(&browser).await;
    assert!(page.has("otp") && !page.has("trust"), "{}", page.body);
    let form = page.form("otp").with("otp", &scratch.code(&seed)).with("trust", "yes");
    assert_eq!(browser.send(&form).await.status, 303);
    assert!(!browser.get("/account/sessions").await.has("trusted"));
}

#[tokio::test]
async fn mf8_the_last_factor_of_somebody_with_such_a_role_stays() {
    let scratch = realm_with(&DEALERS).await;
    scratch.account(ADA).await;
    let browser = Browser::signed_in(&scratch, &router(&scratch.realm, &scratch), ADA).await;
    let mut device = Authenticator::new(ISSUER);
    let (fields, options) = ceremony(&browser.get("/account/passkeys").await);
    browser.post("/account/passkeys", &filled(fields, &device.create(&options))).await;
    becomes_a_dealer(&scratch).await;
    let page = browser.get("/account/passkeys").await;
    let (csrf, id) = (page.field("csrf"), page.field("id"));
    let fields = [("csrf", csrf.as_str()), ("id", id.as_str()), ("change", "remove")];
    let refused = browser.post("/account/passkeys", &fields).await;
    assert_eq!(refused.status, 400, "{}", refused.body);
    change_roles(&scratch, Change::Remove(vec!["dealer".to_owned()])).await;
    let csrf = browser.get("/account/passkeys").await.field("csrf");
    let fields = [("csrf", csrf.as_str()), ("id", id.as_str()), ("change", "remove")];
    assert_eq!(browser.post("/account/passkeys", &fields).await.status, 303);
}

#[tokio::test]
async fn mf9_a_passkey_alone_is_set_up_where_nothing_else_will_do() {
    let scratch = realm_with(&PASSKEYS_ONLY).await;
    scratch.account(ADA).await;
    let (browser, interaction, page) = typed(&scratch).await;
    assert!(!page.has("totp-secret") && !page.has("otp"), "{}", page.body);
    let action = format!("{interaction}/enrol");
    let csrf = page.field("csrf");
    let tried = browser.post(&action, &[("csrf", csrf.as_str()), ("otp", "123456")]).await;
    assert_eq!(tried.status, 400, "an app is not taken: {}", tried.body);
    let (fields, options) = ceremony(&tried);
    let mut device = Authenticator::new(ISSUER);
    let done = browser.post(&action, &filled(fields, &device.create(&options))).await;
    assert_eq!(done.location(), Some(interaction.as_str()), "without recovery codes: {}", done.body);
    let code = browser.get(&interaction).await.param("code").unwrap();
    let claims = claims_of(&redeem(browser.transport(), "app", &code).await.text("id_token"));
    assert_eq!(claims["acr"], "phr");
    let account = browser.get("/account").await;
    assert!(!account.has("enrol") && !account.has("new-codes"), "{}", account.body);
    assert_eq!(browser.get("/account/totp").await.location(), Some("/account/passkeys"));
    let csrf = account.field("csrf");
    let codes = browser.post("/account/recovery-codes", &[("csrf", csrf)]).await;
    assert_eq!(codes.location(), Some("/account/passkeys"));
    let (_, _, next) = typed(&scratch).await;
    assert!(!next.has("otp") && !next.has("recovery"), "{}", next.body);
    assert_eq!(next.elements("form[data-passkey=get]").len(), 1);
}

#[tokio::test]
async fn mf9_an_app_of_before_leads_to_a_passkey_and_no_further() {
    let scratch = realm_with(&[("factors.second", "required")]).await;
    scratch.account(ADA).await;
    let (browser, interaction, page) = typed(&scratch).await;
    let seed = with_app(&scratch, &browser, &page).await;
    let code = browser.get(&interaction).await.param("code").unwrap();
    let answer = redeem(browser.transport(), "app", &code).await;
    let tokens = ["access_token", "refresh_token", "id_token"].map(|name| answer.text(name));
    let [access, refresh, id] = tokens;
    let tokens = Tokens { access, refresh, id };
    assert!(stands(&browser, &tokens).await);
    let stricter = scratch.changed(&PASSKEYS_ONLY).await;
    let browser = browser.at(router(&stricter, &scratch));
    assert!(!stands(&browser, &tokens).await, "q7 what the app got stands no more");
    scratch.clock.advance(60);
    let fresh = Browser::signed_in(&scratch, browser.transport(), ADA).await;
    let interaction = fresh.interaction("app", &[]).await;
    let page = fresh.get(&interaction).await;
    assert!(page.has("otp"), "mf5 the password alone sets nothing up: {}", page.body);
    let proved = fresh.send(&page.form("otp").with("otp", &scratch.code(&seed))).await;
    assert_eq!(proved.location(), Some(interaction.as_str()), "{}", proved.body);
    let page = fresh.get(&interaction).await;
    assert!(page.param("code").is_none() && !page.has("totp-secret"), "{}", page.body);
    let (fields, options) = ceremony(&page);
    let mut device = Authenticator::new(ISSUER);
    let done = fresh.post(&format!("{interaction}/enrol"), &filled(fields, &device.create(&options))).await;
    assert_eq!(done.location(), Some(interaction.as_str()), "{}", done.body);
    assert!(fresh.get(&interaction).await.param("code").is_some());
    let other = Browser::signed_in(&scratch, browser.transport(), ADA).await;
    let interaction = other.interaction("app", &[]).await;
    let page = other.get(&interaction).await;
    assert!(!page.has("otp") && !page.has("recovery"), "then only the passkey does: {}", page.body);
    scratch.clock.advance(60);
    let code = scratch.code(&seed);
    let forms = [("second-factor", "otp", code.as_str()), ("recovery", "recovery_code", "AAAA")];
    for (action, field, value) in forms {
        let csrf = other.get(&interaction).await.field("csrf");
        let tried =
            other.post(&format!("{interaction}/{action}"), &[("csrf", csrf.as_str()), (field, value)]).await;
        assert_eq!(tried.location(), Some(interaction.as_str()), "{action}");
        assert!(other.get(&interaction).await.param("code").is_none(), "{action}");
    }
}

#[tokio::test]
async fn mf9_the_last_passkey_stays_even_beside_an_app() {
    let scratch = realm_with(&[]).await;
    scratch.account(ADA).await;
    let browser = Browser::signed_in(&scratch, &router(&scratch.realm, &scratch), ADA).await;
    let page = browser.get("/account/totp").await;
    with_app(&scratch, &browser, &page).await;
    let mut device = Authenticator::new(ISSUER);
    let (fields, options) = ceremony(&browser.get("/account/passkeys").await);
    browser.post("/account/passkeys", &filled(fields, &device.create(&options))).await;
    let browser = browser.at(router(&scratch.changed(&PASSKEYS_ONLY).await, &scratch));
    let page = browser.get("/account/passkeys").await;
    let (csrf, id) = (page.field("csrf"), page.field("id"));
    let fields = [("csrf", csrf.as_str()), ("id", id.as_str()), ("change", "remove")];
    assert_eq!(browser.post("/account/passkeys", &fields).await.status, 400);
}

#[tokio::test]
async fn mf9_staff_get_a_passkey_by_a_setup_link_and_nothing_else() {
    let staff = [("staff", "true"), ("tokens.access", "5m")];
    let scratch = realm_with(&[PASSKEYS_ONLY.as_slice(), &staff].concat()).await;
    scratch.account(ADA).await;
    let (_, _, page) = typed(&scratch).await;
    assert_eq!(page.status, 403);
    assert!(page.body.contains("passkey"), "{}", page.body);
    let link = setup::issue_link(&scratch.realm, "member", 3600).await.unwrap();
    let path = link.strip_prefix(ISSUER).unwrap();
    let browser = Browser::fresh(&router(&scratch.realm, &scratch));
    let fields = [("email", "eve@example.com"), ("name", "Eve"), ("password", PASSWORD)];
    let begun = browser.fill(path, path, &fields).await;
    let factor = begun.location().unwrap().to_owned();
    let page = browser.get(&factor).await;
    assert!(!page.has("totp-secret"), "{}", page.body);
    let csrf = page.field("csrf");
    let tried = browser.post(&factor, &[("csrf", csrf.as_str()), ("otp", "123456")]).await;
    assert_eq!(tried.status, 400, "{}", tried.body);
    let (fields, options) = ceremony(&tried);
    let mut device = Authenticator::new(ISSUER);
    let done = browser.post(&factor, &filled(fields, &device.create(&options))).await;
    assert_eq!(done.status, 303, "without recovery codes: {}", done.body);
    assert!(browser.is_signed_in().await);
}

#[tokio::test]
async fn disc5_mf9_discovery_tells_what_can_be_told() {
    let values = async |more: &[(&str, &str)]| {
        let scratch = realm_with(more).await;
        let browser = Browser::fresh(&router(&scratch.realm, &scratch));
        browser.get("/.well-known/openid-configuration").await.json()["acr_values_supported"].clone()
    };
    assert_eq!(values(&PASSKEYS_ONLY).await, serde_json::json!([protocol::acr::MULTI, "phr"]));
    let roles = [DEALERS.as_slice(), &[("factors.phishing_resistant", "true")]].concat();
    let all = serde_json::json!([protocol::acr::SINGLE, protocol::acr::MULTI, "phr"]);
    assert_eq!(values(&roles).await, all, "members sign in by one factor");
}
