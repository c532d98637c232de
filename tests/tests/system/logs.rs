//! The log: one JSON object a line, findable by request id, without a secret (A19, E4, E7).

use clock::{Clock, SystemClock};
use end_to_end::{
    Program,
    people::{PASSWORD, begin_set_up, code, recovery_codes_on, seed_on, sign_in},
};

use crate::support::FULL;

#[tokio::test]
async fn e4_e7_a19_no_secret_of_any_flow_is_in_the_log() {
    let program = Program::start().await;
    let (browser, client) = (program.browser(), program.client("customer").await);
    let (email, password) = program.demo();
    let attempt = client.authorize(&[("scope", FULL)]);
    let page = browser.visit(attempt.url.as_str()).await;
    let wrong = sign_in(&browser, &page, (&email, "a wrong password, once")).await;
    let page = sign_in(&browser, &wrong, (&email, &password)).await;
    let csrf = page.form("consent-allow").value("csrf").unwrap().to_owned();
    let page = browser.submit(&page.form("consent-allow").press("consent-allow")).await;
    let code_shown = page.code();
    let tokens = client.redeem(&attempt, &code_shown).await.ok();
    let next = client.refresh(tokens.refresh_token()).await.ok();
    client.redeem(&attempt, &code_shown).await.refused(400, "invalid_grant");
    let issuer = program.url("customer_issuer");
    let session = browser.cookie(&issuer, "rk_customer_session").unwrap();
    let binding = browser.cookie(&issuer, "rk_customer_browser").unwrap();

    let staff = program.browser();
    let link = program.url("setup_link");
    let page = begin_set_up(&staff, &link).await;
    let seed = seed_on(&page);
    let otp = code(&seed, SystemClock.now());
    let page = staff.submit(&page.form("otp").with("otp", &otp)).await;
    let recovery = recovery_codes_on(&page).remove(0);
    let setup = link.rsplit('/').next().unwrap().to_owned();

    let log = program.log();
    let secrets = [
        ("password", password.as_str()),
        ("wrong password", "a wrong password, once"),
        ("staff password", PASSWORD),
        ("client secret", &client.secret),
        ("code", &code_shown),
        ("verifier", &attempt.verifier),
        ("state", &attempt.state),
        ("access token", tokens.access_token()),
        ("refresh token", tokens.refresh_token()),
        ("next refresh token", next.refresh_token()),
        ("ID token", tokens.id_token()),
        ("session", &session),
        ("browser binding", &binding),
        ("CSRF token", &csrf),
        ("setup link", &setup),
        ("seed", &seed),
        ("recovery code", &recovery),
        ("address", &email),
    ];
    for (what, secret) in secrets {
        assert!(!log.contains(secret), "the {what} is in the log: {}", line_with(&log, secret));
    }
}

#[tokio::test]
async fn h13_a_failed_sign_in_is_a_warning_with_realm_and_request_id() {
    let program = Program::start().await;
    let (browser, client) = (program.browser(), program.client("customer").await);
    let (email, _) = program.demo();
    let page = browser.visit(client.authorize(&[]).url.as_str()).await;
    for address in [email.as_str(), "nobody@example.com"] {
        let failed = sign_in(&browser, &page, (address, "a wrong password, once")).await;
        let id = failed.header("x-request-id");
        let log = program.log();
        let reported: Vec<serde_json::Value> = log
            .lines()
            .filter(|line| line.contains(id) && line.contains("WARN"))
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(reported.len(), 1, "once: {reported:?}");
        assert_eq!(reported[0]["kind"], "sign_in.failed");
        assert_eq!(reported[0]["spans"][0]["service"], "customer");
        assert_eq!(reported[0]["user_id"].is_string(), address == email, "an account is named by its id");
    }
}

fn line_with(log: &str, secret: &str) -> String {
    log.lines().find(|line| line.contains(secret)).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn e4_every_line_is_one_json_object_and_names_the_request() {
    let program = Program::start().await;
    let browser = program.browser();
    let hostile = format!("{}/x%0a%7b%22level%22:1%7d?a=%1b[31m", program.url("customer_issuer"));
    let pages = [browser.get(&hostile).await, browser.get(program.url("storefront")).await];
    let log = program.log();
    for line in log.lines() {
        let event: serde_json::Value =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(event.is_object() && !line.contains('\u{1b}'), "{line}");
    }
    for page in pages {
        let id = page.header("x-request-id");
        assert!(log.contains(id), "the request {id} is in the log");
    }
}
