//! A disabled account: everything of it is dead at once (T14, U2, I10).

use end_to_end::people::{enter_shop, go_to_sign_in, sign_in};
use idp::flow::accounts;

use crate::support::{FULL, customer, eventually, staff};

#[tokio::test]
async fn t14_u2_i10_a_disabled_account_is_dead_everywhere_at_once() {
    let (system, browser, client) = customer().await;
    let (staff, staff_browser, staff_client) = staff(&system).await;
    let people = [
        ("customer", system.demo.email.clone(), &browser, &client),
        ("admin", staff.email.clone(), &staff_browser, &staff_client),
    ];
    for (realm, email, browser, client) in people {
        let tokens = client.tokens(browser, FULL).await;
        let (attempt, code) = client.code(browser, &[("scope", FULL)]).await;
        assert!(accounts::disable(system.realm(realm), &email).await.unwrap());
        assert!(!accounts::disable(system.realm(realm), &email).await.unwrap(), "once");
        assert_eq!(client.userinfo(tokens.access_token()).await.status, 401);
        assert_eq!(client.introspect(tokens.access_token()).await.ok().json["active"], false);
        client.refresh(tokens.refresh_token()).await.refused(400, "invalid_grant");
        client.redeem(&attempt, &code).await.refused(400, "invalid_grant");
        let page = browser.visit(client.authorize(&[("prompt", "none")]).url.as_str()).await;
        assert_eq!(page.callback_param("error").as_deref(), Some("login_required"));
    }
}

#[tokio::test]
async fn s24_a_disabled_account_signs_in_like_a_wrong_password() {
    let (system, _, _) = customer().await;
    let browser = system.browser();
    let page = go_to_sign_in(&browser, &system.urls.storefront).await;
    let wrong = sign_in(&browser, &page, (&system.demo.email, "wrong wrong wrong")).await;
    accounts::disable(system.realm("customer"), &system.demo.email).await.unwrap();
    let disabled = sign_in(&browser, &page, (&system.demo.email, &system.demo.password)).await;
    assert_eq!(disabled.status, wrong.status);
    assert_eq!(disabled.text_of("error-message"), wrong.text_of("error-message"));
}

#[tokio::test]
async fn rs7_a_disabled_customers_session_at_the_shop_ends() {
    let system = end_to_end::System::start().await;
    let browser = system.browser();
    enter_shop(&system, &browser).await;
    accounts::disable(system.realm("customer"), &system.demo.email).await.unwrap();
    eventually(async || !browser.visit(&system.urls.storefront).await.has("signed-in-as")).await;
}
