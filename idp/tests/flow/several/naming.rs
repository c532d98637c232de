//! Requests that name an account: `login_hint`, `id_token_hint` and `claims`.

use super::{ADA, GRACE, LINUS, World, in_use, leads_to, press, shown, sign_in};
use crate::app::Browser;

#[tokio::test]
async fn acc14_a_hint_that_names_an_account_of_this_browser_picks_it() {
    let world = World::new().await;
    let browser = world.browser().await;
    let of_ada =
        Browser::signed_in(&world.scratch, &world.router, ADA).await.tokens("app", "openid").await.id;
    let of_linus =
        Browser::signed_in(&world.scratch, &world.router, LINUS).await.tokens("app", "openid").await.id;
    for prompt in ["", "none"] {
        let hinted = async |name, value| world.subject(&browser, &[("prompt", prompt), (name, value)]).await;
        assert_eq!(hinted("login_hint", ADA).await.as_ref(), Some(&world.ada), "{prompt}");
        assert_eq!(hinted("login_hint", " ADA@EXAMPLE.COM").await.as_ref(), Some(&world.ada), "{prompt}");
        assert_eq!(hinted("login_hint", GRACE).await.as_ref(), Some(&world.grace), "{prompt}");
        // a wish that can't be met is none
        assert_eq!(hinted("login_hint", LINUS).await.as_ref(), Some(&world.grace), "{prompt}");
        assert_eq!(hinted("id_token_hint", &of_ada).await.as_ref(), Some(&world.ada), "{prompt}");
        let claims = format!(r#"{{"id_token":{{"sub":{{"value":"{}"}}}}}}"#, world.ada);
        assert_eq!(hinted("claims", &claims).await.as_ref(), Some(&world.ada), "{prompt}");
    }
    let answer = browser.authorize("app", &[("prompt", "none"), ("id_token_hint", &of_linus)]).await;
    assert_eq!(answer.param("error").as_deref(), Some("login_required"), "never another person");
    let path = browser.interaction("app", &[("id_token_hint", &of_linus)]).await;
    assert!(browser.get(&path).await.has("login-submit"), "the accounts here are no answer");
    assert_eq!(in_use(&browser).await.as_deref(), Some(GRACE), "a request changes nothing in the browser");
}

#[tokio::test]
async fn acc14_who_is_named_and_has_something_to_do_is_asked_to_go_on() {
    let world = World::new().await;
    let browser = world.browser().await;
    let of_ada =
        Browser::signed_in(&world.scratch, &world.router, ADA).await.tokens("app", "openid").await.id;
    for (hint, is_listed) in
        [(("login_hint", ADA), vec![ADA, GRACE]), (("id_token_hint", &of_ada), vec![ADA])]
    {
        let path = browser.interaction("other", &[hint]).await;
        let page = browser.get(&path).await;
        assert_eq!(shown(&page), is_listed, "the one that is named first");
        press(&browser, &page, ADA, "use").await;
        let consent = browser.get(&path).await;
        assert!(consent.has("consent-allow") && consent.body.contains(ADA), "{}", consent.summary());
        let page = browser.get(super::ACCOUNTS).await;
        press(&browser, &page, GRACE, "use").await;
    }
    // the person may choose otherwise, where only an address was named
    let path = browser.interaction("other", &[("login_hint", ADA)]).await;
    let page = browser.get(&path).await;
    press(&browser, &page, GRACE, "use").await;
    assert!(browser.get(&path).await.body.contains(GRACE));
    // a new sign-in begins with the address
    let path = browser.interaction("app", &[("login_hint", ADA), ("prompt", "login")]).await;
    assert_eq!(browser.get(&path).await.form("login-submit").value("username"), Some(ADA));
    sign_in(&browser, &path, ADA).await;
    let code = browser.get(&path).await.param("code").unwrap();
    assert_eq!(world.subject_of(&code).await.as_ref(), Some(&world.ada));
    assert_eq!(shown(&browser.get(super::ACCOUNTS).await), [ADA, GRACE]);
}

#[tokio::test]
async fn acc14_an_app_that_may_not_have_an_account_does_not_learn_that_it_is_here() {
    let world = World::new().await;
    let browser = world.browser().await;
    let of_ada =
        Browser::signed_in(&world.scratch, &world.router, ADA).await.tokens("app", "openid").await.id;
    // Grace has allowed the app, and Ada has not
    let path = browser.interaction("other", &[]).await;
    let consent = browser.get(&path).await;
    browser.send(&consent.form("consent-allow").press("consent-allow")).await;
    let silent = async |changes: &[(&str, &str)]| {
        let answer = browser.authorize("other", &[&[("prompt", "none")], changes].concat()).await;
        answer.param("error").unwrap_or_else(|| "a code".to_owned())
    };
    assert_eq!(silent(&[]).await, "a code");
    for address in [ADA, LINUS, "nobody@example.com"] {
        assert_eq!(silent(&[("login_hint", address)]).await, "a code", "{address}");
    }
    assert_eq!(silent(&[("id_token_hint", &of_ada)]).await, "login_required");
    // nor while no account is in use
    let page = browser.get("/account").await;
    browser.send(&page.form("sign-out")).await;
    for address in [ADA, LINUS, "nobody@example.com"] {
        assert_eq!(silent(&[("login_hint", address)]).await, "login_required", "{address}");
    }
}

#[tokio::test]
async fn acc14_a_session_of_another_realm_or_a_cookie_that_was_made_up_is_no_account() {
    let (world, elsewhere) = (World::new().await, World::new().await);
    let browser = world.browser().await;
    let there = elsewhere.browser().await;
    let (mine, theirs) = (browser.cookies("/"), there.cookies("/"));
    // the same names as here, as on a host that both share
    let stranger = Browser::fresh(&world.router);
    for (name, value) in &theirs {
        stranger.set_cookie("/", name, value);
    }
    let page = stranger.get(super::ACCOUNTS).await;
    assert!(leads_to(&page).starts_with("/interaction/"));
    for (name, value) in [
        // not named after its value, too short, made up
        ("rk_test_session_aaaaaaaa", mine["rk_test_session"].as_str()),
        ("rk_test_session_short", "short"),
        ("rk_test_session_AAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    ] {
        browser.set_cookie("/", name, value);
    }
    assert_eq!(shown(&browser.get(super::ACCOUNTS).await), [GRACE, ADA]);
    // who has one session only has that one
    let thief = Browser::fresh(&world.router);
    thief.set_cookie("/", "rk_test_session", &mine["rk_test_session"]);
    let page = thief.get(super::ACCOUNTS).await;
    assert_eq!(shown(&page), [GRACE]);
    let other = browser.get(super::ACCOUNTS).await.forms().into_iter().filter_map(|form| {
        let sid = form.value("sid")?.to_owned();
        Some(sid)
    });
    for (sid, decision) in other.flat_map(|sid| [(sid.clone(), "use"), (sid, "end")]).skip(2) {
        let form = super::form_of(&page, GRACE).with("sid", &sid).with("decision", decision);
        thief.send(&form).await;
    }
    assert_eq!((in_use(&thief).await.as_deref(), world.sessions().await), (Some(GRACE), 2));
}
