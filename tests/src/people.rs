//! What people do in their browsers.

use clock::Clock;
use totp_rs::{Builder, Secret};

use crate::{Browser, Page, System};

/// A member of staff.
#[derive(Debug, Clone)]
pub struct Staff {
    /// What they sign in with.
    pub email: String,
    /// Their password.
    pub password: String,
    /// Base32, as the page showed it.
    pub seed: String,
    /// As the page showed them.
    pub recovery_codes: Vec<String>,
}

/// A password that every policy here accepts.
pub const PASSWORD: &str = "velvet tundra 94 marimba";
/// The address of the first staff account.
pub const STAFF_EMAIL: &str = "ada@staff.example";

/// Fills in and sends the sign-in page.
pub async fn sign_in(browser: &Browser, page: &Page, who: (&str, &str)) -> Page {
    let form = page.form("login-submit").with("username", who.0).with("password", who.1);
    browser.submit(&form).await
}

/// Signs the demo customer in at a sign-in page.
pub async fn sign_in_demo(system: &System, browser: &Browser, page: &Page) -> Page {
    sign_in(browser, page, (&system.demo.email, &system.demo.password)).await
}

/// Makes an account from a sign-in page.
pub async fn register(browser: &Browser, page: &Page, email: &str, name: &str) -> Page {
    let page = browser.visit(page.link("register")).await;
    let form = page.form("register-submit");
    let form = form.with("email", email).with("name", name).with("password", PASSWORD);
    browser.submit(&form).await
}

/// Opens the setup link and makes the first staff account; the browser has a session afterwards.
pub async fn set_up_staff(system: &System, browser: &Browser) -> Staff {
    set_up(browser, &system.setup_link, STAFF_EMAIL, system.clock.now()).await
}

/// Opens a setup link and makes an account with that address, at that time; the browser has a session afterwards.
pub async fn set_up(browser: &Browser, link: &str, email: &str, now: i64) -> Staff {
    let page = begin_set_up_as(browser, link, email).await;
    let seed = seed_on(&page);
    let page = browser.submit(&page.form("otp").with("otp", &code(&seed, now))).await;
    let recovery_codes = recovery_codes_on(&page);
    assert_eq!(recovery_codes.len(), 10, "{}", page.summary());
    Staff { email: email.to_owned(), password: PASSWORD.to_owned(), seed, recovery_codes }
}

/// Fills in the first page behind a setup link; the answer is the page with the seed.
pub async fn begin_set_up(browser: &Browser, link: &str) -> Page {
    begin_set_up_as(browser, link, STAFF_EMAIL).await
}

async fn begin_set_up_as(browser: &Browser, link: &str, email: &str) -> Page {
    let page = browser.visit(link).await;
    let form = page.form("setup-submit").with("email", email).with("name", "Ada Staff");
    browser.submit(&form.with("password", PASSWORD)).await
}

/// Signs staff in at a sign-in page with password and code. The clock goes on one step, because a code works once.
pub async fn sign_in_staff(system: &System, browser: &Browser, page: &Page, staff: &Staff) -> Page {
    let page = sign_in(browser, page, (&staff.email, &staff.password)).await;
    enter_code(system, browser, &page, staff).await
}

/// Enters a fresh code at the page that asks for one.
pub async fn enter_code(system: &System, browser: &Browser, page: &Page, staff: &Staff) -> Page {
    system.clock.advance(30);
    let form = page.form("otp").with("otp", &code(&staff.seed, system.clock.now()));
    browser.submit(&form).await
}

/// The seed on an enrolment page, in base32.
pub fn seed_on(page: &Page) -> String {
    page.text_of("totp-secret").split_whitespace().collect()
}

/// The recovery codes on a page.
pub fn recovery_codes_on(page: &Page) -> Vec<String> {
    assert!(page.has("recovery-codes"), "{}", page.summary());
    page.elements("code").into_iter().map(|code| code.text).collect()
}

/// What the app shows at that time, Unix seconds.
pub fn code(seed: &str, now: i64) -> String {
    let secret = Secret::try_from_base32(seed).expect("a seed in base32");
    let app =
        Builder::new().with_secret(secret).with_account_name("app").build().expect("an authenticator app");
    app.generate(now.cast_unsigned()).to_string()
}

/// Signs the demo customer in at the storefront; the answer is the page afterwards.
pub async fn enter_shop(system: &System, browser: &Browser) -> Page {
    let page = go_to_sign_in(browser, &system.urls.storefront).await;
    let page = sign_in_demo(system, browser, &page).await;
    assert!(page.has("signed-in-as"), "{}", page.summary());
    page
}

/// Presses the sign-in button of the storefront or the console.
pub async fn go_to_sign_in(browser: &Browser, side: &str) -> Page {
    let page = browser.visit(side).await;
    browser.submit(&page.form("sign-in")).await
}

/// Makes the first staff account in this browser and enters the console with it.
pub async fn enter_console(system: &System, browser: &Browser) -> Staff {
    let staff = set_up_staff(system, browser).await;
    let page = go_to_sign_in(browser, &system.urls.console).await;
    assert!(page.has("card-orders"), "{}", page.summary());
    staff
}

/// Puts one of the first product into the cart; the answer is the cart.
pub async fn fill_cart(system: &System, browser: &Browser) -> Page {
    put_into_cart(browser, &system.urls.storefront).await
}

/// Puts one of the first product of a storefront into the cart; the answer is the cart.
pub async fn put_into_cart(browser: &Browser, storefront: &str) -> Page {
    let page = browser.visit(storefront).await;
    let tile = page.elements(".tile-link").into_iter().next().expect("a product");
    let page = browser.visit(page.url.join(tile.get("href").expect("a link")).expect("a link")).await;
    browser.submit(&page.form("add-to-cart")).await
}

/// Orders what is in the cart; the answer is the order's page.
pub async fn check_out(system: &System, browser: &Browser) -> Page {
    let cart = browser.visit(format!("{}/cart", system.urls.storefront)).await;
    browser.submit(&cart.form("checkout")).await
}
