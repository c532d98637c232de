//! What people see of their own account: connected apps (ACC-9) and what happened (ACC-10).

use idp::store::outbox::{self, LOGOUT, Lane};

use crate::{
    app::{Browser, realm_with, realm_with_apps, redeem, refresh, router},
    harness::Scratch,
};

const ADA: &str = "ada@example.com";
const APPS: &str = "/account/apps";
const ACTIVITY: &str = "/account/activity";

/// Allows a third-party app something. Returns its code.
async fn allow(browser: &Browser, client: &str, scope: &str) -> String {
    let interaction = browser.interaction(client, &[("scope", scope)]).await;
    let allowed =
        browser.fill(&interaction, &format!("{interaction}/consent"), &[("decision", "allow")]).await;
    browser.get(allowed.location().unwrap()).await.param("code").unwrap()
}

#[tokio::test]
async fn acc9_connected_apps_say_what_they_may_do_since_when_and_are_disconnected() {
    let scratch = realm_with_apps().await;
    scratch.account(ADA).await;
    let router = router(&scratch.realm, &scratch);
    let browser = Browser::signed_in(&scratch, &router, ADA).await;
    assert!(browser.get(APPS).await.has("no-apps"));
    let code = allow(&browser, "other", "openid email offline_access").await;
    let token = redeem(&router, "other", &code).await.text("refresh_token");
    let ours = browser.tokens("app", "openid offline_access").await;
    scratch.realm.issued.write(&scratch.realm.store.facts).await.unwrap();
    let page = browser.get(APPS).await;
    for said in ["Other", "Your e-mail address", "Access while you are away", "First used", "15 January 2027"]
    {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    let gone = browser.fill(APPS, APPS, &[("client_id", "other")]).await;
    assert_eq!((gone.status.as_u16(), gone.location()), (303, Some(APPS)));
    assert_eq!(refresh(&router, "other", &token).await.status, 400);
    assert_eq!(refresh(&router, "app", &ours.refresh).await.status, 200, "the other app keeps its access");
    assert!(!browser.get(APPS).await.body.contains("Other"));
    let asked = browser.interaction("other", &[("scope", "openid email")]).await;
    assert!(browser.get(&asked).await.has("consent-allow"), "it has to ask again");
    assert!(scratch.kinds_of_events().await.contains(&"consent.withdrawn".to_owned()));
}

#[tokio::test]
async fn acc9_nobody_disconnects_the_apps_of_others_and_a_told_app_is_told() {
    let uri = ("clients.1.backchannel_logout_uri", "https://other.example/bye");
    let scratch = realm_with(&[uri]).await;
    scratch.account(ADA).await;
    scratch.account("grace@example.com").await;
    let router = router(&scratch.realm, &scratch);
    let ada = Browser::signed_in(&scratch, &router, ADA).await;
    let grace = Browser::signed_in(&scratch, &router, "grace@example.com").await;
    let code = allow(&ada, "other", "openid offline_access").await;
    let token = redeem(&router, "other", &code).await.text("refresh_token");
    assert_eq!(grace.fill("/account/sessions", APPS, &[("client_id", "other")]).await.status, 303);
    assert_eq!(due(&scratch).await, 0);
    let next = refresh(&router, "other", &token).await;
    assert_eq!(next.status, 200, "{}", next.body);
    ada.fill(APPS, APPS, &[("client_id", "other")]).await;
    assert_eq!(due(&scratch).await, 1, "its session there ends as well");
    assert_eq!(refresh(&router, "other", &next.text("refresh_token")).await.status, 400);
}

async fn due(scratch: &Scratch) -> usize {
    let lane = Lane { kind: LOGOUT.to_owned(), lane: "other".to_owned() };
    outbox::due_of(&scratch.realm.store.facts, &lane, scratch.realm.now()).await.unwrap().len()
}

#[tokio::test]
async fn acc10_people_see_what_happened_to_their_own_account_in_the_last_90_days() {
    let scratch = realm_with_apps().await;
    scratch.account(ADA).await;
    scratch.account("grace@example.com").await;
    let visit = scratch.visit(None).await;
    scratch.try_password(&visit, (ADA, "not the password")).await.unwrap();
    let router = router(&scratch.realm, &scratch);
    let _ = Browser::signed_in(&scratch, &router, "grace@example.com").await;
    scratch.clock.advance(1);
    let browser = Browser::signed_in(&scratch, &router, ADA).await;
    let page = browser.get(ACTIVITY).await;
    let titles: Vec<String> = page.elements("#events h2").into_iter().map(|event| event.text).collect();
    assert_eq!(titles.len(), 4, "of this account only: {titles:?}");
    for said in ["Signed in", "A wrong password was typed", "The account was created"] {
        assert!(titles.iter().any(|title| title == said), "{said}: {titles:?}");
    }
    assert!(page.body.contains("by the people who run this") && page.body.contains("192.0.2.1"));
    scratch.clock.advance(90 * 24 * 3600);
    let browser = Browser::signed_in(&scratch, &router, ADA).await;
    let page = browser.get(ACTIVITY).await;
    let titles: Vec<String> = page.elements("#events h2").into_iter().map(|event| event.text).collect();
    assert!(!titles.iter().any(|title| title == "The account was created"), "{titles:?}");
}

#[tokio::test]
async fn acc10_older_events_are_on_further_pages_each_once() {
    let scratch = realm_with_apps().await;
    scratch.account(ADA).await;
    let router = router(&scratch.realm, &scratch);
    for _ in 0..60 {
        scratch.clock.advance(7);
        let visit = scratch.visit(None).await;
        scratch.signed_in(&visit, ADA).await;
    }
    let browser = Browser::signed_in(&scratch, &router, ADA).await;
    let (mut url, mut seen) = (ACTIVITY.to_owned(), 0);
    for _ in 0..9 {
        let page = browser.get(&url).await;
        seen += page.elements("#events li").len();
        if !page.has("older") {
            break;
        }
        url = page.link("older").to_string();
    }
    // two for each sign-in, and the account itself; sessions beyond the limit ended as well
    let ended = 61 - 50;
    assert_eq!(seen, 2 * 61 + 1 + ended);
    for from in ["", "x", "1.", "99999999999999999999.x"] {
        assert_eq!(browser.get(format!("{ACTIVITY}?from={from}")).await.status, 200, "{from}");
    }
}
