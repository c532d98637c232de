//! A further account beside the one in use, by whatever way in.

use idp::flow::accounts;
use test_browser::Authenticator;

use super::{ACCOUNTS, ADA, GRACE, LINUS, World, add, in_use, leads_to, press, shown, sign_in};
use crate::{
    app::Browser,
    harness::PASSWORD,
    passkeys::{ceremony, filled},
};

#[tokio::test]
async fn acc14_a_further_account_comes_beside_the_one_in_use() {
    let world = World::new().await;
    let browser = world.browser().await;
    let page = browser.get(ACCOUNTS).await;
    assert_eq!(shown(&page), [GRACE, ADA], "the one in use first");
    assert_eq!(in_use(&browser).await.as_deref(), Some(GRACE));
    assert_eq!((world.sessions().await, world.endings().await), (2, vec![]));
    assert_eq!(world.subject(&browser, &[]).await.as_ref(), Some(&world.grace));
}

#[tokio::test]
async fn acc14_who_signs_in_as_somebody_else_without_adding_takes_the_place() {
    let world = World::new().await;
    let browser = world.browser().await;
    let path = browser.interaction("app", &[("prompt", "login")]).await;
    sign_in(&browser, &path, LINUS).await;
    let page = browser.get(ACCOUNTS).await;
    assert_eq!(shown(&page), [LINUS, ADA], "the account in use ends, and no other");
    assert_eq!(world.endings().await, ["signed_in_as_another"]);
    let page = browser.get("/account/sign-in").await;
    sign_in(&browser, &leads_to(&page), GRACE).await;
    assert_eq!(shown(&browser.get(ACCOUNTS).await), [GRACE, ADA]);
}

#[tokio::test]
async fn acc14_an_account_that_is_here_already_has_one_session_however_often_it_is_added() {
    let world = World::new().await;
    let browser = world.browser().await;
    let before = browser.cookies("/");
    add(&browser, ADA).await;
    assert_eq!(shown(&browser.get(ACCOUNTS).await), [ADA, GRACE]);
    assert_eq!((world.sessions().await, world.endings().await), (2, vec![]));
    let after = browser.cookies("/");
    assert!(before["rk_test_session"] != after["rk_test_session"], "it has a new id");
    let grace = &before["rk_test_session"];
    let ada = before.iter().find(|(name, value)| name.starts_with("rk_test_session_") && *value != grace);
    assert!(!after.contains_key(ada.unwrap().0), "{after:?}");
    // somebody who is here already does not take the other's place, wherever they sign in again
    let path = browser.interaction("app", &[("prompt", "login")]).await;
    sign_in(&browser, &path, GRACE).await;
    assert_eq!(shown(&browser.get(ACCOUNTS).await), [GRACE, ADA]);
    assert_eq!(world.sessions().await, 2);
}

#[tokio::test]
async fn acc14_a_browser_that_is_full_adds_nobody() {
    let world = World::with(&[("session.accounts_per_browser", "2")]).await;
    let browser = Browser::signed_in(&world.scratch, &world.router, ADA).await;
    // both tabs were opened while there was room
    let page = browser.get(ACCOUNTS).await;
    let (one, other) = (page.form("account-add").press("account-add"), browser.get(ACCOUNTS).await);
    let one = leads_to(&browser.send(&one).await);
    let other = leads_to(&browser.send(&other.form("account-add").press("account-add")).await);
    sign_in(&browser, &one, GRACE).await;
    sign_in(&browser, &other, LINUS).await;
    let page = browser.get(ACCOUNTS).await;
    assert_eq!(shown(&page), [LINUS, ADA], "never more than fit, and none is left behind");
    assert_eq!(world.endings().await, ["signed_in_as_another"]);
    assert!(!page.has("account-add") && page.body.contains("2 accounts can be signed in"), "{}", page.body);
    let form = page.form("sign-out-all").with("decision", "add");
    assert_eq!(leads_to(&browser.send(&form).await), ACCOUNTS);
    press(&browser, &page, LINUS, "end").await;
    assert!(browser.get(ACCOUNTS).await.has("account-add"));
}

#[tokio::test]
async fn acc14_where_a_browser_has_one_account_another_takes_its_place() {
    let world = World::with(&[("session.accounts_per_browser", "1")]).await;
    let browser = Browser::signed_in(&world.scratch, &world.router, ADA).await;
    let account = browser.get("/account").await;
    assert!(account.has("sign-in") && !account.has("accounts"));
    let path = browser.interaction("app", &[("prompt", "select_account")]).await;
    let page = browser.get(&path).await;
    assert!(page.has("account-continue"), "{}", page.summary());
    let path = leads_to(&browser.send(&page.form("account-switch").press("account-switch")).await);
    assert!(!browser.get(&path).await.has("beside"), "nobody is told to stay");
    sign_in(&browser, &path, GRACE).await;
    assert_eq!((world.sessions().await, world.endings().await.len()), (1, 1));
    assert_eq!(shown(&browser.get(ACCOUNTS).await), [GRACE]);
}

#[tokio::test]
async fn acc14_a_sign_in_that_is_half_done_makes_way() {
    let world = World::with(&[("factors.second", "required"), ("passwords.min_length", "8")]).await;
    let browser = Browser::signed_in(&world.scratch, &world.router, ADA).await;
    let page = browser.get(ACCOUNTS).await;
    let path = leads_to(&browser.send(&page.form("account-add").press("account-add")).await);
    sign_in(&browser, &path, GRACE).await;
    assert_eq!(shown(&browser.get(ACCOUNTS).await), [GRACE]);
    assert_eq!(world.endings().await, ["signed_in_as_another"]);
}

#[tokio::test]
async fn acc14_a_new_account_comes_beside_the_one_in_use_as_well() {
    let open = [("registration.open", "true"), ("registration.role", "member")];
    let world = World::with(&open).await;
    let browser = Browser::signed_in(&world.scratch, &world.router, ADA).await;
    let page = browser.get(ACCOUNTS).await;
    let path = leads_to(&browser.send(&page.form("account-add").press("account-add")).await);
    let page = browser.get(&path).await;
    assert_eq!(page.text_of("beside"), format!("{ADA} stays signed in."));
    let form = browser.get(page.link("register")).await.form("register-submit");
    let form = form.with("email", "new@example.com").with("name", "New").with("password", PASSWORD);
    assert_eq!(leads_to(&browser.send(&form).await), path);
    assert_eq!(shown(&browser.get(ACCOUNTS).await), ["new@example.com", ADA]);
}

#[tokio::test]
async fn acc14_a_double_click_adds_one_session() {
    let world = World::new().await;
    let browser = Browser::signed_in(&world.scratch, &world.router, ADA).await;
    world.clock.advance(1);
    let page = browser.get(ACCOUNTS).await;
    let path = leads_to(&browser.send(&page.form("account-add").press("account-add")).await);
    let form = browser.get(&path).await.form("login-submit");
    let form = form.with("username", GRACE).with("password", PASSWORD);
    let lost = browser.clone();
    lost.set_jar(browser.jar());
    let (first, second) = tokio::join!(lost.send(&form), browser.send(&form));
    assert_eq!((leads_to(&first), leads_to(&second)), (path.clone(), path));
    assert_eq!(shown(&browser.get(ACCOUNTS).await), [GRACE, ADA]);
    assert_eq!(world.sessions().await, 2);
    // the answer to the first click was lost with its cookies, and the form is sent again
    let page = browser.get(ACCOUNTS).await;
    let path = leads_to(&browser.send(&page.form("account-add").press("account-add")).await);
    let form = browser.get(&path).await.form("login-submit");
    let form = form.with("username", LINUS).with("password", PASSWORD);
    let before = browser.jar();
    browser.send(&form).await;
    browser.set_jar(before);
    assert_eq!(leads_to(&browser.send(&form).await), path);
    assert_eq!(shown(&browser.get(ACCOUNTS).await), [LINUS, GRACE, ADA]);
    assert_eq!((world.sessions().await, world.endings().await.len()), (3, 0));
}

#[tokio::test]
async fn acc14_a_passkey_adds_an_account_as_well() {
    let world = World::new().await;
    let mut device = Authenticator::new("http://localhost:7001");
    let owner = Browser::signed_in(&world.scratch, &world.router, GRACE).await;
    let (fields, options) = ceremony(&owner.get("/account/passkeys").await);
    owner.post("/account/passkeys", &filled(fields, &device.create(&options))).await;
    let browser = Browser::signed_in(&world.scratch, &world.router, ADA).await;
    let page = browser.get(ACCOUNTS).await;
    let path = leads_to(&browser.send(&page.form("account-add").press("account-add")).await);
    let (fields, options) = ceremony(&browser.get(&path).await);
    let answer = browser.post(&format!("{path}/passkey"), &filled(fields, &device.get(&options))).await;
    assert_eq!(leads_to(&answer), path, "{}", answer.body);
    assert_eq!(in_use(&browser).await.as_deref(), Some(GRACE));
    assert_eq!(shown(&browser.get(ACCOUNTS).await), [GRACE, ADA]);
}

#[tokio::test]
async fn acc14_a_disabled_account_drops_out_and_its_cookie_with_it() {
    let world = World::new().await;
    let browser = world.browser().await;
    let beside = |browser: &Browser| {
        browser.cookies("/").keys().filter(|name| name.starts_with("rk_test_session_")).count()
    };
    assert_eq!(beside(&browser), 2);
    accounts::disable(&world.realm, ADA).await.unwrap();
    assert_eq!(shown(&browser.get(ACCOUNTS).await), [GRACE]);
    assert_eq!(beside(&browser), 1);
}
