//! Everybody reads the pages in their own language (S29).

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::map_request,
};
use idp::store::users;
use test_browser::Page;

use crate::{
    app::{Browser, realm_with, realm_with_apps, router},
    harness::Scratch,
};

const ADA: &str = "ada@example.com";

/// The router as a browser calls it that prefers that language.
fn preferring(router: Router, language: &'static str) -> Router {
    router.layer(map_request(move |mut request: Request| async move {
        request.headers_mut().insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(language));
        request
    }))
}

fn browser(scratch: &Scratch, language: &'static str) -> Browser {
    Browser::fresh(&preferring(router(&scratch.realm, scratch), language))
}

/// The language of a page.
fn language(page: &Page) -> String {
    let begin = page.body.split("<html lang=\"").nth(1).unwrap_or_else(|| panic!("{}", page.body));
    begin.split('"').next().unwrap().to_owned()
}

/// Chooses a language by the link on a page; the answer leads back.
async fn choose(browser: &Browser, page: &Page, language: &str) -> Page {
    let choice = browser.get(page.link("language")).await;
    let button = format!("language-{language}");
    browser.send(&choice.form(&button).press(&button)).await
}

#[tokio::test]
async fn s29_an_app_s_wish_comes_first_then_the_choice_then_the_browser_then_the_realm() {
    let scratch = realm_with_apps().await;
    let browser = browser(&scratch, "de-AT,en;q=0.5");
    let begin = |locales: &'static str| {
        let browser = &browser;
        async move { browser.interaction("app", &[("ui_locales", locales)]).await }
    };
    assert_eq!(language(&browser.get(&begin("").await).await), "de");
    assert_eq!(language(&browser.get(&begin("xx").await).await), "de", "nobody has that language");
    let interaction = begin("xx fr-CA en").await;
    let page = browser.get(&interaction).await;
    assert_eq!(language(&page), "fr");
    assert!(page.body.contains("Mot de passe"), "{}", page.body);
    scratch.clock.advance(1);
    let chosen = choose(&browser, &page, "ar").await;
    assert_eq!(chosen.location(), Some(interaction.as_str()), "back to where the choice was made");
    let page = browser.get(&interaction).await;
    assert_eq!(language(&page), "ar", "a choice counts for more than what was asked for before it");
    assert!(page.body.contains("dir=\"rtl\""));
    scratch.clock.advance(1);
    assert_eq!(language(&browser.get(&begin("fr").await).await), "fr", "the app asks anew");
    assert_eq!(language(&browser.get("/").await), "ar");
    assert_eq!(language(&self::browser(&scratch, "ja").get("/").await), "en");
    assert_eq!(language(&Browser::fresh(&router(&scratch.realm, &scratch)).get("/nowhere").await), "en");
}

#[tokio::test]
async fn s29_a_choice_lasts_when_the_same_request_begins_again() {
    let scratch = realm_with_apps().await;
    let browser = browser(&scratch, "en");
    let interaction = browser.interaction("app", &[("ui_locales", "fr")]).await;
    scratch.clock.advance(1);
    choose(&browser, &browser.get(&interaction).await, "de").await;
    scratch.clock.advance(1);
    let again = browser.get(&format!("{interaction}/again")).await;
    let again = again.location().unwrap();
    assert_eq!(language(&browser.get(again).await), "de", "not what the app asked for at first");
}

#[tokio::test]
async fn s29_a_choice_on_the_way_in_counts_before_that_of_the_account() {
    let scratch = realm_with_apps().await;
    let id = scratch.account(ADA).await;
    users::choose_language(&scratch.realm.store.facts, &id, "de").await.unwrap();
    let plain = router(&scratch.realm, &scratch);
    let browser = Browser::signed_in(&scratch, &plain, ADA).await;
    let interaction = browser.interaction("other", &[("ui_locales", "fr")]).await;
    assert_eq!(language(&browser.get(&interaction).await), "fr");
    scratch.clock.advance(1);
    let choice = browser.get(browser.get(&interaction).await.link("language")).await;
    assert_eq!(language(&choice), "fr", "the choice is in the language of the page that leads to it");
    choose(&browser, &browser.get(&interaction).await, "es").await;
    assert_eq!(language(&browser.get(&interaction).await), "es");
}

#[tokio::test]
async fn s29_a_stolen_password_alone_changes_no_account() {
    let scratch = Scratch::with_factor("required").await;
    scratch.account(ADA).await;
    let half = Browser::signed_in(&scratch, &router(&scratch.realm, &scratch), ADA).await;
    let page = half.get("/").await;
    choose(&half, &page, "ar").await;
    assert_eq!(language(&half.get("/").await), "ar", "this browser has it");
    let user = users::by_email(&scratch.realm.store.facts, ADA).await.unwrap().unwrap();
    assert_eq!(user.language, None, "mails stay as their reader understands them");
}

#[tokio::test]
async fn acc5_nothing_leads_away_from_recovery_codes_that_are_shown_once() {
    let scratch = realm_with_apps().await;
    scratch.account(ADA).await;
    let browser = Browser::signed_in(&scratch, &router(&scratch.realm, &scratch), ADA).await;
    let page = browser.get("/account/totp").await;
    let otp = scratch.code(&page.text_of("totp-secret"));
    let codes = browser.send(&page.form("otp").with("otp", &otp)).await;
    assert!(codes.has("recovery-codes") && !codes.has("language"), "{}", codes.body);
}

#[tokio::test]
async fn s29_the_choice_of_an_account_comes_along_to_every_browser() {
    let scratch = realm_with_apps().await;
    scratch.account(ADA).await;
    let plain = router(&scratch.realm, &scratch);
    let first = Browser::signed_in(&scratch, &plain, ADA).await;
    let answer = choose(&first, &first.get("/account").await, "es").await;
    assert_eq!(answer.location(), Some("/account"));
    assert_eq!(language(&first.get("/account").await), "es");
    let second = Browser::signed_in(&scratch, &plain, ADA).await.at(preferring(plain, "de"));
    assert_eq!(language(&second.get("/account").await), "es");
    let user = users::by_email(&scratch.realm.store.facts, ADA).await.unwrap().unwrap();
    assert_eq!(user.language.as_deref(), Some("es"));
    let copy = second.get("/account/export").await;
    assert_eq!(copy.json()["account"]["language"], "es");
}

#[tokio::test]
async fn s29_a_choice_is_one_of_the_realms_and_leads_nowhere_else() {
    let scratch = realm_with(&[("languages", "de, fr")]).await;
    let browser = browser(&scratch, "es");
    assert_eq!(language(&browser.get("/").await), "de", "the realm's first");
    let discovery = browser.get("/.well-known/openid-configuration").await;
    assert_eq!(discovery.json()["ui_locales_supported"], serde_json::json!(["de", "fr"]));
    let page = browser.get("/language?back=https://evil.example/").await;
    assert!(page.has("language-fr") && !page.has("language-es"));
    assert_eq!(page.field("back"), "/");
    for (chosen, back) in [("es", "/"), ("xx", "/"), ("", "//evil.example"), ("", "/\\evil.example")] {
        let form = page.form("language-fr").with("language", chosen).with("back", back);
        let answer = browser.send(&form).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::OK, None), "{chosen} {back}");
    }
    for back in ["//evil.example", "https://evil.example/", "/\\evil.example", ""] {
        let fresh = browser.get("/language").await;
        let answer = browser.send(&fresh.form("language-fr").press("language-fr").with("back", back)).await;
        assert_eq!(answer.location(), Some("/"), "{back}");
    }
    assert_eq!(language(&browser.get("/").await), "fr");
    let forged = browser.post("/language", &[("csrf", "x"), ("language", "de")]).await;
    assert_eq!(forged.status, 403, "no other site chooses");
}

#[tokio::test]
async fn s29_where_there_is_one_language_there_is_nothing_to_choose() {
    let scratch = realm_with(&[("languages", "fr")]).await;
    let page = browser(&scratch, "de").get("/").await;
    assert_eq!(language(&page), "fr");
    assert!(!page.has("language"), "{}", page.body);
}

#[tokio::test]
async fn s29_errors_are_told_in_the_readers_language_and_words_for_programs_in_english() {
    let scratch = realm_with_apps().await;
    let browser = browser(&scratch, "de");
    let page = browser.get("/nowhere").await;
    assert_eq!((page.status, language(&page).as_str()), (StatusCode::NOT_FOUND, "de"));
    assert!(page.body.contains("Diese Seite gibt es nicht"), "{}", page.body);
    let answer = browser.post("/token", &[("grant_type", "x")]).await;
    assert!(answer.body.contains("error_description") && answer.body.is_ascii(), "{}", answer.body);
}
