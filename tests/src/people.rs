//! Actions of people in their browsers.

use clock::Clock;
use totp_rs::{Builder, Secret};

use crate::{Browser, Page, System};

/// A member of staff.
#[derive(Debug, Clone)]
pub struct Staff {
    /// The e-mail address for signing in.
    pub email: String,
    /// Their password.
    pub password: String,
    /// The TOTP seed in base32, as the page showed it.
    pub seed: String,
    /// The recovery codes, as the page showed them.
    pub recovery_codes: Vec<String>,
}

/// A password that every policy of the shipped realms accepts.
pub const PASSWORD: &str = "velvet tundra 94 marimba";
/// The e-mail address of the first staff account.
pub const STAFF_EMAIL: &str = "ada@staff.example";

/// Fills in and submits the sign-in page.
pub async fn sign_in(browser: &Browser, page: &Page, who: (&str, &str)) -> Page {
    let form = page.form("login-submit").with("username", who.0).with("password", who.1);
    browser.submit(&form).await
}

/// Signs the demo customer in on a sign-in page.
pub async fn sign_in_demo(system: &System, browser: &Browser, page: &Page) -> Page {
    sign_in(browser, page, (&system.demo.email, &system.demo.password)).await
}

/// Registers an account, starting at a sign-in page.
pub async fn register(browser: &Browser, page: &Page, email: &str, name: &str) -> Page {
    let page = browser.visit(page.link("register")).await;
    let form = page.form("register-submit");
    let form = form.with("email", email).with("name", name).with("password", PASSWORD);
    browser.submit(&form).await
}

/// Opens the setup link and creates the first staff account; signs the browser in.
pub async fn set_up_staff(system: &System, browser: &Browser) -> Staff {
    set_up(browser, &system.setup_link, STAFF_EMAIL, system.clock.now()).await
}

/// Opens a setup link and creates an account with this address at the time `now`; signs the browser in.
pub async fn set_up(browser: &Browser, link: &str, email: &str, now: i64) -> Staff {
    let page = begin_set_up_as(browser, link, email).await;
    let seed = seed_on(&page);
    let page = browser.submit(&page.form("otp").with("otp", &code(&seed, now))).await;
    let recovery_codes = recovery_codes_on(&page);
    assert_eq!(recovery_codes.len(), 10, "{}", page.summary());
    Staff { email: email.to_owned(), password: PASSWORD.to_owned(), seed, recovery_codes }
}

/// Fills in the first page behind a setup link. Returns the page with the TOTP seed.
pub async fn begin_set_up(browser: &Browser, link: &str) -> Page {
    begin_set_up_as(browser, link, STAFF_EMAIL).await
}

async fn begin_set_up_as(browser: &Browser, link: &str, email: &str) -> Page {
    let page = browser.visit(link).await;
    let form = page.form("setup-submit").with("email", email).with("name", "Ada Staff");
    browser.submit(&form.with("password", PASSWORD)).await
}

/// Signs staff in on a sign-in page with password and TOTP code. Advances the clock by one step, because a code works
/// only once.
pub async fn sign_in_staff(system: &System, browser: &Browser, page: &Page, staff: &Staff) -> Page {
    let page = sign_in(browser, page, (&staff.email, &staff.password)).await;
    enter_code(system, browser, &page, staff).await
}

/// Enters a new code on the page that asks for one.
pub async fn enter_code(system: &System, browser: &Browser, page: &Page, staff: &Staff) -> Page {
    system.clock.advance(30);
    let form = page.form("otp").with("otp", &code(&staff.seed, system.clock.now()));
    browser.submit(&form).await
}

/// The TOTP seed on an enrolment page, in base32.
pub fn seed_on(page: &Page) -> String {
    page.text_of("totp-secret").split_whitespace().collect()
}

/// The recovery codes on a page.
pub fn recovery_codes_on(page: &Page) -> Vec<String> {
    assert!(page.has("recovery-codes"), "{}", page.summary());
    page.elements("code").into_iter().map(|code| code.text).collect()
}

/// The TOTP code at the time `now`, Unix seconds.
pub fn code(seed: &str, now: i64) -> String {
    let secret = Secret::try_from_base32(seed).expect("a seed in base32");
    let app =
        Builder::new().with_secret(secret).with_account_name("app").build().expect("an authenticator app");
    app.generate(now.cast_unsigned()).to_string()
}

/// Signs the demo customer in at the storefront. Returns the page after signing in.
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

/// Creates the first staff account in this browser and signs in at the console with it.
pub async fn enter_console(system: &System, browser: &Browser) -> Staff {
    let staff = set_up_staff(system, browser).await;
    let page = go_to_sign_in(browser, &system.urls.console).await;
    assert!(page.has("card-orders"), "{}", page.summary());
    staff
}

/// Adds one of the first product to the cart. Returns the cart.
pub async fn fill_cart(system: &System, browser: &Browser) -> Page {
    put_into_cart(browser, &system.urls.storefront).await
}

/// Adds one of the first product of a storefront to the cart. Returns the cart.
pub async fn put_into_cart(browser: &Browser, storefront: &str) -> Page {
    let page = browser.visit(storefront).await;
    let tile = page.elements(".tile-link").into_iter().next().expect("a product");
    let page = browser.visit(page.url.join(tile.get("href").expect("a link")).expect("a link")).await;
    browser.submit(&page.form("add-to-cart")).await
}

/// Orders the content of the cart. Returns the order's page.
pub async fn check_out(system: &System, browser: &Browser) -> Page {
    let cart = browser.visit(format!("{}/cart", system.urls.storefront)).await;
    browser.submit(&cart.form("checkout")).await
}
