//! The staff realm as an upstream of the customers' realm: two real realms, over sockets.

use end_to_end::{
    Browser, Page, System,
    people::{Staff, go_to_sign_in, set_up_staff, sign_in_demo, sign_in_staff},
};
use idp::{flow::profile, store::users};

const SECRET: &str = "a secret of at least 22 bytes";

/// A system whose customers may sign in at the staff realm, and a member of staff.
async fn connected(more: &str) -> (System, Staff) {
    let mut system = System::start().await;
    let staff = set_up_staff(&system, &system.browser()).await;
    let (customer, admin) = (system.issuer("customer").to_owned(), system.issuer("admin").to_owned());
    let upstream = format!(
        "[[upstream]]\nid = \"staff\"\nname = \"Staff\"\nissuer = \"{admin}\"\nclient_id = \"customers\"\n{more}"
    );
    let client = format!(
        "[[clients]]\nid = \"customers\"\nname = \"Customers\"\nauthentication = \"client_secret_basic\"\n\
         pkce = \"required\"\nredirect_uris = [\"{customer}/upstream/staff/callback\"]\n\
         grants = [\"authorization_code\"]\nscopes = [\"openid\", \"profile\", \"email\"]\nfirst_party = true\n"
    );
    system.stop().await;
    system.add_to_files(&upstream, &client);
    let secrets = [("customer", "upstream.0.client_secret", SECRET), ("admin", "clients.2.secret", SECRET)];
    system.set(&secrets);
    system.start_again().await;
    (system, staff)
}

/// From the storefront over the staff realm, and back to the customers' realm.
async fn through_staff(system: &System, browser: &Browser, staff: &Staff) -> Page {
    let page = go_to_sign_in(browser, &system.urls.storefront).await;
    let page = browser.submit(&page.form("upstream-staff")).await;
    assert!(page.url.as_str().starts_with(system.issuer("admin")), "{}", page.summary());
    sign_in_staff(system, browser, &page, staff).await
}

#[tokio::test]
async fn up5_a_customer_connects_the_other_realm_once_and_is_let_in_by_it_from_then_on() {
    let (system, staff) = connected("").await;
    let browser = system.browser();
    let page = through_staff(&system, &browser, &staff).await;
    assert!(page.has("forget") && page.summary().contains(&staff.email), "{}", page.summary());
    let page = browser.visit(page.link("sign-in").as_str()).await;
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
    let (system, staff) = connected(
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
