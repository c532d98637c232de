//! Signing in by a mail instead of the password (W10, S24, S25).

use idp::{mail::Mail, store::users};
use protocol::acr;

use super::{ADA, NEW, World, another, code, leads_to, path};
use crate::{
    app::{Browser, redeem, router},
    harness::{NOW, PASSWORD},
    passkeys::claims_of,
};

/// A realm that allows it, and an account whose owner has confirmed the address.
async fn world() -> (World, String) {
    confirmed(World::with(&[("mail.sign_in", "true")]).await).await
}

async fn confirmed(world: World) -> (World, String) {
    let id = world.scratch.account(ADA).await;
    let mut tx = world.scratch.realm.store.facts.begin().await.unwrap();
    users::verify_email(&mut tx, &id, ADA, NOW).await.unwrap();
    tx.commit().await.unwrap();
    (world, id)
}

/// Asks for a mail, from a sign-in that a client asked for. Returns the interaction and the page that waits for the code.
async fn ask(browser: &Browser, address: &str) -> (String, String) {
    let interaction = browser.interaction("app", &[("prompt", "login")]).await;
    let page = format!("{interaction}?view=mail");
    let asked = browser.fill(&page, &format!("{interaction}/mail"), &[("email", address)]).await;
    (interaction, leads_to(&asked))
}

/// Whether the mail lets its reader in.
fn lets_in(mail: &Mail) -> bool {
    let is_code = |line: &str| line.len() == 9 && line.replace(' ', "").parse::<u32>().is_ok();
    mail.text.contains("/link/") || mail.text.lines().any(is_code)
}

#[tokio::test]
async fn w10_a_typed_code_signs_in_once_and_leads_on_to_the_app() {
    let (world, _) = world().await;
    let browser = world.browser();
    let hint = browser.interaction("app", &[("prompt", "login"), ("login_hint", ADA)]).await;
    let page = browser.get(browser.get(&hint).await.link("by-mail")).await;
    assert_eq!(page.form("by-mail-submit").value("email"), Some(ADA));
    assert!(browser.get(page.link("sign-in")).await.has("login-submit"));
    let refused = browser.send(&page.form("by-mail-submit").with("email", "<b>ada")).await;
    assert!(refused.status == 400 && refused.body.contains("email-error"), "{}", refused.body);
    let (interaction, waiting) = ask(&browser, ADA).await;
    let mail = world.mail_to(ADA).await;
    assert!(mail.subject.starts_with("Your sign-in link"), "{}", mail.subject);
    let page = browser.get(&waiting).await;
    assert!(page.body.contains("10 minutes"), "{}", page.body);
    let form = page.form("mailed-submit").with("code", &code(&mail));
    assert_eq!(leads_to(&browser.send(&form).await), interaction);
    assert_eq!(leads_to(&browser.send(&form).await), interaction, "a double click is led on as well");
    let answer = browser.get(&interaction).await;
    let redeemed = redeem(&world.router, "app", &answer.param("code").unwrap()).await;
    let claims = claims_of(&redeemed.text("id_token"));
    assert_eq!(claims["amr"], serde_json::json!(["email"]));
    assert_eq!((&claims["acr"], &claims["auth_time"]), (&acr::SINGLE.into(), &NOW.into()));
    let kinds = world.scratch.kinds_of_events().await;
    assert!(kinds.contains(&"sign_in.mail".to_owned()) && kinds.contains(&"sign_in.succeeded".to_owned()));
    assert!(browser.get("/account/sessions").await.all_text().contains("with mail"));
    assert!(browser.get("/account/activity").await.body.contains("A mailed link or code was used"));
    let again = browser.fill(&hint, &waiting, &[("code", &code(&mail))]).await;
    assert_eq!(again.status, 404, "it works once");
    assert_eq!(browser.get(path(&mail, "/link/")).await.status, 404, "the link went with the code");
    assert_eq!(leads_to(&browser.get(&waiting).await), interaction, "the page of a used mail leads on");
}

#[tokio::test]
async fn s25_a_link_signs_in_by_its_button_and_in_the_browser_that_began() {
    let (world, _) = world().await;
    let browser = world.browser();
    let (interaction, _) = ask(&browser, ADA).await;
    let link = path(&world.mail_to(ADA).await, "/link/");
    let scanner = world.browser();
    let opened = scanner.get(&link).await;
    assert!(opened.status == 404 && opened.body.contains("Type the code instead"), "{}", opened.body);
    let page = scanner.interaction("app", &[]).await;
    assert_eq!(scanner.fill(&page, &link, &[]).await.status, 404);
    assert!(!scanner.is_signed_in().await);
    let page = browser.get(&link).await;
    assert!(!browser.is_signed_in().await, "opening it uses nothing up");
    assert_eq!(leads_to(&browser.send(&page.form("link-submit")).await), interaction);
    assert!(browser.get(&interaction).await.param("code").is_some());
}

#[tokio::test]
async fn mf6_a_mail_is_one_factor_and_the_second_one_is_asked_for() {
    let (world, _) = world().await;
    let owner = world.signed_in().await;
    let page = owner.get("/account/totp").await;
    let seed = page.text_of("totp-secret");
    assert_eq!(owner.send(&page.form("otp").with("otp", &world.scratch.code(&seed))).await.status, 200);
    world.scratch.clock.advance(60);
    let browser = world.browser();
    let (interaction, waiting) = ask(&browser, ADA).await;
    let code = code(&world.mail_to(ADA).await);
    assert_eq!(leads_to(&browser.fill(&waiting, &waiting, &[("code", &code)]).await), interaction);
    let page = browser.get(&interaction).await;
    assert!(page.status == 200 && page.has("otp"), "{} {}", page.status, page.body);
    let proved = browser.send(&page.form("otp").with("otp", &world.scratch.code(&seed))).await;
    assert_eq!(leads_to(&proved), interaction);
    let answer = browser.get(&interaction).await;
    let redeemed = redeem(&world.router, "app", &answer.param("code").unwrap()).await;
    assert_eq!(claims_of(&redeemed.text("id_token"))["amr"], serde_json::json!(["email", "mfa", "otp"]));
    assert!(browser.get("/account/sessions").await.all_text().contains("with mail and one-time code"));
}

#[tokio::test]
async fn s24_a_stranger_sees_the_same_whether_or_not_an_address_has_an_account() {
    let (world, _) = world().await;
    let mut seen = Vec::new();
    for address in [ADA, "nobody@example.com"] {
        let browser = world.browser();
        let (first, older) = ask(&browser, address).await;
        let (second, newer) = ask(&browser, address).await;
        let ids = [&first, &older, &second, &newer].map(|path| path.rsplit('/').next().unwrap());
        for path in [&older, &newer] {
            let shown = browser.get(path).await;
            let wrong = browser.fill(path, path, &[("code", "0000 0000")]).await;
            for page in [shown, wrong] {
                let body = page.body.replace(address, "A").replace(&page.field("csrf"), "C");
                let body = ids.iter().fold(body, |body, id| body.replace(id, "I"));
                let names = ["cache-control", "content-security-policy", "set-cookie", "content-type"];
                seen.push((page.status, names.map(|name| page.header(name).to_owned()), body));
            }
        }
    }
    let (known, unknown) = seen.split_at(4);
    assert_eq!(known, unknown);
    let mail = world.mail_to("nobody@example.com").await;
    assert!(mail.text.contains("no account with it") && !lets_in(&mail), "{}", mail.text);
}

#[tokio::test]
async fn w10_a_code_can_not_be_guessed_and_the_link_still_works() {
    let (world, _) = world().await;
    let browser = world.browser();
    let (interaction, waiting) = ask(&browser, ADA).await;
    let mail = world.mail_to(ADA).await;
    assert_eq!(world.browser().get(&waiting).await.status, 404, "another browser has no such page");
    for _ in 0..5 {
        assert_eq!(browser.fill(&waiting, &waiting, &[("code", &another(&code(&mail)))]).await.status, 400);
    }
    let late = browser.fill(&waiting, &waiting, &[("code", &code(&mail))]).await;
    assert!(late.status == 400 && late.body.contains("No code of this mail works any more"), "{}", late.body);
    assert!(world.scratch.kinds_of_events().await.contains(&"mail_code.failed".to_owned()));
    let page = browser.get(path(&mail, "/link/")).await;
    assert_eq!(leads_to(&browser.send(&page.form("link-submit")).await), interaction);
}

#[tokio::test]
async fn w10_a_newer_mail_a_new_password_and_time_make_a_mail_worthless_and_a_stranger_does_not() {
    let (world, _) = world().await;
    let browser = world.browser();
    let (_, waiting) = ask(&browser, ADA).await;
    let first = world.mail_to(ADA).await;
    world.scratch.clock.advance(1);
    let waiting = leads_to(&browser.fill(&waiting, &waiting, &[("change", "again")]).await);
    let second = world.mail_to(ADA).await;
    world.scratch.clock.advance(1);
    ask(&world.browser(), ADA).await;
    assert_eq!(browser.get(path(&first, "/link/")).await.status, 404);
    assert_eq!(browser.fill(&waiting, &waiting, &[("code", &code(&first))]).await.status, 400);
    assert_eq!(browser.get(path(&second, "/link/")).await.status, 200, "a stranger's mail ends no other one");
    let here = world.signed_in().await;
    let fields = [("current_password", PASSWORD), ("password", NEW)];
    assert_eq!(here.fill("/account/password", "/account/password", &fields).await.status, 303);
    assert_eq!(browser.get(path(&second, "/link/")).await.status, 404, "a changed password ends it");
    assert_eq!(browser.fill(&waiting, &waiting, &[("code", &code(&second))]).await.status, 400);
    world.scratch.clock.advance(600);
    ask(&browser, ADA).await;
    let third = path(&world.mail_to(ADA).await, "/link/");
    world.scratch.clock.advance(10 * 60 - 1);
    assert_eq!(browser.get(&third).await.status, 200);
    world.scratch.clock.advance(1);
    assert_eq!(browser.get(&third).await.status, 404);
}

#[tokio::test]
async fn w10_an_account_that_changed_meanwhile_lets_nobody_in() {
    for change in ["disabled", "moved", "unconfirmed"] {
        let (world, id) = world().await;
        let browser = world.browser();
        let (_, waiting) = ask(&browser, ADA).await;
        let mail = world.mail_to(ADA).await;
        let page = browser.get(path(&mail, "/link/")).await;
        // as in the moment between the look and the mail
        let mut tx = world.scratch.realm.store.facts.begin().await.unwrap();
        match change {
            "disabled" => assert_eq!(users::disable(&mut tx, &id, 1).await.unwrap(), 1),
            "moved" => {
                let moved = (ADA, "ada@elsewhere.example");
                assert!(users::replace_email(&mut tx, &id, moved, Some(1), 1).await.unwrap());
            }
            _ => assert!(users::replace_email(&mut tx, &id, (ADA, ADA), None, 1).await.unwrap()),
        }
        tx.commit().await.unwrap();
        assert_eq!(browser.send(&page.form("link-submit")).await.status, 404, "{change}");
        assert_eq!(browser.fill(&waiting, &waiting, &[("code", &code(&mail))]).await.status, 404, "{change}");
        assert!(!browser.is_signed_in().await, "{change}");
    }
}

#[tokio::test]
async fn s24_an_address_that_nobody_has_confirmed_gets_the_way_to_a_new_password() {
    let world = World::with(&[("mail.sign_in", "true")]).await;
    world.scratch.account(ADA).await;
    ask(&world.browser(), ADA).await;
    let mail = world.mail_to(ADA).await;
    assert!(mail.text.contains("never confirmed") && !lets_in(&mail), "{}", mail.text);
    assert_eq!(path(&mail, "/recover"), "/recover");
}

#[tokio::test]
async fn w10_who_can_not_sign_in_is_told_why_and_gets_no_link() {
    let (world, id) = world().await;
    users::disable(&world.scratch.realm.store.facts, &id, 1).await.unwrap();
    ask(&world.browser(), ADA).await;
    let mail = world.mail_to(ADA).await;
    assert!(mail.text.contains("switched off") && !lets_in(&mail), "{}", mail.text);
}

#[tokio::test]
async fn w10_a_realm_that_does_not_allow_it_offers_nothing_of_it() {
    let (world, _) = confirmed(World::new().await).await;
    let allowing = world.scratch.changed(&[("mail.sign_in", "true")]).await;
    let browser = world.browser().at(router(&allowing, &world.scratch));
    let (interaction, waiting) = ask(&browser, ADA).await;
    let code = code(&world.mail_to(ADA).await);
    let browser = browser.at(world.router.clone());
    assert_eq!(browser.fill(&waiting, &waiting, &[("code", &code)]).await.status, 404, "nor any more");
    assert!(!browser.get(&interaction).await.has("by-mail"));
    assert!(browser.get(format!("{interaction}?view=mail")).await.has("login-submit"));
    let asked = browser.fill(&interaction, &format!("{interaction}/mail"), &[("email", ADA)]).await;
    assert_eq!(leads_to(&asked), interaction);
    assert_eq!(world.scratch.mails().await.len(), 1);
}

#[tokio::test]
async fn acc14_a_mail_signs_in_to_a_further_account_beside_the_one_in_use() {
    let (world, _) = world().await;
    world.scratch.account("grace@example.com").await;
    let browser = Browser::signed_in(&world.scratch, &world.router, "grace@example.com").await;
    let page = browser.get("/account/accounts").await;
    let interaction = leads_to(&browser.send(&page.form("account-add").press("account-add")).await);
    let page = format!("{interaction}?view=mail");
    let asked = browser.fill(&page, &format!("{interaction}/mail"), &[("email", ADA)]).await;
    let waiting = browser.get(&leads_to(&asked)).await;
    let form = waiting.form("mailed-submit").with("code", &code(&world.mail_to(ADA).await));
    assert_eq!(leads_to(&browser.send(&form).await), interaction);
    let page = browser.get("/account/accounts").await;
    let listed = page.elements("#accounts button.link .hidden");
    let listed: Vec<_> = listed.iter().map(|name| name.text.as_str()).collect();
    assert_eq!(listed, [format!(": {ADA}").as_str(), ": grace@example.com"]);
}
