//! The key-encryption key changes by the commands of an operator (P10, K12): without haste, and when it was stolen.

use clock::{Clock, SystemClock};
use end_to_end::{
    Browser, Page, Program, RelyingParty,
    people::{code, recovery_codes_on, seed_on, sign_in},
    relying_party::JsonAnswer,
    secret_file,
};
use serde_json::Value;

use crate::support::{FULL, eventually};

const KEY: &str = "REALMKEEP_CUSTOMER__SECRETS__KEY_ENCRYPTION_KEY_FILE";
const PREVIOUS: &str = "REALMKEEP_CUSTOMER__SECRETS__PREVIOUS_KEY_ENCRYPTION_KEY_FILE";

/// The demo customer with a session, tokens and a second factor.
struct Demo {
    browser: Browser,
    client: RelyingParty,
    tokens: JsonAnswer,
    seed: String,
}

impl Demo {
    async fn of(program: &Program) -> Self {
        let (browser, client) = (program.browser(), program.client("customer").await);
        enter(program, &browser, &client).await;
        let tokens = client.tokens(&browser, FULL).await;
        let page = browser.visit(format!("{}/account/totp", program.url("customer_issuer"))).await;
        let seed = seed_on(&page);
        let page = browser.submit(&page.form("otp").with("otp", &code(&seed, SystemClock.now()))).await;
        recovery_codes_on(&page);
        Self { browser, client, tokens, seed }
    }

    /// Signs in in a browser that was never seen, with the next code: the one of the enrolment works no second time.
    async fn signs_in(&self, program: &Program) {
        let fresh = program.browser();
        let page = enter(program, &fresh, &self.client).await;
        let page =
            fresh.submit(&page.form("otp").with("otp", &code(&self.seed, SystemClock.now() + 30))).await;
        assert!(!page.code().is_empty(), "{}", page.summary());
    }
}

/// Enters the password of the demo customer.
async fn enter(program: &Program, browser: &Browser, client: &RelyingParty) -> Page {
    let (email, password) = program.demo();
    let page = browser.visit(client.authorize(&[]).url.as_str()).await;
    sign_in(browser, &page, (&email, &password)).await
}

fn kids(keys: &Value) -> Vec<&str> {
    keys["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap()).collect()
}

/// Gives the realm another key, and the old one as the previous one.
fn change_key(program: &mut Program) {
    let folder = program.data().join("secrets");
    program.set(KEY, &secret_file::write(&folder, "new.kek", "oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8nHe5Tq"));
    program.set(PREVIOUS, &folder.join("customer.kek").display().to_string());
    program.kill_and_restart();
}

/// Seals everything with the current key, beside the realm at work.
fn reseal(program: &Program) {
    let (done, reported) = program.operate("secrets reseal --realm customer");
    assert!(done && reported.contains("1 TOTP seeds") && !reported.contains(" 0 signing keys"), "{reported}");
    let (done, reported) = program.operate("secrets reseal --realm customer");
    assert!(done && reported.contains(": 0 signing keys, 0 TOTP seeds"), "{reported}");
}

#[tokio::test]
async fn p10_k12_an_operator_reseals_while_the_realm_is_served_and_the_old_key_can_go() {
    let mut program = Program::start().await;
    let demo = Demo::of(&program).await;
    change_key(&mut program);
    let tokens = demo.client.refresh(demo.tokens.refresh_token()).await.ok();
    reseal(&program);
    program.unset(PREVIOUS);
    program.kill_and_restart();
    let (_, silent) = demo.client.code(&demo.browser, &[("prompt", "none")]).await;
    assert!(!silent.is_empty(), "the session goes on");
    demo.client.userinfo(tokens.access_token()).await.ok();
    demo.client.refresh(tokens.refresh_token()).await.ok();
    demo.signs_in(&program).await;
}

#[tokio::test]
async fn p10_k12_a_stolen_key_is_of_no_use_any_more_and_its_owners_sign_in_again() {
    let mut program = Program::start().await;
    let demo = Demo::of(&program).await;
    let form = demo.browser.visit(format!("{}/account/recovery-codes", program.url("customer_issuer"))).await;
    let form = form.form_to("/account/recovery-codes");
    let keys = demo.client.jwks().await;
    change_key(&mut program);
    reseal(&program);
    // at once, not after the life of refresh tokens
    program.unset(PREVIOUS);
    program.kill_and_restart();
    demo.client.refresh(demo.tokens.refresh_token()).await.refused(400, "invalid_grant");
    let page = demo.browser.submit(&form).await;
    assert!(!page.has("recovery-codes"), "a form under the old key: {}", page.summary());

    let (done, reported) = program.operate("sessions end-all --realm customer --yes");
    assert!(done, "{reported}");
    assert_eq!(demo.client.userinfo(demo.tokens.access_token()).await.status, 401);
    let page = demo.browser.visit(demo.client.authorize(&[("prompt", "none")]).url.as_str()).await;
    assert_eq!(page.callback_param("error").as_deref(), Some("login_required"));
    // a realm at work notices by itself
    eventually(async || {
        let now = demo.client.jwks().await;
        kids(&now).iter().all(|kid| !kids(&keys).contains(kid))
    })
    .await;

    let file = program.data().join("new.backup");
    let (done, reported) = program.operate(&format!("backup --realm customer {}", file.display()));
    assert!(done, "{reported}");
    // nobody has a copy of the database: seeds stay
    demo.signs_in(&program).await;
}

#[tokio::test]
async fn k12_a_realm_does_not_start_on_another_key_alone() {
    let mut program = Program::start().await;
    let folder = program.data().join("secrets");
    program.set(KEY, &secret_file::write(&folder, "new.kek", "oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8nHe5Tq"));
    let reported = program.kill_and_fail_to_start();
    assert!(reported.contains("no key-encryption key that was given opens signing key"), "{reported}");
}
