//! What somebody can do who asks for mails to an address of others: not guess the code, not learn whether there is an
//! account, not fill the mailbox (S24, W8, W10).

use super::{
    ADA, NEW, World, another, code, path,
    recovery::{ask, ask_in},
};

#[tokio::test]
async fn w10_a_code_can_not_be_guessed_and_counts_nowhere_else() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let browser = world.browser();
    let waiting = ask(&browser, ADA).await;
    let mail = world.mail_to(ADA).await;
    let stranger = world.browser();
    assert_eq!(stranger.get(&waiting).await.status, 404, "another browser has no such page");
    for _ in 0..5 {
        assert_eq!(browser.fill(&waiting, &waiting, &[("code", &another(&code(&mail)))]).await.status, 400);
    }
    let late = browser.fill(&waiting, &waiting, &[("code", &code(&mail))]).await;
    assert_eq!(late.status, 400, "five tries, and the right code counts no more");
    assert!(late.body.contains("No code of this mail works any more"), "{}", late.body);
    assert!(browser.get(path(&mail, "/reset/")).await.has("reset-submit"), "the link still does");
}

#[tokio::test]
async fn s24_an_address_without_an_account_gets_the_same_page_and_a_mail_that_says_so() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let mut seen = Vec::new();
    for address in [ADA, "nobody@example.com"] {
        let browser = world.browser();
        let interaction = browser.interaction("app", &[("prompt", "login")]).await;
        let asked = ask_in(&browser, &interaction, address).await;
        assert!(asked.starts_with("/mailed/") && asked.len() == "/mailed/".len() + 43, "{asked}");
        let page = browser.get(&asked).await;
        let wrong = browser.fill(&asked, &asked, &[("code", "0000 0000")]).await;
        let hide = |text: &str, page: &test_browser::Page| {
            text.replace(address, "X")
                .replace(&asked, "Y")
                .replace(&asked.replace('/', "%2F"), "Y")
                .replace(&interaction, "I")
                .replace(&page.field("csrf"), "Z")
        };
        let headers = |page: &test_browser::Page| {
            let names = ["cache-control", "content-security-policy", "set-cookie", "content-type"];
            names.map(|name| page.header(name).to_owned())
        };
        seen.push((
            (page.status, hide(&page.body, &page), headers(&page)),
            (wrong.status, hide(&wrong.body, &wrong), headers(&wrong)),
        ));
    }
    assert_eq!(seen[0], seen[1]);
    let mail = world.mail_to("nobody@example.com").await;
    assert!(mail.text.contains("there is none") && !mail.text.contains("/reset/"), "{}", mail.text);
}

#[tokio::test]
async fn s24_nobody_fills_a_mailbox_whether_or_not_it_has_an_account() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    for address in [ADA, "nobody@example.com"] {
        let mut answers = Vec::new();
        for _ in 0..5 {
            let browser = world.browser();
            let interaction = browser.interaction("app", &[("prompt", "login")]).await;
            let page = format!("{interaction}?view=forgot");
            let asked = browser.fill(&page, &format!("{interaction}/forgot"), &[("email", address)]).await;
            answers.push(asked.status.as_u16());
        }
        assert_eq!(answers, [303, 303, 303, 303, 429], "{address}");
    }
    assert_eq!(world.scratch.mails().await.len(), 8);
}

#[tokio::test]
async fn w8_wrong_mailed_codes_are_counted_for_the_address_in_all_browsers() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let mut answers = Vec::new();
    for _ in 0..4 {
        let browser = world.browser();
        world.scratch.clock.advance(1);
        let waiting = ask(&browser, ADA).await;
        let wrong = another(&code(&world.mail_to(ADA).await));
        for _ in 0..5 {
            answers.push(browser.fill(&waiting, &waiting, &[("code", &wrong)]).await.status.as_u16());
        }
    }
    assert_eq!(answers, [400; 20]);
    world.scratch.clock.advance(600);
    let browser = world.browser();
    let waiting = ask(&browser, ADA).await;
    let right = code(&world.mail_to(ADA).await);
    world.scratch.clock.advance(60);
    assert_eq!(browser.fill(&waiting, &waiting, &[("code", &another(&right))]).await.status, 400);
    let refused = browser.fill(&waiting, &waiting, &[("code", &right)]).await;
    assert_eq!(refused.status, 429, "{}", refused.body);
    assert!(!refused.header("retry-after").is_empty());
    world.scratch.clock.advance(121);
    assert_eq!(browser.fill(&waiting, &waiting, &[("code", &right)]).await.status, 303);
}

#[tokio::test]
async fn s24_what_becomes_of_an_older_mail_does_not_tell_whether_there_is_an_account() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let mut answers = Vec::new();
    for address in [ADA, "nobody@example.com"] {
        let (first, second) = (world.browser(), world.browser());
        let older = ask(&first, address).await;
        ask(&second, address).await;
        let shown = first.get(&older).await.status;
        let typed = first.fill(&older, &older, &[("code", "0000 0000")]).await;
        answers.push((shown, typed.status, typed.text_of("error-message")));
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn s24_whoever_asked_in_vain_does_not_see_that_the_owner_used_the_mail() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let mut answers = Vec::new();
    for address in [ADA, "nobody@example.com"] {
        let stranger = world.browser();
        let waiting = ask(&stranger, address).await;
        if address == ADA {
            let link = path(&world.mail_to(ADA).await, "/reset/");
            let owner = world.browser();
            let page = owner.get(&link).await;
            assert_eq!(owner.send(&page.form("reset-submit").with("password", NEW)).await.status, 303);
        }
        let shown = stranger.get(&waiting).await.status;
        let typed = stranger.fill(&waiting, &waiting, &[("code", "0000 0000")]).await;
        let again = stranger.fill(&waiting, &waiting, &[("change", "again")]).await;
        answers.push((shown, typed.status, typed.text_of("error-message"), again.status));
    }
    assert_eq!(answers[0], answers[1]);
}
