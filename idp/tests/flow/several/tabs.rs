//! Several tabs, in which different accounts were shown.

use http::StatusCode;

use super::{ACCOUNTS, ADA, GRACE, LINUS, World, in_use, leads_to, press, shown};

#[tokio::test]
async fn acc14_a_form_that_was_shown_to_one_account_never_acts_on_another() {
    let world = World::new().await;
    let browser = world.browser().await;
    let path = browser.interaction("other", &[]).await;
    let forms = [
        (browser.get("/account").await.form("sign-out"), "/end_session"),
        (
            browser.get("/account/profile").await.form("profile-submit").with("name", "Taken"),
            "/account/profile",
        ),
        (browser.get("/account/sessions").await.forms().swap_remove(0), "/account/sessions"),
        (browser.get(&path).await.form("consent-allow").press("consent-allow"), path.as_str()),
        (browser.get(ACCOUNTS).await.form("sign-out-all").press("sign-out-all"), ACCOUNTS),
    ];
    press(&browser, &browser.get(ACCOUNTS).await, ADA, "use").await;
    for (form, page) in forms {
        let answer = browser.send(&form).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{page}: {}", answer.summary());
        assert_eq!(answer.link("restart").path(), page, "which leads on to the page for this account");
    }
    assert_eq!((world.sessions().await, world.endings().await), (2, vec![]));
    assert_eq!(in_use(&browser).await.as_deref(), Some(ADA));
    assert!(browser.get(&path).await.body.contains(ADA), "the request goes on as the account in use");
}

#[tokio::test]
async fn acc14_a_double_click_on_an_account_is_one() {
    let world = World::new().await;
    let browser = world.browser().await;
    let page = browser.get(ACCOUNTS).await;
    let form = super::form_of(&page, ADA).with("decision", "use");
    let before = browser.jar();
    for lost in [true, false] {
        assert_eq!(leads_to(&browser.send(&form).await), "/account");
        if lost {
            browser.set_jar(before.clone());
        }
    }
    assert_eq!(leads_to(&browser.send(&form).await), "/account", "after the cookies have arrived too");
    assert_eq!(shown(&browser.get(ACCOUNTS).await), [ADA, GRACE]);
    assert_eq!(world.sessions().await, 2);
}

#[tokio::test]
async fn acc14_tabs_that_change_at_the_same_moment_lose_no_session() {
    let world = World::new().await;
    let browser = world.browser().await;
    super::add(&browser, LINUS).await;
    let page = browser.get(ACCOUNTS).await;
    let (one, other) = (super::form_of(&page, ADA), super::form_of(&page, GRACE));
    let tab = browser.clone();
    let before = browser.jar();
    tab.set_jar(before);
    browser.send(&one.with("decision", "use")).await;
    let late = tab.send(&other.with("decision", "use")).await;
    // the answer of the second tab arrives last
    for line in late.headers.get_all("set-cookie") {
        let (name, value) = line.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
        if value.is_empty() {
            browser.forget_cookie("/", name);
        } else {
            browser.set_cookie("/", name, value);
        }
    }
    let listed = shown(&browser.get(ACCOUNTS).await);
    assert_eq!((listed.first().map(String::as_str), listed.len()), (Some(GRACE), 3), "{listed:?}");
    assert_eq!(world.sessions().await, 3);
}

#[tokio::test]
async fn acc14_a_choice_that_another_tab_has_undone_is_asked_for_again() {
    let world = World::new().await;
    let browser = world.browser().await;
    let path = browser.interaction("app", &[("prompt", "select_account")]).await;
    press(&browser, &browser.get(&path).await, ADA, "use").await;
    press(&browser, &browser.get(ACCOUNTS).await, GRACE, "use").await;
    let page = browser.get(&path).await;
    assert_eq!(shown(&page), [GRACE, ADA], "{}", page.summary());
    press(&browser, &page, ADA, "use").await;
    let code = browser.get(&path).await.param("code").unwrap();
    assert_eq!(world.subject_of(&code).await.as_ref(), Some(&world.ada));
}
