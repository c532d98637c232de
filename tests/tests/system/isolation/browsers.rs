//! What browsers hold: sessions, form tokens, sign-ins under way, accounts.

use end_to_end::{
    Browser, Page, System,
    people::{STAFF_EMAIL, begin_set_up, go_to_sign_in, register, sign_in},
};

use super::party::{Party, both, directions};

/// A browser at the sign-in page of that realm, without a session.
async fn at_sign_in(system: &System, party: &Party) -> (Browser, Page) {
    let browser = system.browser().with_separate_jars();
    let page = browser.visit(party.client.authorize(&[("prompt", "login")]).url.as_str()).await;
    assert!(page.has("login-submit"), "{}", page.summary());
    (browser, page)
}

#[tokio::test]
async fn i1_a_session_is_none_at_the_other_realm_under_either_name() {
    let (system, parties) = both().await;
    for (own, other) in directions(&parties) {
        for name in [own.cookie_name("session"), other.cookie_name("session")] {
            let browser = system.browser();
            browser.set_cookie(other.client.issuer(), &name, &own.cookie("session"));
            browser.set_cookie(other.client.issuer(), &other.cookie_name("browser"), &own.cookie("browser"));
            let page = browser.visit(other.client.authorize(&[("prompt", "none")]).url.as_str()).await;
            assert_eq!(page.callback_param("error").as_deref(), Some("login_required"), "{name}");
        }
        let page = own.browser.visit(own.at("/account")).await;
        assert!(page.url.path() == "/account", "the session still works at home: {}", page.summary());
    }
}

#[tokio::test]
async fn i2_a_form_token_is_refused_by_the_other_realm_and_still_works_in_its_own() {
    let (system, parties) = both().await;
    for (own, other) in directions(&parties) {
        let (own_browser, own_page) = at_sign_in(&system, own).await;
        let binding = own_browser.cookie(own.client.issuer(), &own.cookie_name("browser")).unwrap();
        let other_browser = system.browser().with_separate_jars();
        // the most that an attacker could arrange: the very same browser binding at both
        other_browser.set_cookie(other.client.issuer(), &other.cookie_name("browser"), &binding);
        let other_page = other_browser.visit(other.client.authorize(&[]).url.as_str()).await;
        let own_form =
            own_page.form("login-submit").with("username", "a@b.example").with("password", "nothing at all");
        let stolen = own_form.value("csrf").unwrap();
        let other_form =
            other_page.form("login-submit").with("username", "a@b.example").with("password", "x");
        let page = other_browser.submit(&other_form.clone().with("csrf", stolen)).await;
        assert_eq!((page.status.as_u16(), page.error_code().as_deref()), (403, Some("stale_form")));
        assert_eq!(
            other_browser.submit(&other_form).await.status,
            400,
            "with its own token: a wrong password"
        );
        assert_eq!(own_browser.submit(&own_form).await.status, 400, "the shown token still works at home");
    }
}

#[tokio::test]
async fn i2_a_sign_in_under_way_is_unknown_to_the_other_realm_and_goes_on_in_its_own() {
    let (system, parties) = both().await;
    for (own, other) in directions(&parties) {
        let (own_browser, own_page) = at_sign_in(&system, own).await;
        let binding = own_browser.cookie(own.client.issuer(), &own.cookie_name("browser")).unwrap();
        let stranger = system.browser().with_separate_jars();
        stranger.set_cookie(other.client.issuer(), &other.cookie_name("browser"), &binding);
        let path = own_page.url.path().to_owned();
        for end in ["", "/cancel", "/again"] {
            let page = stranger.get(other.at(&format!("{path}{end}"))).await;
            assert_eq!((page.status.as_u16(), page.location()), (404, None), "{end}");
        }
        let page = own_browser.visit(own.at(&path)).await;
        assert!(page.has("login-submit"), "{}", page.summary());
    }
}

#[tokio::test]
async fn i2_a_sign_in_under_way_belongs_to_the_browser_that_began_it() {
    let (system, parties) = both().await;
    for (own, _) in directions(&parties) {
        let (owner, page) = at_sign_in(&system, own).await;
        let thief = system.browser();
        let seen = thief.get(page.url.as_str()).await;
        assert_eq!((seen.status.as_u16(), seen.location()), (404, None));
        assert!(owner.visit(page.url.as_str()).await.has("login-submit"));
    }
}

#[tokio::test]
async fn i2_a_setup_link_is_unknown_to_the_other_realm_and_still_works_in_its_own() {
    let system = System::start().await;
    let elsewhere = system.setup_link.replace(&system.urls.admin_issuer, &system.urls.customer_issuer);
    assert_eq!(system.browser().get(elsewhere).await.status, 404);
    let page = begin_set_up(&system.browser(), &system.setup_link).await;
    assert!(page.has("totp-secret"), "{}", page.summary());
}

#[tokio::test]
async fn i5_one_address_in_both_realms_is_two_accounts_with_passwords_and_locks_of_their_own() {
    let (system, parties) = both().await;
    let [_, staff] = &parties;
    let browser = system.browser();
    let page = go_to_sign_in(&browser, &system.urls.storefront).await;
    let page = browser.visit(page.link("register")).await;
    let form = page.form("register-submit").with("email", STAFF_EMAIL).with("name", "Ada");
    let page = browser.submit(&form.with("password", "quite another long password")).await;
    let page = system.mailbox().confirm(&browser, &page).await;
    assert!(page.has("signed-in-as"), "{}", page.summary());

    let (stranger, page) = at_sign_in(&system, staff).await;
    let wrong = sign_in(&stranger, &page, (STAFF_EMAIL, "quite another long password")).await;
    assert_eq!(wrong.status, 400, "the customer's password opens nothing: {}", wrong.summary());
    for _ in 0..25 {
        sign_in(&stranger, &page, (STAFF_EMAIL, "wrong wrong wrong")).await;
    }
    let locked = sign_in(&stranger, &page, (STAFF_EMAIL, end_to_end::people::PASSWORD)).await;
    assert_eq!(locked.status, 429, "{}", locked.summary());
    let fresh = system.browser();
    let page = go_to_sign_in(&fresh, &system.urls.storefront).await;
    let page = sign_in(&fresh, &page, (STAFF_EMAIL, "quite another long password")).await;
    assert!(page.has("signed-in-as"), "the other realm's lock is not ours: {}", page.summary());
}

#[tokio::test]
async fn i7_a_new_customer_with_any_name_gets_no_staff_rights() {
    let (system, _) = both().await;
    let browser = system.browser();
    let page = go_to_sign_in(&browser, &system.urls.storefront).await;
    let page = register(&browser, &page, "super_admin@shop.example", "super_admin").await;
    let page = system.mailbox().confirm(&browser, &page).await;
    assert!(page.has("signed-in-as"), "{}", page.summary());
    let console = browser.visit(&system.urls.console).await;
    assert!(console.has("sign-in") && !console.has("card-orders"), "{}", console.summary());
    let page = go_to_sign_in(&browser, &system.urls.console).await;
    assert!(page.has("login-submit"), "the customer's session is none here: {}", page.summary());
    assert!(!page.has("register"), "and nobody registers as staff");
    let register = browser.get(format!("{}?view=register", page.url)).await;
    assert!(!register.has("register-submit"), "{}", register.summary());
}
