//! Steps that several tests take.

use clock::Clock;
use end_to_end::{
    Chrome, System,
    people::{PASSWORD, STAFF_EMAIL, Staff, code},
};
use thirtyfour::By;

/// The address of the customer who registers.
pub const CUSTOMER: &str = "anna@customer.example";

/// From the storefront to the sign-in page.
pub async fn to_sign_in(chrome: &Chrome, system: &System) {
    chrome.open(&system.urls.storefront).await;
    chrome.press("sign-in").await;
    chrome.arrive("username").await;
}

/// Looks at the storefront until the realm's notice has ended the session there: it comes soon, in the background.
pub async fn until_signed_out(chrome: &Chrome, system: &System) {
    for _ in 0..200 {
        chrome.open(&system.urls.storefront).await;
        if !chrome.has("signed-in-as").await {
            return;
        }
    }
    panic!("the storefront never heard of the sign-out");
}

/// Fills in and sends the sign-in page.
pub async fn enter(chrome: &Chrome, who: (&str, &str)) {
    chrome.arrive("username").await;
    chrome.fill("username", who.0).await;
    chrome.fill("password", who.1).await;
    chrome.press("login-submit").await;
}

/// Signs the demo customer in at the storefront.
pub async fn sign_in_demo(chrome: &Chrome, system: &System) {
    to_sign_in(chrome, system).await;
    enter(chrome, demo(system)).await;
    chrome.arrive("signed-in-as").await;
}

/// The demo customer's address and password.
pub fn demo(system: &System) -> (&str, &str) {
    (&system.demo.email, &system.demo.password)
}

/// From a sign-in page to a new account.
pub async fn register(chrome: &Chrome, system: &System) {
    chrome.press("register").await;
    chrome.arrive("email").await;
    chrome.fill("email", CUSTOMER).await;
    chrome.fill("name", "Anna Customer").await;
    chrome.fill("password", PASSWORD).await;
    chrome.press("register-submit").await;
    confirm(chrome, system).await;
}

/// Types the mailed code of a new account.
pub async fn confirm(chrome: &Chrome, system: &System) {
    chrome.arrive("mailed-submit").await;
    let code = system.mailbox().code(CUSTOMER, "Confirm your e-mail address").await;
    chrome.fill("code", &code).await;
    chrome.press("mailed-submit").await;
}

/// Puts one piece of the first product into the cart, and opens the cart.
pub async fn fill_cart(chrome: &Chrome, system: &System) {
    chrome.open(&system.urls.storefront).await;
    chrome.press_first(".tile-link").await;
    chrome.arrive("add-to-cart").await;
    chrome.press("add-to-cart").await;
    chrome.arrive("cart-lines").await;
}

/// Fills in the first page behind the setup link.
pub async fn begin_set_up(chrome: &Chrome, system: &System) {
    chrome.open(&system.setup_link).await;
    chrome.fill("email", STAFF_EMAIL).await;
    chrome.fill("name", "Ada Staff").await;
    chrome.fill("password", PASSWORD).await;
    chrome.press("setup-submit").await;
    chrome.arrive("totp-secret").await;
}

/// Sets up the authenticator app on the page that shows a key, up to the page with the recovery codes.
pub async fn enrol(chrome: &Chrome, system: &System) -> Staff {
    let seed: String = chrome.text("totp-secret").await.split_whitespace().collect();
    chrome.fill("otp", &code(&seed, system.clock.now())).await;
    chrome.press("enrol-submit").await;
    chrome.arrive("recovery-codes").await;
    let codes = chrome.web().find_all(By::Css("#recovery-codes code")).await.expect("codes");
    let mut recovery_codes = Vec::new();
    for code in codes {
        recovery_codes.push(code.text().await.expect("a code"));
    }
    Staff { email: STAFF_EMAIL.to_owned(), password: PASSWORD.to_owned(), seed, recovery_codes }
}

/// From the setup link to the console, signed in.
pub async fn set_up_staff(chrome: &Chrome, system: &System) -> Staff {
    begin_set_up(chrome, system).await;
    let staff = enrol(chrome, system).await;
    chrome.press("continue").await;
    chrome.arrive("landing-heading").await;
    chrome.press("sign-in").await;
    chrome.arrive("roles").await;
    staff
}

/// From the console's front page to the page that asks for a code.
pub async fn to_staff_code(chrome: &Chrome, system: &System, staff: &Staff) {
    chrome.open(&system.urls.console).await;
    chrome.press("sign-in").await;
    enter(chrome, (&staff.email, &staff.password)).await;
    chrome.arrive("otp").await;
}

/// Types a fresh code of the app. The clock goes on one step, because a code works once.
pub async fn enter_code(chrome: &Chrome, system: &System, seed: &str) {
    system.clock.advance(30);
    chrome.fill("otp", &code(seed, system.clock.now())).await;
    chrome.press("login-submit").await;
}
