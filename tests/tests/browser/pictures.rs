//! Makes the pictures in `docs/images` with the pages as they are. No test of anything: `scripts/screenshots` runs it.

use std::path::Path;

use end_to_end::{Chrome, System};

use crate::{callback::Client, themed::Themed, walk};

const DESKTOP: (u32, u32) = (960, 720);
const PHONE: (u32, u32) = (390, 780);

#[tokio::test]
#[ignore = "writes docs/images; scripts/screenshots runs it"]
async fn pictures_of_the_documents() {
    let system = System::start().await;
    shop_and_account(&system).await;
    console(&system).await;
    sign_in(&system).await;
    themed(&Themed::start().await.system).await;
}

/// Writes what the browser shows, without a blinking cursor.
async fn keep(chrome: &Chrome, (width, height): (u32, u32), name: &str) {
    chrome.window(width, height).await;
    chrome.script("document.activeElement.blur(); scrollTo(0, 0)").await;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/images").join(format!("{name}.png"));
    std::fs::write(path, chrome.picture().await).expect("a picture");
}

async fn sign_in(system: &System) {
    let chrome = Chrome::start().await;
    walk::to_sign_in(&chrome, system).await;
    keep(&chrome, DESKTOP, "sign-in").await;
    chrome.prefer_scheme("dark").await;
    keep(&chrome, PHONE, "sign-in-dark").await;
    chrome.prefer_scheme("light").await;
    chrome.press("register").await;
    chrome.arrive("email").await;
    keep(&chrome, (960, 940), "registration").await;
    chrome.open(&system.urls.customer_issuer).await;
    chrome.press("language").await;
    chrome.press("language-ar").await;
    walk::to_sign_in(&chrome, system).await;
    keep(&chrome, PHONE, "sign-in-arabic").await;
    chrome.quit().await;
}

async fn shop_and_account(system: &System) {
    let chrome = Chrome::start().await;
    chrome.open(&system.urls.storefront).await;
    keep(&chrome, DESKTOP, "storefront").await;
    walk::fill_cart(&chrome, system).await;
    chrome.press("sign-in-to-order").await;
    walk::enter(&chrome, walk::demo(system)).await;
    chrome.arrive("checkout").await;
    chrome.press("checkout").await;
    chrome.arrive("thanks").await;
    chrome.open(format!("{}/account", system.urls.customer_issuer)).await;
    keep(&chrome, (960, 940), "account").await;
    chrome.add_authenticator(true).await;
    chrome.open(format!("{}/account/passkeys", system.urls.customer_issuer)).await;
    chrome.press("passkey-create").await;
    chrome.arrive("passkeys").await;
    keep(&chrome, DESKTOP, "passkeys").await;
    chrome.quit().await;
}

async fn console(system: &System) {
    let chrome = Chrome::start().await;
    chrome.open(&system.urls.console).await;
    chrome.press("sign-in").await;
    chrome.arrive("username").await;
    keep(&chrome, DESKTOP, "staff-sign-in").await;
    walk::set_up_staff(&chrome, system).await;
    chrome.press("nav-orders").await;
    keep(&chrome, DESKTOP, "console").await;
    chrome.quit().await;
}

async fn themed(system: &System) {
    let client = Client::start(system).await;
    let chrome = Chrome::start().await;
    chrome.open(client.request(&[])).await;
    chrome.arrive("username").await;
    keep(&chrome, (960, 760), "theme").await;
    chrome.prefer_scheme("dark").await;
    keep(&chrome, (960, 760), "theme-dark").await;
    chrome.prefer_scheme("light").await;
    walk::enter(&chrome, walk::demo(system)).await;
    chrome.arrive("consent-allow").await;
    keep(&chrome, (960, 940), "consent").await;
    chrome.quit().await;
}
