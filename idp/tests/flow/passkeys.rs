//! Passkeys, through the pages: a device in software answers what the page asks.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use idp::{
    authn::passkey::Owner,
    flow::passkeys::{add, ceremony::Answer},
    store::passkeys,
};
use test_browser::{Authenticator, Page, Statement};

use crate::{
    app::{Browser, realm_with, realm_with_apps, redeem, router},
    harness::Scratch,
};

const ISSUER: &str = "http://localhost:7001";
const LIST: &str = "/account/passkeys";
const ADA: &str = "ada@example.com";

/// The form of a page that a passkey's script fills in: its fields and the options.
pub fn ceremony(page: &Page) -> (Vec<(String, String)>, String) {
    let element = page.elements("form[data-passkey]").into_iter().next();
    let element = element.unwrap_or_else(|| panic!("no passkey on {}", page.body));
    let action = element.get("action").unwrap();
    let form = page
        .forms()
        .into_iter()
        .find(|form| form.action.path() == action && form.value("ceremony").is_some());
    (form.unwrap().fields, element.get("data-options").unwrap().to_owned())
}

/// What the script sends.
pub fn filled(mut fields: Vec<(String, String)>, answer: &str) -> Vec<(String, String)> {
    fields.retain(|(name, _)| name != "credential");
    fields.push(("credential".to_owned(), answer.to_owned()));
    fields
}

/// Adds a passkey to the account of the browser.
async fn add(browser: &Browser, device: &mut Authenticator) -> Page {
    let (fields, options) = ceremony(&browser.get(LIST).await);
    browser.post(LIST, &filled(fields, &device.create(&options))).await
}

/// An account with a passkey: its browser, in which it was added and so proved, and its device.
pub async fn with_passkey(scratch: &Scratch) -> (Browser, Authenticator) {
    scratch.account(ADA).await;
    let browser = Browser::signed_in(scratch, &router(&scratch.realm, scratch), ADA).await;
    let mut device = Authenticator::new(ISSUER);
    let added = add(&browser, &mut device).await;
    assert_eq!((added.status.as_u16(), added.location()), (303, Some(LIST)), "{}", added.body);
    (browser, device)
}

/// Answers the sign-in page of an interaction.
async fn sign_in(
    browser: &Browser,
    interaction: &str,
    device: &mut Authenticator,
    change: impl FnOnce(&mut Statement),
) -> Page {
    let (fields, options) = ceremony(&browser.get(interaction).await);
    let action = format!("{interaction}/passkey");
    browser.post(&action, &filled(fields, &device.get_saying(&options, change))).await
}

#[tokio::test]
async fn s9_s15_a_passkey_signs_in_without_an_address_and_is_two_factors() {
    let scratch = realm_with_apps().await;
    let (_, mut device) = with_passkey(&scratch).await;
    let router = router(&scratch.realm, &scratch);
    let browser = Browser::fresh(&router);
    let interaction = browser.interaction("app", &[]).await;
    let answer = sign_in(&browser, &interaction, &mut device, |_| {}).await;
    assert_eq!(answer.location(), Some(interaction.as_str()), "{}", answer.body);
    let code = browser.get(&interaction).await.param("code").unwrap();
    let tokens = redeem(&router, "app", &code).await;
    let claims = claims_of(&tokens.text("id_token"));
    assert_eq!(claims["amr"], serde_json::json!(["hwk", "mfa", "user"]));
    assert_eq!(claims["acr"], protocol::acr::MULTI);
    assert!(scratch.kinds_of_events().await.contains(&"passkey.accepted".to_owned()));
}

/// What an ID token says.
pub fn claims_of(token: &str) -> serde_json::Value {
    let claims = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap()
}

#[tokio::test]
async fn x1_an_answer_counts_once_in_its_own_browser_and_interaction_and_for_five_minutes() {
    let scratch = realm_with_apps().await;
    let (_, mut device) = with_passkey(&scratch).await;
    let router = router(&scratch.realm, &scratch);
    let (browser, other) = (Browser::fresh(&router), Browser::fresh(&router));
    let (first, second) = (browser.interaction("app", &[]).await, browser.interaction("app", &[]).await);
    let elsewhere = other.interaction("app", &[]).await;
    let (fields, options) = ceremony(&browser.get(&first).await);
    let answered = filled(fields, &device.get(&options));
    // in another interaction, and in another browser, with their own form tokens
    for (browser, interaction) in [(&browser, &second), (&other, &elsewhere)] {
        let (own, _) = ceremony(&browser.get(interaction).await);
        let csrf = own.iter().find(|(name, _)| name == "csrf").unwrap().clone();
        let mut foreign = answered.clone();
        foreign.retain(|(name, _)| name != "csrf");
        foreign.push(csrf);
        let refused = browser.post(&format!("{interaction}/passkey"), &foreign).await;
        assert_eq!(refused.status, 400, "{}", refused.body);
        assert!(!browser.is_signed_in().await);
    }
    let (fields, options) = ceremony(&browser.get(&first).await);
    let answered = filled(fields, &device.get(&options));
    let action = format!("{first}/passkey");
    assert_eq!(browser.post(&action, &answered).await.location(), Some(first.as_str()));
    assert!(browser.is_signed_in().await);
    // somebody who takes longer than five minutes
    let late = other.interaction("app", &[]).await;
    let (fields, options) = ceremony(&other.get(&late).await);
    let late_answer = filled(fields, &device.get(&options));
    scratch.clock.advance(301);
    let refused = other.post(&format!("{late}/passkey"), &late_answer).await;
    assert_eq!(refused.status, 400);
    assert!(refused.body.contains("took too long") && !other.is_signed_in().await, "{}", refused.body);
}

#[tokio::test]
async fn x1_a_challenge_that_was_answered_is_not_answered_again_by_another_form() {
    let scratch = realm_with_apps().await;
    let (_, mut device) = with_passkey(&scratch).await;
    device.counter = 0;
    let browser = Browser::fresh(&router(&scratch.realm, &scratch));
    let interaction = browser.interaction("app", &[("prompt", "login")]).await;
    let (fields, options) = ceremony(&browser.get(&interaction).await);
    let mut again = filled(fields.clone(), &device.get_saying(&options, |said| said.counter = 9));
    let answer = filled(fields, &device.get_saying(&options, |said| said.counter = 8));
    let action = format!("{interaction}/passkey");
    assert_eq!(browser.post(&action, &answer).await.location(), Some(interaction.as_str()));
    // the session is another one now, and so is the token of its forms
    let other = browser.interaction("other", &[("prompt", "login")]).await;
    let csrf = browser.get(&other).await.field("csrf");
    again.retain(|(name, _)| name != "csrf");
    again.push(("csrf".to_owned(), csrf));
    let refused = browser.post(&action, &again).await;
    assert_eq!(refused.status, 400, "{}", refused.body);
    assert!(refused.body.contains("took too long"), "{}", refused.body);
}

#[tokio::test]
async fn x13_a_passkey_that_was_removed_is_unknown_and_the_browser_is_told_so() {
    let scratch = realm_with_apps().await;
    let (owner, mut device) = with_passkey(&scratch).await;
    let id = owner.get(LIST).await.elements("input[name=id]")[0].get("value").unwrap().to_owned();
    let csrf = owner.get(LIST).await.field("csrf");
    let form = |change: &'static str, label: &'static str| {
        vec![
            ("csrf", csrf.clone()),
            ("id", id.clone()),
            ("change", change.to_owned()),
            ("label", label.to_owned()),
        ]
    };
    assert_eq!(owner.post(LIST, &form("rename", "   ")).await.status, 400);
    assert_eq!(owner.post(LIST, &form("rename", "My phone")).await.status, 303);
    assert!(owner.get(LIST).await.body.contains("My phone"));
    assert_eq!(owner.post(LIST, &form("remove", "")).await.status, 303);
    assert!(owner.get(LIST).await.has("no-passkeys"));
    let browser = Browser::fresh(&router(&scratch.realm, &scratch));
    let interaction = browser.interaction("app", &[]).await;
    let refused = sign_in(&browser, &interaction, &mut device, |_| {}).await;
    assert_eq!(refused.status, 400);
    assert_eq!(refused.elements("[data-unknown-passkey]")[0].get("data-unknown-passkey"), Some(id.as_str()));
    assert!(!browser.is_signed_in().await);
    let found = scratch.kinds_of_events().await;
    assert!(
        found.contains(&"factor.passkey_added".to_owned())
            && found.contains(&"factor.passkey_removed".to_owned())
    );
}

#[tokio::test]
async fn x11_x17_a_passkey_belongs_to_one_account_and_only_its_owner_changes_it() {
    let scratch = realm_with_apps().await;
    let (owner, mut device) = with_passkey(&scratch).await;
    let id = owner.get(LIST).await.elements("input[name=id]")[0].get("value").unwrap().to_owned();
    let eve = "eve@example.com";
    let eve_id = scratch.account(eve).await;
    let browser = Browser::signed_in(&scratch, &router(&scratch.realm, &scratch), eve).await;
    let user = device.user.clone();
    assert_eq!(add(&browser, &mut device).await.status, 400, "it is Ada's already");
    device.user = user;
    let csrf = browser.get(LIST).await.field("csrf");
    for change in ["remove", "rename"] {
        let fields = [("csrf", csrf.as_str()), ("id", &id), ("change", change), ("label", "mine")];
        browser.post(LIST, &fields).await;
    }
    assert!(passkeys::of_user(&scratch.realm.store.facts, &eve_id).await.unwrap().is_empty());
    assert!(owner.get(LIST).await.body.contains(&id));
    assert!(!owner.get(LIST).await.body.contains("mine"));
}

#[tokio::test]
async fn mf5_passkeys_are_shown_and_changed_after_a_fresh_sign_in_only() {
    let scratch = realm_with_apps().await;
    let (owner, mut device) = with_passkey(&scratch).await;
    let (fields, options) = ceremony(&owner.get(LIST).await);
    scratch.clock.advance(301);
    let shown = owner.get(LIST).await;
    assert!(shown.location().is_some_and(|to| to.starts_with("/interaction/")), "{}", shown.body);
    device.id = vec![9; 32];
    let answer = filled(fields, &device.create(&options));
    let added = owner.post(LIST, &answer).await;
    assert!(added.location().is_some_and(|to| to.starts_with("/interaction/")), "{}", added.body);
}

#[tokio::test]
async fn mf6_after_a_password_a_passkey_is_the_second_factor_where_the_realm_demands_one() {
    let AfterPassword { scratch: _scratch, browser, mut device, interaction } = after_password().await;
    let page = browser.get(&interaction).await;
    assert!(page.body.contains("Use your passkey") && !page.has("otp"), "{}", page.body);
    let action = format!("{interaction}/second-factor");
    let (fields, options) = ceremony(&page);
    let wrong = filled(fields, &device.get_saying(&options, |said| said.forged = true));
    let refused = browser.post(&action, &wrong).await;
    assert_eq!(refused.status, 400);
    let (fields, options) = ceremony(&refused);
    let proved = browser.post(&action, &filled(fields, &device.get(&options))).await;
    assert_eq!(proved.location(), Some(interaction.as_str()), "{}", proved.body);
    let code = browser.get(&interaction).await.param("code").unwrap();
    let claims = claims_of(&redeem(browser.transport(), "app", &code).await.text("id_token"));
    assert_eq!(claims["amr"], serde_json::json!(["hwk", "mfa", "pwd", "user"]));
}

/// Somebody who has typed the password in a realm that demands a second factor, and whose account has a passkey.
struct AfterPassword {
    scratch: Scratch,
    browser: Browser,
    device: Authenticator,
    interaction: String,
}

async fn after_password() -> AfterPassword {
    let scratch = realm_with(&[("factors.second", "required")]).await;
    let id = scratch.account(ADA).await;
    let mut device = Authenticator::new(ISSUER);
    give(&scratch, &id, &mut device).await;
    let browser = Browser::signed_in(&scratch, &router(&scratch.realm, &scratch), ADA).await;
    let interaction = browser.interaction("app", &[]).await;
    AfterPassword { scratch, browser, device, interaction }
}

/// Registers a passkey of the account, without pages.
async fn give(scratch: &Scratch, user_id: &str, device: &mut Authenticator) {
    let realm = &scratch.realm;
    let relying_party = realm.passkeys.as_ref().unwrap();
    let begun = relying_party.begin_registration(Owner { id: user_id, email: ADA, name: "" }, &[]).unwrap();
    let stored =
        relying_party.registered(&begun.ceremony, &device.create(&begun.options.to_string())).unwrap();
    let passkey = passkeys::Passkey {
        credential_id: stored.credential_id,
        user_id: user_id.to_owned(),
        label: "Passkey".to_owned(),
        credential: stored.credential,
        sign_count: stored.sign_count,
        created_at: realm.now(),
        last_used_at: None,
        attested_model: None,
    };
    let mut tx = realm.store.facts.begin().await.unwrap();
    assert!(passkeys::add(&mut tx, &passkey).await.unwrap());
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn mf8_the_last_factor_stays_where_the_realm_demands_one() {
    let scratch = realm_with(&[("factors.second", "required")]).await;
    let id = scratch.account(ADA).await;
    let router = router(&scratch.realm, &scratch);
    let mut devices = [Authenticator::new(ISSUER), Authenticator::new(ISSUER)];
    for device in &mut devices {
        give(&scratch, &id, device).await;
    }
    let browser = Browser::fresh(&router);
    let interaction = browser.interaction("app", &[]).await;
    sign_in(&browser, &interaction, &mut devices[0], |_| {}).await;
    let known = passkeys::of_user(&scratch.realm.store.facts, &id).await.unwrap();
    let mut answers = Vec::new();
    for passkey in &known {
        let csrf = browser.get(LIST).await.field("csrf");
        let fields = [("csrf", csrf.as_str()), ("id", &passkey.credential_id), ("change", "remove")];
        answers.push(browser.post(LIST, &fields).await.status.as_u16());
    }
    assert_eq!(answers, [303, 400]);
    assert_eq!(passkeys::of_user(&scratch.realm.store.facts, &id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_passkey_does_not_lock_its_owners_password_out_where_the_choice_is_theirs() {
    let scratch = realm_with_apps().await;
    with_passkey(&scratch).await;
    let router = router(&scratch.realm, &scratch);
    let browser = Browser::signed_in(&scratch, &router, ADA).await;
    assert!(browser.authorize("app", &[]).await.param("code").is_some(), "the password is enough");
    // an app that wants two factors gets them
    let multi = [("acr_values", protocol::acr::MULTI)];
    let interaction = browser.interaction("app", &multi).await;
    assert!(browser.get(&interaction).await.body.contains("Use your passkey"));
}

#[tokio::test]
async fn s22_programs_find_the_page_of_passkeys() {
    let scratch = realm_with_apps().await;
    let browser = Browser::fresh(&router(&scratch.realm, &scratch));
    let found = browser.get("/.well-known/passkey-endpoints").await;
    assert_eq!(found.status, 200);
    let page = format!("{ISSUER}{LIST}");
    assert_eq!(found.json(), serde_json::json!({ "enroll": page, "manage": page }));
}

#[tokio::test]
async fn mf5_a_password_alone_neither_takes_a_passkey_away_nor_adds_a_factor_beside_it() {
    let scratch = realm_with_apps().await;
    let (_, mut device) = with_passkey(&scratch).await;
    let router = router(&scratch.realm, &scratch);
    let thief = Browser::signed_in(&scratch, &router, ADA).await;
    for page in [LIST, "/account/totp", "/account/recovery-codes", "/account/password"] {
        let answer = thief.get(page).await;
        let interaction = answer.location().unwrap_or_else(|| panic!("{page}: {}", answer.body)).to_owned();
        assert!(thief.get(&interaction).await.body.contains("Use your passkey"), "{page}");
    }
    let asked = thief.get(LIST).await.location().unwrap().to_owned();
    let (fields, options) = ceremony(&thief.get(&asked).await);
    let proved = thief.post(&format!("{asked}/second-factor"), &filled(fields, &device.get(&options))).await;
    assert_eq!(proved.location(), Some(asked.as_str()), "the owner goes on: {}", proved.body);
    assert_eq!(thief.get(LIST).await.status, 200);
}

#[tokio::test]
async fn mf3_wrong_answers_of_a_passkey_count_like_wrong_codes() {
    let AfterPassword { scratch: _scratch, browser, mut device, interaction } = after_password().await;
    let mut statuses = Vec::new();
    for _ in 0..7 {
        let (fields, options) = ceremony(&browser.get(&interaction).await);
        let wrong = filled(fields, &device.get_saying(&options, |said| said.forged = true));
        statuses.push(browser.post(&format!("{interaction}/second-factor"), &wrong).await.status.as_u16());
    }
    assert_eq!((statuses[0], statuses[6]), (400, 429), "{statuses:?}");
}

#[tokio::test]
async fn q2_what_names_no_passkey_of_ours_leaves_nothing_in_the_audit_trail() {
    let scratch = realm_with_apps().await;
    let browser = Browser::fresh(&router(&scratch.realm, &scratch));
    let interaction = browser.interaction("app", &[]).await;
    let mut stranger = Authenticator::new(ISSUER);
    stranger.user = vec![7; 16];
    for answer in ["{}".to_owned(), String::new(), "x".repeat(9000)] {
        let (fields, _) = ceremony(&browser.get(&interaction).await);
        assert_eq!(
            browser.post(&format!("{interaction}/passkey"), &filled(fields, &answer)).await.status,
            400
        );
    }
    assert_eq!(sign_in(&browser, &interaction, &mut stranger, |_| {}).await.status, 400);
    assert!(scratch.kinds_of_events().await.is_empty());
}

#[tokio::test]
async fn an_account_has_thirty_passkeys_at_most_whenever_they_were_begun() {
    let scratch = realm_with_apps().await;
    let id = scratch.account(ADA).await;
    let visit = scratch.visit(None).await;
    let cookie = scratch.signed_in(&visit, ADA).await;
    let visit = scratch.visit_of(Some(&visit.browser), Some(&cookie)).await;
    let (realm, session) = (&scratch.realm, visit.session.clone().unwrap());
    let offered = add::offer(realm, &visit, &session).await.unwrap().unwrap();
    for _ in 0..30 {
        give(&scratch, &id, &mut Authenticator::new(ISSUER)).await;
    }
    assert!(add::offer(realm, &visit, &session).await.unwrap().is_none());
    let credential = Authenticator::new(ISSUER).create(&offered.options);
    let answer = Answer { ceremony: &offered.ceremony, credential: &credential };
    assert!(matches!(
        add::add(realm, &visit, &session, answer, add::Wish::WayIn).await.unwrap(),
        add::Outcome::Refused
    ));
    assert_eq!(passkeys::of_user(&realm.store.facts, &id).await.unwrap().len(), 30);
}

#[tokio::test]
async fn s14_devices_are_told_the_name_and_the_address_as_they_are_now() {
    let scratch = realm_with_apps().await;
    let (browser, _) = with_passkey(&scratch).await;
    browser.fill("/account/profile", "/account/profile", &[("name", "Ada Lovelace")]).await;
    let page = browser.get("/account").await;
    let told = page.elements("[data-user-details]").remove(0).get("data-user-details").unwrap().to_owned();
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!((&told["name"], &told["displayName"]), (&ADA.into(), &"Ada Lovelace".into()));
}
