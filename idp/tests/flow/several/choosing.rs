//! Which account a request goes on with.

use super::{ACCOUNTS, ADA, GRACE, LINUS, World, in_use, leads_to, press, shown, sign_in};
use crate::app::Browser;

#[tokio::test]
async fn acc14_the_account_in_use_answers_silently_until_another_is_chosen() {
    let world = World::new().await;
    let browser = world.browser().await;
    assert_eq!(world.subject(&browser, &[]).await.as_ref(), Some(&world.grace));
    assert_eq!(world.subject(&browser, &[("prompt", "none")]).await.as_ref(), Some(&world.grace));
    let page = browser.get(ACCOUNTS).await;
    let answer = press(&browser, &page, ADA, "use").await;
    assert_eq!(leads_to(&answer), "/account");
    assert_eq!(in_use(&browser).await.as_deref(), Some(ADA));
    assert_eq!(shown(&browser.get(ACCOUNTS).await), [ADA, GRACE]);
    for prompt in ["", "none"] {
        let subject = world.subject(&browser, &[("prompt", prompt)]).await;
        assert_eq!(subject.as_ref(), Some(&world.ada), "{prompt}");
    }
    assert_eq!((world.sessions().await, world.endings().await), (2, vec![]));
}

#[tokio::test]
async fn acc14_select_account_always_asks_and_any_account_may_be_chosen() {
    let world = World::new().await;
    let browser = world.browser().await;
    for (email, subject) in [(GRACE, &world.grace), (ADA, &world.ada), (ADA, &world.ada)] {
        let path = browser.interaction("app", &[("prompt", "select_account")]).await;
        let page = browser.get(&path).await;
        assert_eq!(shown(&page).len(), 2, "{}", page.summary());
        assert_eq!(leads_to(&press(&browser, &page, email, "use").await), path);
        let code = browser.get(&path).await.param("code").unwrap();
        assert_eq!(world.subject_of(&code).await.as_ref(), Some(subject));
    }
    // also before the age of a sign-in is judged
    world.clock.advance(300);
    let path = browser.interaction("app", &[("prompt", "select_account"), ("max_age", "60")]).await;
    let page = browser.get(&path).await;
    press(&browser, &page, GRACE, "use").await;
    let page = browser.get(&path).await;
    assert_eq!(page.form("login-submit").value("username"), Some(GRACE), "who was chosen signs in");
    sign_in(&browser, &path, GRACE).await;
    assert!(browser.get(&path).await.param("code").is_some());
    assert_eq!(world.sessions().await, 2);
}

#[tokio::test]
async fn acc14_a_chosen_account_is_judged_by_its_own_sign_in() {
    let world = World::new().await;
    let browser = Browser::signed_in(&world.scratch, &world.router, ADA).await;
    world.clock.advance(200);
    super::add(&browser, GRACE).await;
    let page = browser.get(ACCOUNTS).await;
    press(&browser, &page, ADA, "use").await;
    // Grace has just signed in, and Ada has not
    let answer = browser.authorize("app", &[("max_age", "100"), ("prompt", "none")]).await;
    assert_eq!(answer.param("error").as_deref(), Some("login_required"));
    let page = browser.get("/account/totp").await;
    assert!(page.status == 200, "the page asks for a sign-in of the last five minutes");
    world.clock.advance(150);
    let page = browser.get("/account/totp").await;
    assert!(leads_to(&page).starts_with("/interaction/"), "the other one's is fresh enough");
    let page = browser.get(ACCOUNTS).await;
    press(&browser, &page, GRACE, "use").await;
    assert_eq!(browser.get("/account/totp").await.status, 200);
}

#[tokio::test]
async fn acc14_use_another_account_leads_to_the_choice_where_there_is_one() {
    let world = World::new().await;
    let browser = world.browser().await;
    let path = browser.interaction("other", &[]).await;
    let consent = browser.get(&path).await;
    assert!(consent.has("consent-allow") && consent.body.contains(GRACE));
    let path = leads_to(&browser.send(&consent.form("account-switch").press("account-switch")).await);
    let choice = browser.get(&path).await;
    assert_eq!(shown(&choice), [GRACE, ADA]);
    press(&browser, &choice, ADA, "use").await;
    let consent = browser.get(&path).await;
    assert!(consent.has("consent-allow") && consent.body.contains(ADA), "{}", consent.summary());
    // and from there to a further one, in the same request
    let path = leads_to(&browser.send(&consent.form("account-switch").press("account-switch")).await);
    let choice = browser.get(&path).await;
    let path = leads_to(&browser.send(&choice.form("account-add").press("account-add")).await);
    let page = browser.get(&path).await;
    assert!(page.text_of("beside").contains(ADA) && page.form("login-submit").value("username") == Some(""));
    sign_in(&browser, &path, LINUS).await;
    let consent = browser.get(&path).await;
    assert!(consent.has("consent-allow") && consent.body.contains(LINUS));
    assert_eq!(shown(&browser.get(ACCOUNTS).await).len(), 3);

    let alone = Browser::signed_in(&world.scratch, &world.router, ADA).await;
    let path = alone.interaction("other", &[]).await;
    let consent = alone.get(&path).await;
    let path = leads_to(&alone.send(&consent.form("account-switch").press("account-switch")).await);
    assert!(alone.get(&path).await.has("login-submit"));
}

#[tokio::test]
async fn acc14_no_account_takes_the_place_of_one_that_is_signed_out() {
    let world = World::new().await;
    let browser = world.browser().await;
    let page = browser.get("/account").await;
    let answer = browser.send(&page.form("sign-out")).await;
    assert_eq!(leads_to(&answer), "/signed-out");
    let page = browser.get("/signed-out").await;
    assert_eq!(page.link("accounts").path(), ACCOUNTS, "the others are told of");
    let silent = browser.authorize("app", &[("prompt", "none")]).await;
    assert_eq!(silent.param("error").as_deref(), Some("account_selection_required"));
    let unknown = [("prompt", "none"), ("login_hint", "nobody@example.com")];
    let silent = browser.authorize("app", &unknown).await;
    assert_eq!(silent.param("error").as_deref(), Some("login_required"));
    for path in [browser.interaction("app", &[]).await, leads_to(&browser.get("/account").await)] {
        let page = browser.get(&path).await;
        assert_eq!(shown(&page), [ADA], "{}", page.summary());
    }
    let path = browser.interaction("app", &[]).await;
    let page = browser.get(&path).await;
    press(&browser, &page, ADA, "use").await;
    let code = browser.get(&path).await.param("code").unwrap();
    assert_eq!(world.subject_of(&code).await.as_ref(), Some(&world.ada));
    // prompt=login is a sign-in, whoever is here
    browser.send(&browser.get("/account").await.form("sign-out")).await;
    let path = browser.interaction("app", &[("prompt", "login")]).await;
    assert!(browser.get(&path).await.has("login-submit"));
}

#[tokio::test]
async fn acc14_an_account_that_has_idled_out_signs_in_again_at_its_address() {
    let world = World::new().await;
    let browser = world.browser().await;
    let path = browser.interaction("app", &[("prompt", "select_account")]).await;
    let live = browser.get(&path).await;
    // Grace goes on, and Ada is not used for the hour that a session lives
    world.clock.advance(1800);
    in_use(&browser).await;
    world.clock.advance(1870);
    in_use(&browser).await;
    let page = browser.get(ACCOUNTS).await;
    assert_eq!(shown(&page), [GRACE, ADA]);
    assert!(page.body.contains("Sign in again"), "{}", page.body);
    assert_eq!(world.subject(&browser, &[("login_hint", ADA)]).await.as_ref(), Some(&world.grace));
    let path = leads_to(&press(&browser, &page, ADA, "use").await);
    let page = browser.get(&path).await;
    assert_eq!(page.form("login-submit").value("username"), Some(ADA));
    assert_eq!(in_use(&browser).await.as_deref(), Some(GRACE), "nothing has changed yet");
    // likewise from a page that was open while it lived
    let path = leads_to(&press(&browser, &live, ADA, "use").await);
    assert_eq!(browser.get(&path).await.form("login-submit").value("username"), Some(ADA));
    sign_in(&browser, &path, ADA).await;
    assert_eq!(shown(&browser.get(ACCOUNTS).await), [ADA, GRACE]);
    assert_eq!(world.endings().await, ["lapsed"]);
    assert_eq!(world.sessions().await, 2);
}
