//! `idp secrets reseal` beside a realm at work, and the old key-encryption key goes (P10, K12).

use end_to_end::{
    Browser, Page, Program, RelyingParty,
    people::{code, recovery_codes_on, seed_on, sign_in},
};
use service::clock::{Clock, SystemClock};

use crate::support::{FULL, secret};

const KEY: &str = "REALMKEEP_CUSTOMER__SECRETS__KEY_ENCRYPTION_KEY_FILE";
const PREVIOUS: &str = "REALMKEEP_CUSTOMER__SECRETS__PREVIOUS_KEY_ENCRYPTION_KEY_FILE";

/// Signs the demo customer in.
async fn enter(program: &Program, browser: &Browser, client: &RelyingParty) -> Page {
    let (email, password) = program.demo();
    let page = browser.visit(client.authorize(&[]).url.as_str()).await;
    sign_in(browser, &page, (&email, &password)).await
}

#[tokio::test]
async fn p10_k12_an_operator_reseals_while_the_realm_is_served_and_the_old_key_can_go() {
    let mut program = Program::start().await;
    let (browser, client) = (program.browser(), program.client("customer").await);
    enter(&program, &browser, &client).await;
    let tokens = client.tokens(&browser, FULL).await;
    let page = browser.visit(format!("{}/account/totp", program.url("customer_issuer"))).await;
    let seed = seed_on(&page);
    let page = browser.submit(&page.form("otp").with("otp", &code(&seed, SystemClock.now()))).await;
    recovery_codes_on(&page);

    let folder = program.data().join("secrets");
    program.set(KEY, &secret(&folder, "new.kek", "oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8nHe5Tq"));
    program.set(PREVIOUS, &folder.join("customer.kek").display().to_string());
    program.kill_and_restart();
    let tokens = client.refresh(tokens.refresh_token()).await.ok();
    let (done, told) = program.operate("secrets reseal --realm customer");
    assert!(done && told.contains("1 TOTP seeds") && !told.contains(" 0 signing keys"), "{told}");
    let (done, told) = program.operate("secrets reseal --realm customer");
    assert!(done && told.contains(": 0 signing keys, 0 TOTP seeds"), "{told}");

    program.unset(PREVIOUS);
    program.kill_and_restart();
    let (_, silent) = client.code(&browser, &[("prompt", "none")]).await;
    assert!(!silent.is_empty(), "the session goes on");
    client.userinfo(tokens.access_token()).await.ok();
    client.refresh(tokens.refresh_token()).await.ok();
    let fresh = program.browser();
    let page = enter(&program, &fresh, &client).await;
    // the next code: the one of the enrolment works no second time
    let page = fresh.submit(&page.form("otp").with("otp", &code(&seed, SystemClock.now() + 30))).await;
    assert!(!page.code().is_empty(), "{}", page.summary());
}

#[tokio::test]
async fn k12_a_realm_does_not_start_on_another_key_alone() {
    let mut program = Program::start().await;
    let folder = program.data().join("secrets");
    program.set(KEY, &secret(&folder, "new.kek", "oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8nHe5Tq"));
    let told = program.kill_and_fail_to_start();
    assert!(told.contains("no key-encryption key that was given opens signing key"), "{told}");
}
