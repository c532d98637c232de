//! The secret of a client changes (P10, T5): the realm knows two at a time.

use end_to_end::{
    RelyingParty, System,
    people::{enter_shop, go_to_sign_in, sign_in_demo},
    secret_file,
};

use crate::support::Customer;

const NEW: &str = "9sLk8nHe5Tq2ZcV4cQ1yAqX0oOT6w";

/// The file of a client's secret as the system made it.
fn old_file(system: &System, client: &str) -> String {
    system.data().join(format!("secrets/customer.{client}.secret")).display().to_string()
}

#[tokio::test]
async fn p10_t5_a_client_takes_its_new_secret_when_it_can_and_then_the_old_one_is_refused() {
    let mut system = System::start().await;
    let mut customer = Customer::of(&system).await;
    let (old, new) =
        (customer.client.clone(), RelyingParty { secret: NEW.to_owned(), ..customer.client.clone() });
    new.client_credentials("orders").await.refused(401, "invalid_client");

    let file = secret_file::write(&system.data().join("secrets"), "new.secret", NEW);
    let old_file = old_file(&system, "demo-web");
    system
        .restart_with(&[
            ("customer", "clients.2.secret_file", &file),
            ("customer", "clients.2.previous_secret_file", &old_file),
        ])
        .await;
    for client in [&old, &new] {
        client.client_credentials("orders").await.ok();
        customer.client = client.clone();
        customer.goes_on().await;
    }

    system.restart_without(&[("customer", "clients.2.previous_secret_file")]).await;
    old.client_credentials("orders").await.refused(401, "invalid_client");
    old.refresh(customer.tokens.refresh_token()).await.refused(401, "invalid_client");
    customer.goes_on().await;
}

#[tokio::test]
async fn p10_t5_the_storefront_takes_its_new_secret_when_it_can_and_nobody_is_signed_out() {
    let mut system = System::start().await;
    let browser = system.browser();
    enter_shop(&system, &browser).await;
    let (file, old_file) = (
        secret_file::write(&system.data().join("secrets"), "new.secret", NEW),
        old_file(&system, "storefront"),
    );
    let old = system.client_secret("customer", "storefront");

    // in the manual's order: the realm knows both, the storefront has the new one, the realm knows the new one only
    let both = [
        ("customer", "clients.0.secret_file", file.as_str()),
        ("customer", "clients.0.previous_secret_file", &old_file),
        ("shop-api", "realm.client_secret", &old),
    ];
    system.restart_with(&both).await;
    stays_in_and_enters(&system, &browser).await;
    system.restart_with(&[("shop-api", "realm.client_secret", NEW)]).await;
    stays_in_and_enters(&system, &browser).await;
    system.restart_without(&[("customer", "clients.0.previous_secret_file")]).await;
    stays_in_and_enters(&system, &browser).await;

    // one that was left behind lets nobody in
    system.restart_with(&[("shop-api", "realm.client_secret", &old)]).await;
    let late = system.browser();
    let page = go_to_sign_in(&late, &system.urls.storefront).await;
    let page = sign_in_demo(&system, &late, &page).await;
    assert!(!page.has("signed-in-as"), "{}", page.summary());
}

/// The session of before goes on past the life of its access token, and another one begins.
async fn stays_in_and_enters(system: &System, browser: &end_to_end::Browser) {
    system.clock.advance(601);
    let page = browser.visit(format!("{}/orders", system.urls.storefront)).await;
    assert!(page.has("signed-in-as"), "{}", page.summary());
    enter_shop(system, &system.browser()).await;
}
