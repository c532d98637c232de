//! The address of an account, from its page (ACC-2).

use idp::store::users;

use super::{ADA, World, code, leads_to, path};
use crate::{app::Browser, harness::PASSWORD};

const PAGE: &str = "/account/email";
const OTHER: &str = "ada@elsewhere.example";

async fn ask(browser: &Browser, address: &str) -> String {
    leads_to(&browser.fill(PAGE, PAGE, &[("email", address)]).await)
}

async fn address_of(world: &World, id: &str) -> (String, Option<i64>) {
    let user = users::by_id(&world.scratch.realm.store.facts, id).await.unwrap().unwrap();
    (user.email, user.email_verified_at)
}

#[tokio::test]
async fn acc2_an_address_changes_when_the_new_one_is_confirmed_and_the_old_one_is_told() {
    let world = World::new().await;
    let id = world.scratch.account(ADA).await;
    let browser = world.signed_in().await;
    assert!(browser.get("/account").await.has("address"));
    let waiting = ask(&browser, OTHER).await;
    assert_eq!(address_of(&world, &id).await.0, ADA, "nothing changes before");
    let code = code(&world.mail_to(OTHER).await);
    let done = browser.fill(&waiting, &waiting, &[("code", &code)]).await;
    assert_eq!(leads_to(&done), PAGE);
    assert_eq!(address_of(&world, &id).await, (OTHER.to_owned(), Some(crate::harness::NOW)));
    let told = world.mail_to(ADA).await;
    assert!(told.text.contains(OTHER), "{}", told.text);
    assert_eq!(browser.get(PAGE).await.text_of("address"), OTHER);

    let link = path(&told, "/link/");
    world.scratch.clock.advance(7 * 24 * 3600 - 1);
    let stranger = world.browser();
    let page = stranger.get(&link).await;
    assert_eq!(address_of(&world, &id).await.0, OTHER, "opening it changes nothing");
    let undone = stranger.send(&page.form("link-submit")).await;
    assert_eq!(leads_to(&undone), "/signed-out-everywhere");
    assert!(stranger.get("/signed-out-everywhere").await.has("continue"));
    assert_eq!(address_of(&world, &id).await.0, ADA);
    assert!(!browser.is_signed_in().await);
    assert_eq!(stranger.get(&link).await.status, 404);
    let kinds = world.scratch.kinds_of_events().await;
    for kind in ["account.email_changed", "account.email_change_undone"] {
        assert!(kinds.iter().any(|found| found == kind), "{kind}");
    }
}

#[tokio::test]
async fn acc2_the_way_back_ends_after_seven_days() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let browser = world.signed_in().await;
    let waiting = ask(&browser, OTHER).await;
    let code = code(&world.mail_to(OTHER).await);
    browser.fill(&waiting, &waiting, &[("code", &code)]).await;
    let link = path(&world.mail_to(ADA).await, "/link/");
    world.scratch.clock.advance(7 * 24 * 3600);
    assert_eq!(world.browser().get(&link).await.status, 404);
}

#[tokio::test]
async fn s24_an_address_with_another_account_is_not_told_on_the_page() {
    let world = World::new().await;
    let id = world.scratch.account(ADA).await;
    world.scratch.account("grace@example.com").await;
    let browser = world.signed_in().await;
    let waiting = ask(&browser, "Grace@Example.com").await;
    assert_eq!(browser.get(&waiting).await.text_of("mailed-to"), "Grace@Example.com");
    let mail = world.mail_to("grace@example.com").await;
    assert!(mail.text.contains("has an account already") && !mail.text.contains("/link/"), "{}", mail.text);
    assert_eq!(address_of(&world, &id).await.0, ADA);
}

#[tokio::test]
async fn acc2_an_address_that_got_another_account_meanwhile_is_not_taken_over() {
    let world = World::new().await;
    let id = world.scratch.account(ADA).await;
    let browser = world.signed_in().await;
    let waiting = ask(&browser, OTHER).await;
    let code = code(&world.mail_to(OTHER).await);
    world.scratch.account(OTHER).await;
    let late = browser.fill(&waiting, &waiting, &[("code", &code)]).await;
    assert!(late.status == 404 && late.body.contains("in use"), "{}", late.body);
    assert_eq!(address_of(&world, &id).await.0, ADA);
}

#[tokio::test]
async fn acc2_a_stranger_in_another_browser_confirms_nothing() {
    let world = World::new().await;
    let id = world.scratch.account(ADA).await;
    let browser = world.signed_in().await;
    ask(&browser, OTHER).await;
    let link = path(&world.mail_to(OTHER).await, "/link/");
    let stranger = world.browser();
    assert_eq!(stranger.get(&link).await.status, 404);
    let page = stranger.interaction("app", &[]).await;
    assert_eq!(stranger.fill(&page, &link, &[]).await.status, 404);
    assert_eq!(address_of(&world, &id).await.0, ADA);
}

#[tokio::test]
async fn acc2_the_page_needs_a_recent_sign_in_and_says_what_is_wrong() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let browser = world.signed_in().await;
    for (typed, said) in [("ada", "name@example.com"), (ADA, "have already")] {
        let refused = browser.fill(PAGE, PAGE, &[("email", typed)]).await;
        assert!(refused.status == 400 && refused.body.contains(said), "{}", refused.body);
    }
    world.scratch.clock.advance(301);
    assert!(leads_to(&browser.get(PAGE).await).starts_with("/interaction/"));
}

#[tokio::test]
async fn acc2_another_spelling_of_the_address_needs_no_way_back() {
    let world = World::new().await;
    let id = world.scratch.account(ADA).await;
    let browser = world.signed_in().await;
    let waiting = ask(&browser, "Ada@Example.com").await;
    let code = code(&world.mail_to("Ada@Example.com").await);
    browser.fill(&waiting, &waiting, &[("code", &code)]).await;
    assert_eq!(address_of(&world, &id).await.0, "Ada@Example.com");
    assert!(!world.subjects().await.contains(&"Your e-mail address was changed".to_owned()));
}

#[tokio::test]
async fn h6_an_address_that_was_never_confirmed_is_confirmed_from_the_account_page() {
    let world = World::new().await;
    let id = world.scratch.account(ADA).await;
    let browser = world.signed_in().await;
    let page = browser.get(PAGE).await;
    assert_eq!(page.text_of("address-state"), "Not confirmed");
    let asked = browser.send(&page.form("address-confirm").press("address-confirm")).await;
    let waiting = leads_to(&asked);
    world.scratch.clock.advance(1);
    let again = leads_to(&browser.fill(&waiting, &waiting, &[("change", "again")]).await);
    let code = code(&world.mail_to(ADA).await);
    assert_eq!(leads_to(&browser.fill(&again, &again, &[("code", &code)]).await), PAGE);
    assert!(address_of(&world, &id).await.1.is_some());
    assert_eq!(browser.get(PAGE).await.text_of("address-state"), "Confirmed");
    assert!(world.scratch.kinds_of_events().await.contains(&"account.email_verified".to_owned()));
    let visit = world.scratch.visit(None).await;
    world.scratch.try_password(&visit, (ADA, PASSWORD)).await.unwrap();
}

/// Changes the address from a browser that is signed in. Returns the link for the old address.
async fn change_from(world: &World, browser: &Browser, old: &str, new: &str) -> String {
    let waiting = ask(browser, new).await;
    let code = code(&world.mail_to(new).await);
    assert_eq!(leads_to(&browser.fill(&waiting, &waiting, &[("code", &code)]).await), PAGE);
    path(&world.mail_to(old).await, "/link/")
}

#[tokio::test]
async fn acc2_whoever_took_an_account_over_can_not_take_it_back_again() {
    let world = World::new().await;
    let id = world.scratch.account(ADA).await;
    let thief = world.signed_in().await;
    let owners = change_from(&world, &thief, ADA, "one@thief.example").await;
    world.scratch.clock.advance(1);
    let thiefs = change_from(&world, &thief, "one@thief.example", "two@thief.example").await;
    let owner = world.browser();
    let page = owner.get(&owners).await;
    world.scratch.clock.advance(1);
    assert_eq!(owner.send(&page.form("link-submit")).await.status, 303);
    assert_eq!(address_of(&world, &id).await.0, ADA);
    assert_eq!(thief.get(&thiefs).await.status, 404);
    let told = world.mail_to("two@thief.example").await;
    assert!(told.text.contains("has taken it back"), "{}", told.text);
    assert!(!told.text.contains("Device:"), "the thief does not learn where the owner is");
    let visit = world.scratch.visit(None).await;
    let again = world.scratch.try_password(&visit, (ADA, PASSWORD)).await.unwrap();
    assert!(matches!(again, idp::flow::sign_in::Outcome::Wrong), "the thief knows the password");
    assert_eq!(address_of(&world, &id).await.1, None, "a new password by mail begins afresh");
}

#[tokio::test]
async fn acc2_a_session_that_ended_takes_the_change_that_it_asked_for_with_it() {
    for way in ["signed out", "disowned"] {
        let world = World::new().await;
        let id = world.scratch.account(ADA).await;
        let owner = world.signed_in().await;
        let thief = world.signed_in().await;
        let disown = path(&world.mail_to(ADA).await, "/link/");
        let waiting = ask(&thief, OTHER).await;
        let mail = world.mail_to(OTHER).await;
        if way == "disowned" {
            let page = owner.get(&disown).await;
            assert_eq!(owner.send(&page.form("link-submit")).await.status, 303);
            assert_eq!(thief.get(&waiting).await.status, 404);
        } else {
            owner.fill("/account/sessions", "/account/sessions", &[("change", "others")]).await;
            let typed = thief.fill(&waiting, &waiting, &[("code", &code(&mail))]).await;
            assert!(leads_to(&typed).starts_with("/interaction/"), "{}", typed.body);
        }
        let opened = thief.get(path(&mail, "/link/")).await;
        assert!(!opened.has("link-submit"), "{}", opened.body);
        assert_eq!(address_of(&world, &id).await.0, ADA, "{way}");
    }
}

#[tokio::test]
async fn acc2_another_mailbox_that_counts_as_the_same_address_has_a_way_back_too() {
    let world = World::new().await;
    let strasse = "strasse@example.com";
    world.scratch.account(strasse).await;
    let browser = Browser::signed_in(&world.scratch, &world.router, strasse).await;
    let link = change_from(&world, &browser, strasse, "stra\u{df}e@example.com").await;
    assert!(link.starts_with("/link/"));
}

#[tokio::test]
async fn acc2_a_mail_about_another_account_than_the_one_in_use_is_not_used_up() {
    let world = World::new().await;
    let id = world.scratch.account(ADA).await;
    world.scratch.account("grace@example.com").await;
    let browser = world.signed_in().await;
    ask(&browser, OTHER).await;
    let link = path(&world.mail_to(OTHER).await, "/link/");
    let interaction = browser.interaction("app", &[("prompt", "login")]).await;
    let fields = [("username", "grace@example.com"), ("password", PASSWORD)];
    browser.fill(&interaction, &format!("{interaction}/sign-in"), &fields).await;
    let opened = browser.get(&link).await;
    assert!(opened.status == 404 && opened.body.contains("Another account is in use"), "{}", opened.body);
    let interaction = browser.interaction("app", &[("prompt", "login")]).await;
    let fields = [("username", ADA), ("password", PASSWORD)];
    browser.fill(&interaction, &format!("{interaction}/sign-in"), &fields).await;
    let page = browser.get(&link).await;
    assert_eq!(leads_to(&browser.send(&page.form("link-submit")).await), PAGE);
    assert_eq!(address_of(&world, &id).await.0, OTHER);
}
