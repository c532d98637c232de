//! S27 on every page: no violation of WCAG 2.2 AA, light and dark; no sideways scrolling at 320 px; targets of 24 px.

use end_to_end::{Chrome, System};
use idp::flow::accounts;

use crate::{callback::Client, inspect::Inspector, several, walk};

#[tokio::test]
async fn s27_every_page_of_the_storefront() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    let mut look = Inspector::new();
    let shop = &system.urls.storefront;
    chrome.open(format!("{shop}/cart")).await;
    look.page(&chrome, "empty cart").await;
    chrome.open(shop).await;
    look.page(&chrome, "catalogue").await;
    chrome.press_first(".tile-link").await;
    look.page(&chrome, "product").await;
    chrome.press("add-to-cart").await;
    look.page(&chrome, "cart of a guest").await;
    chrome.press_first("footer a").await;
    look.page(&chrome, "content page").await;
    chrome.open(format!("{shop}/orders")).await;
    look.page(&chrome, "orders of a guest").await;
    chrome.open(format!("{shop}/nothing-here")).await;
    look.page(&chrome, "not found").await;

    walk::sign_in_demo(&chrome, &system).await;
    look.page(&chrome, "catalogue, signed in").await;
    chrome.open(format!("{shop}/orders")).await;
    look.page(&chrome, "no orders").await;
    chrome.open(format!("{shop}/cart")).await;
    look.page(&chrome, "cart, signed in").await;
    chrome.press("checkout").await;
    chrome.arrive("thanks").await;
    look.page(&chrome, "order").await;
    chrome.open(format!("{shop}/orders")).await;
    look.page(&chrome, "orders").await;
    chrome.press("sign-out").await;
    chrome.arrive("signed-out").await;
    look.page(&chrome, "signed out").await;
    look.finish(13);
    chrome.quit().await;
}

#[tokio::test]
async fn s27_every_page_of_the_customers_realm() {
    let system = System::start().await;
    let client = Client::start(&system).await;
    let chrome = Chrome::start().await;
    let mut look = Inspector::new();
    let issuer = &system.urls.customer_issuer;
    chrome.open(issuer).await;
    look.page(&chrome, "start page").await;
    chrome.open(format!("{issuer}/nothing-here")).await;
    look.page(&chrome, "not found").await;
    chrome.open(client.request(&[("redirect_uri", "https://evil.example/callback")])).await;
    look.page(&chrome, "refused redirect URI").await;

    walk::to_sign_in(&chrome, &system).await;
    look.page(&chrome, "sign-in").await;
    walk::enter(&chrome, (&system.demo.email, "not the password")).await;
    look.page(&chrome, "sign-in with a mistake").await;
    chrome.press("register").await;
    look.page(&chrome, "registration").await;
    chrome.fill("email", walk::CUSTOMER).await;
    chrome.fill("name", "Anna Customer").await;
    chrome.fill("password", "too short").await;
    chrome.press("register-submit").await;
    look.page(&chrome, "registration with a mistake").await;

    chrome.open(client.request(&[])).await;
    walk::enter(&chrome, walk::demo(&system)).await;
    chrome.arrive("consent-allow").await;
    look.page(&chrome, "consent").await;
    let done = chrome.url().await;
    chrome.press("consent-allow").await;
    chrome.arrive("app").await;
    // until then the same code is given once more
    system.clock.advance(61);
    chrome.open(done).await;
    look.page(&chrome, "completed").await;
    chrome.open(client.request(&[("prompt", "select_account")])).await;
    look.page(&chrome, "account choice").await;

    offer(&chrome, &mut look, &system, client.request(&[("prompt", "login")])).await;

    chrome.open(issuer).await;
    look.page(&chrome, "start page, signed in").await;
    chrome.press("account").await;
    look.page(&chrome, "account").await;
    chrome.press("enrol").await;
    look.page(&chrome, "authenticator app").await;
    account_pages(&chrome, &mut look, issuer).await;
    chrome.open(format!("{issuer}/account/totp")).await;
    walk::enrol(&chrome, &system).await;
    look.page(&chrome, "recovery codes").await;
    chrome.press("continue").await;
    look.page(&chrome, "account with a second factor").await;
    chrome.press("new-codes").await;
    look.page(&chrome, "asked before recovery codes are made").await;
    chrome.open(format!("{issuer}/end_session")).await;
    look.page(&chrome, "sign-out").await;
    chrome.press("logout-confirm").await;
    look.page(&chrome, "signed out").await;
    account_choice_pages(&chrome, &mut look, &system, &client).await;
    mailed_pages(&chrome, &mut look, &system).await;
    look.finish(46);
    chrome.quit().await;
}

/// The pages of several accounts in one browser. Nobody is signed in before and after them.
async fn account_choice_pages(chrome: &Chrome, look: &mut Inspector, system: &System, client: &Client) {
    let issuer = &system.urls.customer_issuer;
    several::two_accounts(chrome, system).await;
    look.page(chrome, "accounts of the browser").await;
    chrome.press("account-add").await;
    look.page(chrome, "sign-in beside another account").await;
    chrome.open(client.request(&[("prompt", "select_account")])).await;
    look.page(chrome, "choice among accounts").await;
    chrome.open(format!("{issuer}/end_session")).await;
    look.page(chrome, "sign-out of one or all").await;
    chrome.press("logout-confirm").await;
    look.page(chrome, "signed out of one").await;
    chrome.press("accounts").await;
    look.page(chrome, "accounts, none of them in use").await;
    chrome.press_first("#accounts button.link").await;
}

/// The offer of a passkey after a password.
async fn offer(chrome: &Chrome, look: &mut Inspector, system: &System, request: String) {
    chrome.open(request).await;
    chrome.arrive("username").await;
    // as the script says it of a device that can make a passkey
    let says = "document.querySelector('input[name=offer]').replaceWith(
        Object.assign(document.createElement('input'), { type: 'hidden', name: 'offer', value: 'passkey' }))";
    chrome.script(says).await;
    walk::enter(chrome, walk::demo(system)).await;
    chrome.arrive("not-now").await;
    look.page(chrome, "offer of a passkey").await;
    chrome.press("not-now").await;
    chrome.arrive("app").await;
}

/// The pages around mails: a forgotten password, a changed address, a device that was not the owner's.
async fn mailed_pages(chrome: &Chrome, look: &mut Inspector, system: &System) {
    let issuer = &system.urls.customer_issuer;
    let (address, password) = walk::demo(system);
    chrome.open(format!("{issuer}/recover")).await;
    look.page(chrome, "forgotten password").await;
    chrome.fill("email", "nonsense").await;
    chrome.press("forgot-submit").await;
    look.page(chrome, "forgotten password with a mistake").await;
    chrome.fill("email", address).await;
    chrome.press("forgot-submit").await;
    look.page(chrome, "look into your mailbox").await;
    chrome.fill("code", "0000 0000").await;
    chrome.press("mailed-submit").await;
    look.page(chrome, "wrong mailed code").await;
    let mail = system.mailbox().mail(address, "Choose a new password").await;
    chrome.open(mail.links().find(|link| link.contains("/reset/")).expect("a link")).await;
    look.page(chrome, "new password").await;
    chrome.fill("password", "short").await;
    chrome.press("reset-submit").await;
    look.page(chrome, "new password with a mistake").await;
    chrome.fill("password", &format!("{password} and more")).await;
    chrome.press("reset-submit").await;
    look.page(chrome, "password changed").await;
    chrome.open(mail.links().find(|link| link.contains("/reset/")).expect("a link")).await;
    look.page(chrome, "used link").await;
    chrome.open(format!("{}/mail", system.urls.mailbox)).await;
    look.page(chrome, "mailbox").await;
    chrome.press_first("#mails a").await;
    look.page(chrome, "a mail").await;
}

/// The pages behind the account page that need no authenticator app.
async fn account_pages(chrome: &Chrome, look: &mut Inspector, issuer: &str) {
    chrome.open(format!("{issuer}/account/profile")).await;
    look.page(chrome, "profile").await;
    chrome.fill("birthdate", "yesterday").await;
    chrome.press("profile-submit").await;
    look.page(chrome, "profile with a mistake").await;
    chrome.open(format!("{issuer}/account/passkeys")).await;
    look.page(chrome, "passkeys").await;
    chrome.open(format!("{issuer}/account/password")).await;
    look.page(chrome, "password").await;
    chrome.fill("current_password", "not the password").await;
    chrome.fill("password", "another tundra 94 marimba").await;
    chrome.press("password-submit").await;
    look.page(chrome, "password with a mistake").await;
    chrome.open(format!("{issuer}/account/sessions")).await;
    look.page(chrome, "sessions").await;
    chrome.open(format!("{issuer}/account/apps")).await;
    look.page(chrome, "connected apps").await;
    chrome.open(format!("{issuer}/account/activity")).await;
    look.page(chrome, "activity").await;
    chrome.open(format!("{issuer}/account/email")).await;
    look.page(chrome, "e-mail address").await;
    chrome.open(format!("{issuer}/account/data")).await;
    look.page(chrome, "data").await;
    chrome.press("delete").await;
    look.page(chrome, "asked before the account goes").await;
}

#[tokio::test]
async fn s27_every_page_of_the_staff_realm() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    let mut look = Inspector::new();
    chrome.open(&system.setup_link).await;
    look.page(&chrome, "setup").await;
    chrome.fill("email", "ada@staff.example").await;
    chrome.fill("name", "Ada").await;
    chrome.fill("password", "short").await;
    chrome.press("setup-submit").await;
    look.page(&chrome, "setup with a mistake").await;
    walk::begin_set_up(&chrome, &system).await;
    look.page(&chrome, "authenticator app").await;
    chrome.fill("otp", "000000").await;
    chrome.press("enrol-submit").await;
    look.page(&chrome, "authenticator app with a mistake").await;
    let staff = walk::enrol(&chrome, &system).await;
    look.page(&chrome, "recovery codes").await;
    chrome.open(&system.setup_link).await;
    look.page(&chrome, "used setup link").await;
    chrome.open(format!("{}/account", system.urls.admin_issuer)).await;
    look.page(&chrome, "account").await;
    chrome.press("sign-out").await;
    look.page(&chrome, "signed out").await;

    chrome.open(&system.urls.console).await;
    chrome.press("sign-in").await;
    chrome.arrive("username").await;
    look.page(&chrome, "sign-in").await;
    walk::enter(&chrome, (&staff.email, &staff.password)).await;
    chrome.arrive("otp").await;
    look.page(&chrome, "one-time code").await;
    chrome.fill("otp", "000000").await;
    chrome.press("login-submit").await;
    look.page(&chrome, "one-time code with a mistake").await;
    chrome.press("recovery").await;
    look.page(&chrome, "recovery code").await;
    chrome.fill("recovery-code", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA").await;
    chrome.press("login-submit").await;
    look.page(&chrome, "recovery code with a mistake").await;
    let link = accounts::reset_factors(system.realm("admin"), &staff.email, 3600).await;
    chrome.open(link.expect("a database").expect("an account")).await;
    look.page(&chrome, "setup again").await;
    look.finish(14);
    chrome.quit().await;
}

#[tokio::test]
async fn s27_every_page_of_the_console() {
    let system = System::start().await;
    let shopper = Chrome::start().await;
    walk::sign_in_demo(&shopper, &system).await;
    walk::fill_cart(&shopper, &system).await;
    shopper.press("checkout").await;
    shopper.arrive("thanks").await;
    shopper.quit().await;

    let chrome = Chrome::start().await;
    let mut look = Inspector::new();
    let console = &system.urls.console;
    chrome.open(console).await;
    look.page(&chrome, "front page").await;
    let staff = walk::set_up_staff(&chrome, &system).await;
    look.page(&chrome, "overview").await;
    chrome.press("nav-orders").await;
    look.page(&chrome, "orders").await;
    chrome.press_first("#orders td a").await;
    look.page(&chrome, "order").await;
    chrome.press("payment-paid").await;
    look.page(&chrome, "order after a change").await;
    chrome.press("fulfilment-cancelled").await;
    chrome.arrive("confirm-yes").await;
    look.page(&chrome, "order, asked before it is cancelled").await;
    system.clock.advance(20 * 60);
    chrome.fill("reason", "Sold out").await;
    chrome.press("confirm-yes").await;
    walk::enter(&chrome, (&staff.email, &staff.password)).await;
    walk::enter_code(&chrome, &system, &staff.seed).await;
    chrome.arrive("step-up-yes").await;
    look.page(&chrome, "order, after signing in again to cancel it").await;
    chrome.press("step-up-yes").await;
    chrome.arrive("done").await;
    chrome.open(format!("{console}/nothing-here")).await;
    look.page(&chrome, "not found").await;
    content_pages(&chrome, &mut look, console).await;
    chrome.press("sign-out").await;
    chrome.arrive("signed-out").await;
    look.page(&chrome, "signed out").await;
    look.finish(16);
    chrome.quit().await;
}

async fn content_pages(chrome: &Chrome, look: &mut Inspector, console: &str) {
    chrome.open(format!("{console}/content?q=no-such-page")).await;
    look.page(chrome, "no content").await;
    chrome.press("nav-content").await;
    look.page(chrome, "content").await;
    chrome.press("content-new").await;
    look.page(chrome, "new page").await;
    chrome.press("save").await;
    look.page(chrome, "new page with mistakes").await;
    chrome.fill("slug", "opening-hours").await;
    chrome.fill("title", "Opening hours").await;
    chrome.fill("body", "# Weekdays\n\nFrom nine to five.").await;
    chrome.press("save").await;
    look.page(chrome, "draft").await;

    // somebody else changes it in another tab
    let (page, mine) = (chrome.url().await, chrome.web().window().await.expect("a tab"));
    let theirs = chrome.web().new_tab().await.expect("another tab");
    chrome.web().switch_to_window(theirs).await.expect("the other tab");
    chrome.open(page).await;
    chrome.press("publish").await;
    look.page(chrome, "published").await;
    chrome.press("unpublish").await;
    look.page(chrome, "asked before it is taken off the storefront").await;
    chrome.web().switch_to_window(mine).await.expect("the first tab");
    chrome.fill("body", "# Weekdays\n\nFrom ten to six.").await;
    chrome.press("save").await;
    chrome.arrive("conflict").await;
    look.page(chrome, "conflict").await;
}
