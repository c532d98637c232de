//! What operators do about accounts while the realms are served: `idp setup-link`, `idp user` (D2, W8, MF8).

use clock::{Clock, SystemClock};
use end_to_end::{
    Browser, Page, Program, RelyingParty,
    people::{PASSWORD, STAFF_EMAIL, code, go_to_sign_in, recovery_codes_on, seed_on, set_up, sign_in},
};

use crate::support::FULL;

const NEW_PASSWORD: &str = "copper lantern 27 estuary";

/// Runs a command that has to succeed; the link it printed.
fn link(program: &Program, words: &str) -> String {
    let (done, reported) = program.operate(words);
    let link = reported.lines().find(|line| line.starts_with("http"));
    assert!(done, "{reported}");
    link.unwrap_or_else(|| panic!("no link: {reported}")).trim().to_owned()
}

async fn at_sign_in(browser: &Browser, client: &RelyingParty) -> Page {
    browser.visit(client.authorize(&[("scope", FULL)]).url.as_str()).await
}

#[tokio::test]
async fn d2_a_setup_link_for_a_role_makes_an_account_with_it_and_stops_older_links_of_that_role_only() {
    let program = Program::start().await;
    let (refused, reported) = program.operate("setup-link --realm admin --role emperor");
    assert!(!refused && reported.contains("team_member"), "{reported}");
    let older = link(&program, "setup-link --realm admin --role team_member");
    let newer = link(&program, "setup-link --realm admin --role team_member");
    assert_eq!(program.browser().visit(&older).await.status, 404);
    for (link, email, role) in [
        (newer, "grace@staff.example", "team_member"),
        (program.url("setup_link"), STAFF_EMAIL, "super_admin"),
    ] {
        let browser = program.browser();
        set_up(&browser, &link, email, SystemClock.now()).await;
        let console = go_to_sign_in(&browser, &program.url("console")).await;
        assert_eq!(console.text_of("roles"), role.replace('_', " "), "{}", console.summary());
        let again = program.browser().visit(&link).await;
        assert_eq!(again.status, 404, "once: {}", again.summary());
    }
}

#[tokio::test]
async fn w8_an_operator_clears_what_failed_attempts_ran_up() {
    let program = Program::start().await;
    let (browser, client) = (program.browser(), program.client("customer").await);
    let (email, password) = program.demo();
    let page = at_sign_in(&browser, &client).await;
    for _ in 0..10 {
        assert_eq!(sign_in(&browser, &page, (&email, "wrong wrong wrong")).await.status, 400);
    }
    assert_eq!(sign_in(&browser, &page, (&email, &password)).await.status, 429);
    let (done, reported) = program.operate("user unlock --realm customer nobody@example.org");
    assert!(!done && reported.contains("no account"), "{reported}");
    assert_eq!(sign_in(&browser, &page, (&email, &password)).await.status, 429, "nobody else is unlocked");
    let (done, reported) = program.operate(&format!("user unlock --realm customer {email}"));
    assert!(done && reported.contains("unlocked"), "{reported}");
    let page = sign_in(&browser, &page, (&email, &password)).await;
    assert!(page.has("consent-allow"), "{}", page.summary());
}

#[tokio::test]
async fn mf8_an_operator_leads_somebody_back_who_lost_the_second_factor() {
    let program = Program::start().await;
    let (browser, client) = (program.browser(), program.client("admin").await);
    let staff = set_up(&browser, &program.url("setup_link"), STAFF_EMAIL, SystemClock.now()).await;
    let tokens = client.tokens(&browser, FULL).await;
    let link = link(&program, &format!("user reset-factors --realm admin {STAFF_EMAIL}"));

    client.refresh(tokens.refresh_token()).await.refused(400, "invalid_grant");
    assert_eq!(client.userinfo(tokens.access_token()).await.status, 401);
    let page = at_sign_in(&browser, &client).await;
    let page = sign_in(&browser, &page, (STAFF_EMAIL, PASSWORD)).await;
    assert_eq!(page.status, 400, "neither session nor password is left: {}", page.summary());

    let page = browser.visit(&link).await;
    let page = browser.submit(&page.form("setup-submit").with("password", NEW_PASSWORD)).await;
    let seed = seed_on(&page);
    assert_ne!(seed, staff.seed);
    let page = browser.submit(&page.form("otp").with("otp", &code(&seed, SystemClock.now()))).await;
    recovery_codes_on(&page);
    let fresh = program.browser();
    let page = at_sign_in(&fresh, &client).await;
    let page = sign_in(&fresh, &page, (STAFF_EMAIL, NEW_PASSWORD)).await;
    // the next code: the one of the enrolment works no second time
    let page = fresh.submit(&page.form("otp").with("otp", &code(&seed, SystemClock.now() + 30))).await;
    assert!(page.left_to.is_some() || page.has("consent-allow"), "{}", page.summary());
}
