//! What customers do: register, sign in and out, order, look at their orders.

use end_to_end::{
    Browser, Page, System,
    people::{check_out, enter_shop, fill_cart, go_to_sign_in, register, sign_in},
};

const EMAIL: &str = "grace@example.org";

async fn orders(system: &System, browser: &Browser) -> Vec<String> {
    let page = browser.visit(format!("{}/orders", system.urls.storefront)).await;
    assert_eq!(page.status, 200, "{}", page.summary());
    let links = page.elements("a[href]").into_iter().filter_map(|link| link.get("href").map(str::to_owned));
    links.filter(|href| href.starts_with("/orders/")).collect()
}

async fn sign_out(browser: &Browser, page: &Page) -> Page {
    browser.submit(&page.form("sign-out")).await
}

#[tokio::test]
async fn h13_a_newcomer_registers_orders_signs_out_and_in_and_finds_the_order() {
    let system = System::start().await;
    let browser = system.browser();
    fill_cart(&system, &browser).await;
    let page = go_to_sign_in(&browser, &system.urls.storefront).await;
    let page = register(&browser, &page, EMAIL, "Grace").await;
    let page = system.mailbox().confirm(&browser, &page).await;
    assert_eq!(page.text_of("signed-in-as"), "Grace", "{}", page.summary());

    let order = check_out(&system, &browser).await;
    assert!(order.has("thanks"), "the guest's cart came along: {}", order.summary());
    let placed = orders(&system, &browser).await;
    assert_eq!(placed.len(), 1);

    let page = sign_out(&browser, &order).await;
    assert!(!page.has("signed-in-as"), "{}", page.summary());
    let page = browser.visit(format!("{}{}", system.urls.storefront, placed[0])).await;
    assert!(!page.has("order-reference"), "signed out: {}", page.summary());

    let page = go_to_sign_in(&browser, &system.urls.storefront).await;
    let page = sign_in(&browser, &page, (EMAIL, end_to_end::people::PASSWORD)).await;
    assert_eq!(page.text_of("signed-in-as"), "Grace");
    assert_eq!(orders(&system, &browser).await, placed);
}

#[tokio::test]
async fn r3_a_form_sent_twice_places_one_order() {
    let system = System::start().await;
    let browser = system.browser();
    enter_shop(&system, &browser).await;
    let cart = fill_cart(&system, &browser).await;
    let form = cart.form("checkout");
    let (first, second) = tokio::join!(browser.submit(&form), browser.submit(&form));
    assert!(first.has("order-reference") && second.has("order-reference"), "{}", second.summary());
    assert_eq!(first.text_of("order-reference"), second.text_of("order-reference"));
    let again = browser.submit(&form).await;
    assert_eq!(again.text_of("order-reference"), first.text_of("order-reference"));
    assert_eq!(orders(&system, &browser).await.len(), 1);
}

#[tokio::test]
async fn rs2_nobody_sees_another_customers_order() {
    let system = System::start().await;
    let (owner, stranger) = (system.browser(), system.browser());
    enter_shop(&system, &owner).await;
    fill_cart(&system, &owner).await;
    check_out(&system, &owner).await;
    let path = orders(&system, &owner).await.remove(0);
    let page = go_to_sign_in(&stranger, &system.urls.storefront).await;
    let page = register(&stranger, &page, EMAIL, "Grace").await;
    system.mailbox().confirm(&stranger, &page).await;
    for path in [path.clone(), format!("/api{path}")] {
        let page = stranger.visit(format!("{}{path}", system.urls.storefront)).await;
        assert_eq!(page.status, 404, "{}", page.summary());
    }
    assert!(orders(&system, &stranger).await.is_empty());
}

#[tokio::test]
async fn s24_a_wrong_password_and_an_unknown_address_read_the_same() {
    let system = System::start().await;
    let browser = system.browser();
    let page = go_to_sign_in(&browser, &system.urls.storefront).await;
    let known = sign_in(&browser, &page, (&system.demo.email, "not the password at all")).await;
    let unknown = sign_in(&browser, &page, ("nobody@example.org", "not the password at all")).await;
    assert_eq!((known.status, unknown.status), (400.try_into().unwrap(), 400.try_into().unwrap()));
    assert_eq!(known.text_of("error-message"), unknown.text_of("error-message"));
    assert!(browser.cookie(&system.urls.customer_issuer, "rk_customer_session").is_none());
}

#[tokio::test]
async fn w1_w4_bad_new_passwords_are_refused_with_the_reason_and_nothing_is_made() {
    let system = System::start().await;
    let browser = system.browser();
    let page = go_to_sign_in(&browser, &system.urls.storefront).await;
    let page = browser.visit(page.link("register")).await;
    let form = page.form("register-submit").with("email", EMAIL).with("name", "Grace");
    let over_long = "x".repeat(129);
    for password in ["short", "passwordpassword", "grace@example.org", "", &over_long] {
        let page = browser.submit(&form.clone().with("password", password)).await;
        assert_eq!(page.status, 400, "{password}: {}", page.summary());
        assert!(page.has("password-error"), "{password}: {}", page.summary());
    }
    let page = browser.submit(&form.with("password", "velvet tundra 94 marimba")).await;
    let page = system.mailbox().confirm(&browser, &page).await;
    assert!(page.has("signed-in-as"), "the address was still free: {}", page.summary());
}

#[tokio::test]
async fn a15_who_leaves_the_sign_in_page_is_back_at_the_shop_and_signed_out() {
    let system = System::start().await;
    let browser = system.browser();
    let page = go_to_sign_in(&browser, &system.urls.storefront).await;
    let page = browser.visit(page.link("cancel")).await;
    assert!(page.url.as_str().starts_with(&system.urls.storefront), "{}", page.url);
    assert!(page.has("sign-in") && !page.has("signed-in-as"), "{}", page.summary());
}

/// Whether a text has a JWT in it: three parts, the first of which begins like a JSON object. Random values that happen to
/// have these letters are none.
fn has_token(text: &str) -> bool {
    let mut words = text.split(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c)));
    words.any(|word| word.starts_with("eyJ") && word.matches('.').count() == 2)
}

#[tokio::test]
async fn rp1_rp2_the_browser_gets_opaque_cookies_and_never_a_token() {
    let system = System::start().await;
    let browser = system.browser();
    let page = go_to_sign_in(&browser, &system.urls.storefront).await;
    let form = page.form("login-submit").with("username", &system.demo.email);
    let mut page = browser.send(&form.with("password", &system.demo.password)).await;
    let mut cookies = Vec::new();
    loop {
        cookies.extend(
            page.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap().to_owned()),
        );
        assert!(!has_token(&page.body), "a token in {}", page.url);
        assert!(!has_token(page.header("location")));
        let Some(next) = page.next() else { break };
        page = browser.get(next).await;
    }
    assert!(page.has("signed-in-as"), "{}", page.summary());
    let session = cookies.iter().find(|cookie| cookie.starts_with("rk_shop_session=")).unwrap();
    assert!(session.contains("; HttpOnly") && session.contains("; SameSite=Lax"), "{session}");
    assert!(cookies.iter().all(|cookie| cookie.contains("; HttpOnly") && !cookie.contains("Domain")));
    assert!(cookies.iter().all(|cookie| !has_token(cookie) && cookie.len() < 4096));
}
