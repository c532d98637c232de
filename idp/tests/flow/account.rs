//! The account page's own changes: the password, and where one is signed in.

use idp::store::sessions;
use test_browser::Page;

use crate::{
    app::{Browser, realm_with_apps, refresh, router},
    harness::{PASSWORD, Scratch},
};

const ADA: &str = "ada@example.com";
const NEW: &str = "another tundra 94 marimba";
const CHANGE: &str = "/account/password";
const LIST: &str = "/account/sessions";

async fn change(browser: &Browser, current: &str, new: &str, others: &str) -> Page {
    let fields = [("current_password", current), ("password", new), ("sign_out_others", others)];
    browser.fill(CHANGE, CHANGE, &fields).await
}

/// Whether the password opens the account.
async fn opens(scratch: &Scratch, password: &str) -> bool {
    let visit = scratch.visit(None).await;
    let outcome = scratch.try_password(&visit, (ADA, password)).await.unwrap();
    matches!(outcome, idp::flow::sign_in::Outcome::SignedIn(_))
}

#[tokio::test]
async fn w5_a_password_changes_with_the_current_one_and_other_sessions_end() {
    let scratch = realm_with_apps().await;
    scratch.account(ADA).await;
    let router = router(&scratch.realm, &scratch);
    let here = Browser::signed_in(&scratch, &router, ADA).await;
    let elsewhere = Browser::signed_in(&scratch, &router, ADA).await;
    let tokens = elsewhere.tokens("app", "openid offline_access").await;
    let refused = change(&here, "not the password", NEW, "yes").await;
    assert_eq!(refused.status, 400);
    assert!(refused.body.contains("not your current password"));
    assert!(elsewhere.is_signed_in().await);
    let changed = change(&here, PASSWORD, NEW, "yes").await;
    assert_eq!((changed.status.as_u16(), changed.location()), (303, Some("/account")), "{}", changed.body);
    assert!(here.is_signed_in().await && !elsewhere.is_signed_in().await);
    assert_eq!(refresh(&router, "app", &tokens.refresh).await.status, 400, "what was granted there ends");
    assert!(opens(&scratch, NEW).await && !opens(&scratch, PASSWORD).await);
    let found = scratch.kinds_of_events().await;
    assert!(
        found.contains(&"account.password_changed".to_owned())
            && found.contains(&"password.failed".to_owned())
    );
}

#[tokio::test]
async fn w5_other_sessions_stay_when_the_person_says_so() {
    let scratch = realm_with_apps().await;
    scratch.account(ADA).await;
    let router = router(&scratch.realm, &scratch);
    let here = Browser::signed_in(&scratch, &router, ADA).await;
    let elsewhere = Browser::signed_in(&scratch, &router, ADA).await;
    assert_eq!(change(&here, PASSWORD, NEW, "").await.status, 303);
    assert!(here.is_signed_in().await && elsewhere.is_signed_in().await);
}

#[tokio::test]
async fn w4_a_weak_new_password_is_refused_with_the_reason_and_nothing_changes() {
    let scratch = realm_with_apps().await;
    scratch.account(ADA).await;
    let browser = Browser::signed_in(&scratch, &router(&scratch.realm, &scratch), ADA).await;
    for weak in ["short", "passwordpassword", "ada@example.com1", ""] {
        let refused = change(&browser, PASSWORD, weak, "yes").await;
        assert_eq!(refused.status, 400, "{weak}");
        assert!(refused.body.contains("password-error"), "{weak}: {}", refused.body);
    }
    assert!(opens(&scratch, PASSWORD).await);
}

#[tokio::test]
async fn w8_guesses_of_the_current_password_are_counted_like_those_of_a_sign_in() {
    let scratch = realm_with_apps().await;
    scratch.account(ADA).await;
    let browser = Browser::signed_in(&scratch, &router(&scratch.realm, &scratch), ADA).await;
    let mut statuses = Vec::new();
    for _ in 0..30 {
        statuses.push(change(&browser, "not the password", NEW, "yes").await.status.as_u16());
    }
    assert!(statuses.contains(&429), "{statuses:?}");
    assert_eq!(change(&browser, PASSWORD, NEW, "yes").await.status, 429, "the right one waits too");
}

#[tokio::test]
async fn acc12_s21_a_password_changes_after_a_fresh_sign_in_only_and_programs_find_the_page() {
    let scratch = realm_with_apps().await;
    scratch.account(ADA).await;
    let browser = Browser::signed_in(&scratch, &router(&scratch.realm, &scratch), ADA).await;
    assert_eq!(browser.get("/.well-known/change-password").await.location(), Some(CHANGE));
    scratch.clock.advance(301);
    let asked = browser.get(CHANGE).await;
    assert!(asked.location().is_some_and(|to| to.starts_with("/interaction/")), "{}", asked.body);
}

#[tokio::test]
async fn acc7_a_person_sees_where_they_are_signed_in_and_ends_it() {
    let scratch = realm_with_apps().await;
    let ada = scratch.account(ADA).await;
    let eve = scratch.account("eve@example.com").await;
    let router = router(&scratch.realm, &scratch);
    let here = Browser::signed_in(&scratch, &router, ADA).await;
    let [phone, laptop] =
        [Browser::signed_in(&scratch, &router, ADA).await, Browser::signed_in(&scratch, &router, ADA).await];
    let stranger = Browser::signed_in(&scratch, &router, "eve@example.com").await;
    let page = here.get(LIST).await;
    assert_eq!(page.elements("#sessions li").len(), 3, "{}", page.body);
    assert_eq!(page.body.matches("This device").count(), 1);
    let facts = &scratch.realm.store.facts;
    let of_eve = sessions::sids_of_user(facts, &eve).await.unwrap().remove(0);
    here.fill(LIST, LIST, &[("sid", &of_eve)]).await;
    assert!(stranger.is_signed_in().await, "only one's own");
    let own: Vec<String> =
        page.elements("input[name=sid]").iter().map(|field| field.get("value").unwrap().to_owned()).collect();
    assert_eq!(here.fill(LIST, LIST, &[("sid", &own[1])]).await.location(), Some(LIST));
    let alive = [phone.is_signed_in().await, laptop.is_signed_in().await];
    assert_eq!(alive.iter().filter(|alive| **alive).count(), 1);
    assert!(here.is_signed_in().await);
    here.fill(LIST, LIST, &[("change", "others")]).await;
    assert_eq!(sessions::sids_of_user(facts, &ada).await.unwrap(), [own[0].clone()]);
    let signed_out = here.fill(LIST, LIST, &[("sid", &own[0])]).await;
    assert_eq!(signed_out.location(), Some("/signed-out"));
    assert!(!here.is_signed_in().await);
}
