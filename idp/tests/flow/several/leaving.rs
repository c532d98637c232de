//! Signing out of one account of a browser, or of all.

use idp::flow::end_all;

use super::{ACCOUNTS, ADA, GRACE, World, in_use, leads_to, press, shown};
use crate::app::{Browser, authorize, form, refresh};

const FULL: &str = "openid offline_access";
const BYE: &str = "https://app.example/bye";

/// How many sessions a browser has cookies of.
fn cookies(browser: &Browser) -> usize {
    let all = browser.cookies("/");
    let of_sessions = all.iter().filter(|(name, _)| name.starts_with("rk_test_session"));
    of_sessions.map(|(_, value)| value).collect::<std::collections::BTreeSet<_>>().len()
}

#[tokio::test]
async fn acc14_one_account_is_signed_out_of_with_all_that_was_granted_in_it() {
    let world = World::new().await;
    let browser = world.browser().await;
    let grace = browser.tokens("app", FULL).await;
    press(&browser, &browser.get(ACCOUNTS).await, ADA, "use").await;
    let ada = browser.tokens("app", FULL).await;
    let page = browser.get(ACCOUNTS).await;
    let form = super::form_of(&page, GRACE).with("decision", "end");
    for _ in 0..2 {
        assert_eq!(leads_to(&browser.send(&form).await), ACCOUNTS, "a double click as well");
    }
    assert_eq!((shown(&browser.get(ACCOUNTS).await), cookies(&browser)), (vec![ADA.to_owned()], 1));
    assert_eq!(refresh(&world.router, "app", &grace.refresh).await.status, 400);
    assert_eq!(refresh(&world.router, "app", &ada.refresh).await.status, 200);
    assert_eq!(world.endings().await, ["signed_out"]);
    // and the one in use
    press(&browser, &browser.get(ACCOUNTS).await, ADA, "end").await;
    assert_eq!((cookies(&browser), world.sessions().await), (0, 0));
    assert!(leads_to(&browser.get(ACCOUNTS).await).starts_with("/interaction/"));
}

#[tokio::test]
async fn acc14_all_accounts_are_signed_out_of_at_once() {
    let world = World::new().await;
    let (browser, elsewhere) = (world.browser().await, world.browser().await);
    let grace = browser.tokens("app", FULL).await;
    let page = browser.get(ACCOUNTS).await;
    let form = page.form("sign-out-all").press("sign-out-all");
    let before = browser.jar();
    assert_eq!(leads_to(&browser.send(&form).await), "/signed-out");
    assert_eq!(cookies(&browser), 0);
    assert!(!browser.get("/signed-out").await.has("accounts"));
    browser.set_jar(before);
    assert_eq!(leads_to(&browser.send(&form).await), "/signed-out", "a double click as well");
    assert_eq!(refresh(&world.router, "app", &grace.refresh).await.status, 400);
    assert_eq!(world.sessions().await, 2, "those of another browser live");
    assert_eq!(shown(&elsewhere.get(ACCOUNTS).await).len(), 2);
}

#[tokio::test]
async fn acc14_the_page_that_asks_before_a_sign_out_offers_all_accounts() {
    let world = World::new().await;
    let browser = world.browser().await;
    let page = browser.get("/end_session").await;
    assert!(page.has("logout-confirm") && page.body.contains(GRACE));
    browser.send(&page.form("logout-confirm").press("logout-confirm")).await;
    assert_eq!((in_use(&browser).await, world.sessions().await), (None, 1));
    // nobody is in use: only all of them can be meant
    let page = browser.get("/end_session").await;
    assert!(!page.has("logout-confirm"), "{}", page.summary());
    browser.send(&page.form("logout-all").press("logout-all")).await;
    assert_eq!((cookies(&browser), world.sessions().await), (0, 0));
    assert!(browser.get("/end_session").await.body.contains("You are not signed in here"));
}

#[tokio::test]
async fn acc14_an_app_ends_the_session_of_this_browser_that_its_hint_names() {
    let world = World::new().await;
    let browser = world.browser().await;
    press(&browser, &browser.get(ACCOUNTS).await, ADA, "use").await;
    let ada = browser.tokens("app", FULL).await;
    press(&browser, &browser.get(ACCOUNTS).await, GRACE, "use").await;
    let grace = browser.tokens("app", FULL).await;
    let logout = |hint: &str| {
        let pairs = [("id_token_hint", hint), ("post_logout_redirect_uri", BYE), ("state", "s")];
        format!("/end_session?{}", form(&pairs))
    };
    // a browser that has other sessions ends none of these
    let stranger = Browser::signed_in(&world.scratch, &world.router, "linus@example.com").await;
    assert!(stranger.get(logout(&ada.id)).await.has("logout-confirm"));
    let answer = browser.get(logout(&ada.id)).await;
    assert_eq!(answer.location(), Some("https://app.example/bye?state=s"));
    assert_eq!(in_use(&browser).await.as_deref(), Some(GRACE), "the account in use goes on");
    assert_eq!((shown(&browser.get(ACCOUNTS).await), cookies(&browser)), (vec![GRACE.to_owned()], 1));
    assert_eq!(refresh(&world.router, "app", &ada.refresh).await.status, 400);
    assert_eq!(refresh(&world.router, "app", &grace.refresh).await.status, 200);
}

#[tokio::test]
async fn acc14_a_hint_of_an_older_session_asks_about_its_own_person() {
    let world = World::new().await;
    let browser = world.browser().await;
    let older = Browser::signed_in(&world.scratch, &world.router, ADA).await.tokens("app", FULL).await;
    let page = browser.get(format!("/end_session?{}", form(&[("id_token_hint", &older.id)]))).await;
    assert!(page.has("logout-confirm") && page.body.contains(ADA) && !page.body.contains(GRACE));
    let answer = browser.send(&page.form("logout-confirm").press("logout-confirm")).await;
    assert_eq!(leads_to(&answer), "/signed-out");
    assert_eq!(in_use(&browser).await.as_deref(), Some(GRACE));
    assert_eq!(shown(&browser.get(ACCOUNTS).await), [GRACE]);
    assert!(browser.get("/signed-out").await.has("accounts"));
}

#[tokio::test]
async fn acc14_what_ends_everything_empties_the_list() {
    let world = World::new().await;
    let browser = world.browser().await;
    world.clock.advance(5);
    end_all::end_all(&world.realm).await.unwrap();
    assert!(leads_to(&browser.get(ACCOUNTS).await).starts_with("/interaction/"));
    let path = leads_to(&browser.get(authorize("app", &[])).await);
    assert!(browser.get(&path).await.has("login-submit"));
}
