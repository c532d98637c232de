//! The staff realm as an upstream of the customers' realm: two real realms, over sockets.

use end_to_end::{
    Browser, Page, System,
    people::{Staff, go_to_sign_in, sign_in_demo, sign_in_staff},
    upstream::at_the_staff_realm,
};
use idp::{flow::profile, store::users};

/// From the storefront over the staff realm, and back to the customers' realm.
async fn through_staff(system: &System, browser: &Browser, staff: &Staff) -> Page {
    let page = go_to_sign_in(browser, &system.urls.storefront).await;
    let page = browser.submit(&page.form("upstream-there")).await;
    assert!(page.url.as_str().starts_with(system.issuer("admin")), "{}", page.summary());
    sign_in_staff(system, browser, &page, staff).await
}

#[tokio::test]
async fn up5_a_customer_connects_the_other_realm_once_and_is_let_in_by_it_from_then_on() {
    let (system, staff) = at_the_staff_realm("").await;
    let browser = system.browser();
    let page = through_staff(&system, &browser, &staff).await;
    assert!(page.has("forget") && page.summary().contains(&staff.email), "{}", page.summary());
    let page = browser.submit(&page.form("sign-in").press("sign-in")).await;
    let page = sign_in_demo(&system, &browser, &page).await;
    assert!(page.has("signed-in-as"), "{}", page.summary());
    let fresh = system.browser();
    let page = through_staff(&system, &fresh, &staff).await;
    assert!(page.has("signed-in-as"), "{}", page.summary());
    let realm = system.realm("customer");
    assert!(users::by_email(&realm.store.facts, &staff.email).await.unwrap().is_none(), "no new account");
}

#[tokio::test]
async fn up4_a_trusted_realm_makes_accounts_and_signing_out_here_ends_nothing_there() {
    let (system, staff) = at_the_staff_realm(
        "accounts = \"create\"\ntrusted_email = true\ntrusted_acr = [\"urn:realmkeep:acr:multi-factor\"]\n",
    )
    .await;
    assert!(profile::verify_email(system.realm("admin"), &staff.email).await.unwrap());
    let browser = system.browser();
    let page = through_staff(&system, &browser, &staff).await;
    assert!(page.has("signed-in-as"), "{}", page.summary());
    let facts = &system.realm("customer").store.facts;
    let user = users::by_email(facts, &staff.email).await.unwrap().unwrap();
    assert_eq!((user.name(), user.email_verified_at.is_some()), ("Ada Staff".to_owned(), true));
    assert_eq!(users::roles(facts, &user.id).await.unwrap(), ["individual"], "whatever she is there");
    let there = users::by_email(&system.realm("admin").store.facts, &staff.email).await.unwrap().unwrap();
    assert_ne!(there.id, user.id, "each realm has subjects of its own");
    let page = browser.submit(&page.form("sign-out")).await;
    assert!(!page.has("signed-in-as"), "{}", page.summary());
    let page = go_to_sign_in(&browser, &system.urls.console).await;
    assert!(page.has("card-orders"), "still signed in there: {}", page.summary());
}
