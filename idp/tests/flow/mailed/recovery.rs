//! A new password by a mail (W10, S24, S25).

use idp::flow::{accounts, sign_in::Outcome};

use super::{ADA, NEW, World, another, code, leads_to, path};
use crate::{
    app::{Browser, refresh},
    harness::PASSWORD,
};

/// Asks for a mail, from a sign-in that a client asked for. Returns the page that waits for the code.
pub(super) async fn ask(browser: &Browser, address: &str) -> String {
    let interaction = browser.interaction("app", &[("prompt", "login")]).await;
    ask_in(browser, &interaction, address).await
}

pub(super) async fn ask_in(browser: &Browser, interaction: &str, address: &str) -> String {
    let page = format!("{interaction}?view=forgot");
    let asked = browser.fill(&page, &format!("{interaction}/forgot"), &[("email", address)]).await;
    leads_to(&asked)
}

async fn opens(world: &World, password: &str) -> bool {
    let visit = world.scratch.visit(None).await;
    matches!(world.scratch.try_password(&visit, (ADA, password)).await.unwrap(), Outcome::SignedIn(_))
}

#[tokio::test]
async fn w10_a_mailed_link_leads_to_a_new_password_and_back_to_the_app() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let elsewhere = world.signed_in().await;
    let tokens = elsewhere.tokens("app", "openid offline_access").await;
    let browser = world.browser();
    let interaction = browser.interaction("app", &[("prompt", "login")]).await;
    assert!(browser.get(&interaction).await.has("forgot"));
    let waiting = browser.get(ask_in(&browser, &interaction, ADA).await).await;
    assert_eq!(waiting.text_of("mailed-to"), ADA);
    let link = path(&world.mail_to(ADA).await, "/reset/");
    for _ in 0..2 {
        assert!(browser.get(&link).await.has("reset-submit"), "opening it uses nothing up");
    }
    assert!(elsewhere.is_signed_in().await);
    let short = browser.fill(&link, &link, &[("password", "short")]).await;
    assert_eq!(short.status, 400, "{}", short.body);
    let changed = browser.fill(&link, &link, &[("password", NEW)]).await;
    let done = browser.get(leads_to(&changed)).await;
    assert!(done.body.contains("password is changed"), "{}", done.body);
    assert_eq!(done.link("continue").path(), interaction);
    assert!(changed.set_cookie("rk_test_session").is_none(), "it signs nobody in");
    assert!(!elsewhere.is_signed_in().await && !browser.is_signed_in().await);
    assert_eq!(refresh(&world.router, "app", &tokens.refresh).await.status, 400);
    assert!(opens(&world, NEW).await && !opens(&world, PASSWORD).await);
    assert_eq!(browser.get(&link).await.status, 404, "it works once");
    let again = browser.post(&link, &[("password", "once more velvet tundra")]).await;
    assert_ne!(again.status, 303);
    assert!(world.subjects().await.contains(&"Your password was changed".to_owned()));
    assert!(world.scratch.kinds_of_events().await.contains(&"account.password_reset".to_owned()));
}

#[tokio::test]
async fn w10_a_code_is_typed_instead_in_the_browser_that_asked() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let browser = world.browser();
    let waiting = ask(&browser, ADA).await;
    let mail = world.mail_to(ADA).await;
    let wrong = browser.fill(&waiting, &waiting, &[("code", &another(&code(&mail)))]).await;
    assert_eq!(wrong.status, 400, "{}", wrong.body);
    let typed = format!(" {} ", code(&mail).replace(' ', "-"));
    let right = browser.fill(&waiting, &waiting, &[("code", &typed)]).await;
    let link = leads_to(&right);
    assert_eq!(browser.get(path(&mail, "/reset/")).await.status, 404, "the code took its place");
    assert_eq!(
        leads_to(&browser.fill(&link, &link, &[("password", NEW)]).await).split('?').next(),
        Some("/password-changed")
    );
    assert!(opens(&world, NEW).await);
    let kinds = world.scratch.kinds_of_events().await;
    assert!(kinds.contains(&"mail_code.failed".to_owned()) && kinds.contains(&"mail.asked".to_owned()));
}

#[tokio::test]
async fn w10_a_newer_mail_and_a_new_password_make_a_link_worthless_and_so_does_time() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let browser = world.browser();
    let waiting = ask(&browser, ADA).await;
    let first = path(&world.mail_to(ADA).await, "/reset/");
    world.scratch.clock.advance(1);
    let again = browser.fill(&waiting, &waiting, &[("change", "again")]).await;
    let waiting = leads_to(&again);
    let second = path(&world.mail_to(ADA).await, "/reset/");
    assert_eq!(browser.get(&first).await.status, 404);
    assert_eq!(browser.get(&second).await.status, 200);
    let here = world.signed_in().await;
    let fields = [("current_password", PASSWORD), ("password", NEW)];
    assert_eq!(here.fill("/account/password", "/account/password", &fields).await.status, 303);
    assert_eq!(browser.get(&second).await.status, 404, "a changed password ends it");
    assert_eq!(browser.get(&waiting).await.status, 200, "the page does not tell what became of it");
    world.scratch.clock.advance(1);
    ask(&browser, ADA).await;
    let third = path(&world.mail_to(ADA).await, "/reset/");
    world.scratch.clock.advance(30 * 60 - 1);
    assert_eq!(browser.get(&third).await.status, 200);
    world.scratch.clock.advance(1);
    assert_eq!(browser.get(&third).await.status, 404);
}

#[tokio::test]
async fn w10_what_is_no_address_is_told_at_the_field() {
    let world = World::new().await;
    let browser = world.browser();
    let interaction = browser.interaction("app", &[("prompt", "login")]).await;
    let page = format!("{interaction}?view=forgot");
    let refused = browser.fill(&page, &format!("{interaction}/forgot"), &[("email", "<b>ada")]).await;
    assert_eq!(refused.status, 400);
    assert!(
        refused.body.contains("email-error") && refused.body.contains("&#60;b&#62;ada"),
        "{}",
        refused.body
    );
    assert!(world.scratch.mails().await.is_empty());
}

#[tokio::test]
async fn w10_a_disabled_account_gets_no_link() {
    let world = World::new().await;
    let id = world.scratch.account(ADA).await;
    idp::store::users::disable(&world.scratch.realm.store.facts, &id, 1).await.unwrap();
    ask(&world.browser(), ADA).await;
    let mail = world.mail_to(ADA).await;
    assert!(mail.text.contains("switched off") && !mail.text.contains("/reset/"), "{}", mail.text);
}

#[tokio::test]
async fn w10_a_reset_skips_no_second_factor() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let owner = world.signed_in().await;
    let page = owner.get("/account/totp").await;
    let otp = world.scratch.code(&page.text_of("totp-secret"));
    assert_eq!(owner.send(&page.form("otp").with("otp", &otp)).await.status, 200);
    world.scratch.clock.advance(1);
    let browser = world.browser();
    ask(&browser, ADA).await;
    let link = path(&world.mail_to(ADA).await, "/reset/");
    assert_eq!(browser.fill(&link, &link, &[("password", NEW)]).await.status, 303);
    let interaction = browser.interaction("app", &[]).await;
    let fields = [("username", ADA), ("password", NEW)];
    let signed_in = browser.fill(&interaction, &format!("{interaction}/sign-in"), &fields).await;
    assert!(browser.get(leads_to(&signed_in)).await.has("otp"), "the app is asked for");
}

#[tokio::test]
async fn mf8_where_a_factor_is_needed_a_mail_sets_nobody_up() {
    let world =
        World::with(&[("factors.second", "required"), ("staff", "true"), ("tokens.access", "5m")]).await;
    world.scratch.account(ADA).await;
    ask(&world.browser(), ADA).await;
    let mail = world.mail_to(ADA).await;
    assert!(mail.text.contains("invitation") && !mail.text.contains("/reset/"), "{}", mail.text);
}

#[tokio::test]
async fn w10_the_mail_goes_to_the_address_of_the_account_however_another_one_is_written() {
    let world = World::new().await;
    world.scratch.account("strasse@example.com").await;
    let browser = world.browser();
    let waiting = browser.get(ask(&browser, "stra\u{df}e@example.com").await).await;
    assert_eq!(waiting.text_of("mailed-to"), "stra\u{df}e@example.com", "the page says what was typed");
    let readers: Vec<String> = world.scratch.mails().await.into_iter().map(|mail| mail.to).collect();
    assert_eq!(readers, ["strasse@example.com"]);
    let link = path(&world.mail_to("strasse@example.com").await, "/reset/");
    assert_eq!(browser.fill(&link, &link, &[("password", NEW)]).await.status, 303);
}

#[tokio::test]
async fn w10_a_reset_ends_grants_that_outlived_their_session_and_waits_of_the_old_password() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let thief = world.signed_in().await;
    let tokens = thief.tokens("app", "openid offline_access").await;
    database::sql("DELETE FROM sessions").run(&world.scratch.realm.store.facts).await.unwrap();
    let visit = world.scratch.visit(None).await;
    for _ in 0..10 {
        world.scratch.try_password(&visit, (ADA, "wrong wrong wrong")).await.unwrap();
    }
    assert!(world.scratch.try_password(&visit, (ADA, PASSWORD)).await.is_err(), "it has to wait");
    let browser = world.browser();
    ask(&browser, ADA).await;
    let link = path(&world.mail_to(ADA).await, "/reset/");
    browser.fill(&link, &link, &[("password", NEW)]).await;
    assert_eq!(refresh(&world.router, "app", &tokens.refresh).await.status, 400);
    assert!(matches!(world.scratch.try_password(&visit, (ADA, NEW)).await.unwrap(), Outcome::SignedIn(_)));
}

#[tokio::test]
async fn w10_whoever_used_an_unproved_address_keeps_no_passkey_when_its_owner_comes() {
    let world = World::new().await;
    let id = world.scratch.account(ADA).await;
    let facts = &world.scratch.realm.store.facts;
    let add = async || {
        database::sql(
            "INSERT INTO passkeys (credential_id, user_id, label, credential, sign_count, created_at) \
             VALUES ('c', $1, 'l', '{}', 0, 1)",
        )
        .bind(&id)
        .run(facts)
        .await
        .unwrap();
    };
    let passkeys = async || idp::store::passkeys::of_user(facts, &id).await.unwrap().len();
    add().await;
    for left in [0, 1] {
        let browser = world.browser();
        world.scratch.clock.advance(1);
        ask(&browser, ADA).await;
        let link = path(&world.mail_to(ADA).await, "/reset/");
        let password = format!("{NEW} {left}");
        assert_eq!(browser.fill(&link, &link, &[("password", &password)]).await.status, 303);
        assert_eq!(passkeys().await, left, "only the first proof takes them away");
        if left == 0 {
            add().await;
        }
    }
}

#[tokio::test]
async fn w10_a_link_about_an_address_that_the_account_has_left_is_worthless() {
    let world = World::new().await;
    let id = world.scratch.account(ADA).await;
    let browser = world.browser();
    ask(&browser, ADA).await;
    let link = path(&world.mail_to(ADA).await, "/reset/");
    // as when the address changes in the moment between the look and the mail
    let mut tx = world.scratch.realm.store.facts.begin().await.unwrap();
    idp::store::users::replace_email(&mut tx, &id, (ADA, "ada@elsewhere.example"), Some(1), 1).await.unwrap();
    tx.commit().await.unwrap();
    let late = browser.fill(&link, &link, &[("password", NEW)]).await;
    assert_eq!(late.status, 404, "{}", late.body);
}

#[tokio::test]
async fn mf8_an_operator_who_takes_factors_away_ends_mailed_links_and_the_owner_is_told() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let browser = world.browser();
    ask(&browser, ADA).await;
    let link = path(&world.mail_to(ADA).await, "/reset/");
    world.scratch.clock.advance(1);
    accounts::reset_factors(&world.scratch.realm, ADA, 3600).await.unwrap().unwrap();
    assert_eq!(browser.get(&link).await.status, 404);
    let told = world.mail_to(ADA).await;
    assert!(told.subject.starts_with("Your account has to be set up again"), "{}", told.subject);
    assert!(!told.text.contains("Device:"));
}

#[tokio::test]
async fn w10_a_realm_without_mail_offers_no_new_password() {
    let scratch = crate::app::realm_with_apps().await;
    let router = crate::app::router(&scratch.realm, &scratch);
    let browser = Browser::fresh(&router);
    let interaction = browser.interaction("app", &[("prompt", "login")]).await;
    assert!(!browser.get(&interaction).await.has("forgot"));
    assert!(browser.get(format!("{interaction}?view=forgot")).await.has("login-submit"));
    let asked = browser.fill(&interaction, &format!("{interaction}/forgot"), &[("email", ADA)]).await;
    assert_eq!(asked.status, 404);
    assert_eq!(browser.get("/recover").await.status, 404);
}

#[tokio::test]
async fn w10_whoever_knows_only_the_realm_begins_at_recover() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let browser = world.browser();
    let begun = browser.get("/recover").await;
    let bound = leads_to(&begun);
    assert!(bound.contains("bound=1") && bound.contains("view=forgot"), "{bound}");
    let page = leads_to(&browser.get(&bound).await);
    let form = browser.get(&page).await;
    assert!(form.has("forgot-submit"), "{}", form.body);
    let asked = browser.send(&form.form("forgot-submit").with("email", ADA)).await;
    assert_eq!(asked.status, 303);
}
