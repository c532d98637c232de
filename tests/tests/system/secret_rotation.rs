//! A realm's secrets change and nobody notices (P10, K12).

use clock::Clock;
use end_to_end::{
    people::{Staff, code, enter_code, recovery_codes_on, seed_on, sign_in_demo},
    secret_file,
};
use idp::flow::reseal::{self, Resealed};

use crate::support::{FULL, customer};

const KEY: &str = "secrets.key_encryption_key_file";
const PREVIOUS_KEY: &str = "secrets.previous_key_encryption_key_file";
const PEPPER: &str = "secrets.pepper_file";
const PREVIOUS_PEPPER: &str = "secrets.previous_pepper_file";

#[tokio::test]
async fn p10_k12_session_refresh_token_factor_and_password_outlive_a_rotation_of_both_secrets() {
    let (mut system, browser, client) = customer().await;
    let mut tokens = client.tokens(&browser, FULL).await;
    let page = browser.visit(format!("{}/account/totp", system.urls.customer_issuer)).await;
    let seed = seed_on(&page);
    let page = browser.submit(&page.form("otp").with("otp", &code(&seed, system.clock.now()))).await;
    let (email, password) = (system.demo.email.clone(), system.demo.password.clone());
    let person = Staff { email, password, seed, recovery_codes: recovery_codes_on(&page) };
    let form = browser.visit(format!("{}/account/recovery-codes", system.urls.customer_issuer)).await;

    let folder = system.data().join("secrets");
    let key = secret_file::write(&folder, "new.kek", "oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8nHe5Tq");
    let pepper = secret_file::write(&folder, "new.pepper", "T6wq2ZcV9sLk8nHe5oO4cQ1yAqX9Yp0dJm");
    let of = |name: &str| folder.join(name).display().to_string();
    let (old_key, old_pepper) = (of("customer.kek"), of("customer.pepper"));
    // first both are accepted, then the new ones alone
    for round in 0..2 {
        if round == 0 {
            system
                .restart_with(&[
                    ("customer", KEY, &key),
                    ("customer", PREVIOUS_KEY, &old_key),
                    ("customer", PEPPER, &pepper),
                    ("customer", PREVIOUS_PEPPER, &old_pepper),
                ])
                .await;
            let page = browser.submit(&form.form_to("/account/recovery-codes")).await;
            assert_eq!(recovery_codes_on(&page).len(), person.recovery_codes.len(), "{}", page.summary());
        } else {
            let done = reseal::reseal(system.realm("customer")).await.unwrap();
            assert!(done.keys >= 2 && done.seeds == 1 && done.lost.is_empty(), "{done:?}");
            assert_eq!(reseal::reseal(system.realm("customer")).await.unwrap(), Resealed::default());
            system.restart_without(&[("customer", PREVIOUS_KEY), ("customer", PREVIOUS_PEPPER)]).await;
        }
        let (_, silent) = client.code(&browser, &[("prompt", "none")]).await;
        assert!(!silent.is_empty(), "the session goes on");
        tokens = client.refresh(tokens.refresh_token()).await.ok();
        client.userinfo(tokens.access_token()).await.ok();
        // a code of a time step that was not used
        system.clock.advance(60);
        let fresh = system.browser();
        let page = fresh.visit(client.authorize(&[]).url.as_str()).await;
        let page = sign_in_demo(&system, &fresh, &page).await;
        assert!(!enter_code(&system, &fresh, &page, &person).await.code().is_empty(), "round {round}");
    }
}
