//! A passkey is offered after a sign-in with a password, or the browser makes one by itself (S11, S12).

use test_browser::{Authenticator, Page, Statement};

use crate::{
    app::{Browser, realm_with, redeem, router},
    harness::{PASSWORD, Scratch},
    passkeys::{ceremony, claims_of, filled},
};

const ADA: &str = "ada@example.com";
const ISSUER: &str = "http://localhost:7001";
const DAY: i64 = 86_400;
const QUIET: &str = "passkey-quiet";

/// What a browser says of a passkey that it makes by itself.
fn nobody_there(said: &mut Statement) {
    (said.present, said.verified) = (false, false);
}

async fn realm(more: &[(&str, &str)]) -> Scratch {
    let scratch = realm_with(&[&[("session.absolute", "30d"), ("session.idle", "1h")], more].concat()).await;
    scratch.account(ADA).await;
    scratch
}

/// Types the password in this browser, whose script says what it can do. Returns the interaction, and where the browser is
/// led then.
async fn typed(browser: &Browser, offer: &str) -> (String, String) {
    let interaction = browser.interaction("app", &[("prompt", "login")]).await;
    let fields = [("username", ADA), ("password", PASSWORD), ("offer", offer)];
    let answer = browser.fill(&interaction, &format!("{interaction}/sign-in"), &fields).await;
    let leads_to = answer.location().unwrap_or_else(|| panic!("{}", answer.body)).to_owned();
    (interaction, leads_to)
}

/// The page after the password.
async fn after(browser: &Browser, offer: &str) -> (String, Page) {
    let (interaction, leads_to) = typed(browser, offer).await;
    (interaction, browser.get(&leads_to).await)
}

fn is_offer(page: &Page) -> bool {
    page.has("not-now")
}

#[tokio::test]
async fn s12_it_is_offered_once_in_a_while_and_no_stands_in_no_ones_way() {
    let scratch = realm(&[]).await;
    let browser = Browser::fresh(&router(&scratch.realm, &scratch));
    let (interaction, page) = after(&browser, "passkey").await;
    assert!(is_offer(&page) && page.elements("[data-quiet]").is_empty(), "{}", page.body);
    assert_eq!(page.link("not-now").path(), interaction);
    assert!(browser.get(&interaction).await.param("code").is_some());
    for (later, offered) in [(DAY, false), (28 * DAY, false), (2 * DAY, true)] {
        scratch.clock.advance(later);
        let (_, page) = after(&browser, "passkey").await;
        assert_eq!(is_offer(&page), offered, "{later}");
        assert_eq!(page.param("code").is_some(), !offered, "{later}");
    }
    let other = Browser::fresh(browser.transport());
    let (interaction, page) = after(&other, "passkey").await;
    assert!(is_offer(&page), "another browser is another device");
    let again = other.get(&format!("{interaction}?view=passkey")).await;
    assert!(again.param("code").is_some(), "seen once, a reload goes on");
}

#[tokio::test]
async fn s2_a_browser_without_scripts_is_led_on_as_ever() {
    let scratch = realm(&[]).await;
    let browser = Browser::fresh(&router(&scratch.realm, &scratch));
    for offer in ["", "anything"] {
        let (interaction, leads_to) = typed(&browser, offer).await;
        assert_eq!(leads_to, interaction, "{offer}");
        assert!(browser.get(&interaction).await.param("code").is_some());
    }
}

#[tokio::test]
async fn s12_a_passkey_that_is_wanted_is_added_and_the_app_goes_on() {
    let scratch = realm(&[]).await;
    let browser = Browser::fresh(&router(&scratch.realm, &scratch));
    let (interaction, page) = after(&browser, "passkey").await;
    let (fields, options) = ceremony(&page);
    let action = format!("{interaction}/offer");
    let mut device = Authenticator::new(ISSUER);
    let unverified = device.create_saying(&options, |said| said.verified = false);
    let refused = browser.post(&action, &filled(fields, &unverified)).await;
    assert_eq!(refused.status, 400, "x7: {}", refused.body);
    let (fields, options) = ceremony(&refused);
    let answer = filled(fields, &device.create(&options));
    let twin = browser.clone();
    assert_eq!(browser.post(&action, &answer).await.location(), Some(interaction.as_str()));
    assert_eq!(twin.post(&action, &answer).await.location(), Some(interaction.as_str()), "q5 twice is once");
    assert!(browser.get(&interaction).await.param("code").is_some());
    assert!(scratch.kinds_of_events().await.contains(&"factor.passkey_added".to_owned()));
    scratch.clock.advance(60 * DAY);
    let (_, page) = after(&browser, "passkey").await;
    assert!(page.param("code").is_some(), "who has one is not asked again: {}", page.body);
}

#[tokio::test]
async fn s11_a_browser_makes_one_by_itself_which_proves_nothing_before_its_first_use() {
    let scratch =
        realm(&[("mail.from", "Test <no-reply@id.example>"), ("mail.command", "/usr/sbin/sendmail")]).await;
    let browser = Browser::fresh(&router(&scratch.realm, &scratch));
    let (interaction, page) = after(&browser, QUIET).await;
    assert_eq!(page.elements("[data-quiet]").len(), 1, "{}", page.body);
    let (fields, options) = ceremony(&page);
    let mut device = Authenticator::new(ISSUER);
    let answer = filled(fields, &device.create_saying(&options, nobody_there));
    let added = browser.post(&format!("{interaction}/offer"), &answer).await;
    assert_eq!(added.location(), Some(interaction.as_str()), "{}", added.body);
    let code = browser.get(&interaction).await.param("code").unwrap();
    let claims = claims_of(&redeem(browser.transport(), "app", &code).await.text("id_token"));
    assert_eq!(claims["amr"], serde_json::json!(["pwd"]), "mf7 nobody was verified");
    assert!(scratch.kinds_of_events().await.contains(&"factor.passkey_added".to_owned()));
    let mails = scratch.mails().await;
    assert!(
        mails.iter().any(|mail| mail.to == ADA && mail.subject.contains("passkey")),
        "w11 its owner is told"
    );
    let fresh = Browser::fresh(browser.transport());
    let interaction = fresh.interaction("app", &[]).await;
    let action = format!("{interaction}/passkey");
    for (verified, signs_in) in [(false, false), (true, true)] {
        let (fields, options) = ceremony(&fresh.get(&interaction).await);
        let answer = device.get_saying(&options, |said| said.verified = verified);
        let answered = fresh.post(&action, &filled(fields, &answer)).await;
        assert_eq!(answered.status == 303, signs_in, "x7: {}", answered.body);
    }
}

#[tokio::test]
async fn s11_what_is_wrong_with_it_is_not_told_and_adds_nothing() {
    type Change = fn(&mut Statement);
    let wrong: [(&str, Change); 3] = [
        ("X4 another origin", |said| said.origin = "https://evil.example".to_owned()),
        ("X6 another relying party", |said| said.rp_id = "example.com".to_owned()),
        ("X5 inside another site's page", |said| said.cross_origin = true),
    ];
    for (what, change) in wrong {
        let scratch = realm(&[]).await;
        let browser = Browser::fresh(&router(&scratch.realm, &scratch));
        let (interaction, page) = after(&browser, QUIET).await;
        let (fields, options) = ceremony(&page);
        let answer = Authenticator::new(ISSUER).create_saying(&options, change);
        let led_on = browser.post(&format!("{interaction}/offer"), &filled(fields, &answer)).await;
        assert_eq!(led_on.location(), Some(interaction.as_str()), "{what}");
        assert!(browser.get(&interaction).await.param("code").is_some(), "{what}");
        assert!(!scratch.kinds_of_events().await.contains(&"factor.passkey_added".to_owned()), "{what}");
    }
}

#[tokio::test]
async fn mf5_a_session_of_before_and_a_password_without_the_app_add_none() {
    let scratch = realm(&[]).await;
    let browser = Browser::signed_in(&scratch, &router(&scratch.realm, &scratch), ADA).await;
    // somebody sits down at another person's browser: the interaction saw no sign-in
    let interaction = browser.interaction("other", &[]).await;
    let page = browser.get(&format!("{interaction}?view=passkey")).await;
    assert!(!is_offer(&page), "{}", page.body);
    let page = browser.get("/account/totp").await;
    let form = page.form("otp").with("otp", &scratch.code(&page.text_of("totp-secret")));
    assert_eq!(browser.send(&form).await.status, 200);
    let thief = Browser::fresh(browser.transport());
    let (interaction, page) = after(&thief, "passkey").await;
    assert!(page.has("otp") && !is_offer(&page), "{}", page.body);
    let csrf = page.field("csrf");
    let tried = thief.post(&format!("{interaction}/offer"), &[("csrf", csrf)]).await;
    assert_eq!(tried.location(), Some(interaction.as_str()));
    assert!(!scratch.kinds_of_events().await.contains(&"factor.passkey_added".to_owned()));
}

#[tokio::test]
async fn s11_never_for_staff_and_not_where_it_is_switched_off() {
    for more in [
        &[("passkeys.offer", "0s")][..],
        &[
            ("staff", "true"),
            ("factors.second", "required"),
            ("tokens.access", "5m"),
            ("session.absolute", "12h"),
        ],
    ] {
        let scratch = realm(more).await;
        let browser = Browser::fresh(&router(&scratch.realm, &scratch));
        let interaction = browser.interaction("app", &[]).await;
        let page = browser.get(&interaction).await;
        assert!(page.elements("input[name=offer]").is_empty(), "{}", page.body);
        for offer in ["passkey", QUIET] {
            let (interaction, leads_to) = typed(&browser, offer).await;
            assert_eq!(leads_to, interaction);
            let page = browser.get(&format!("{interaction}?view={offer}")).await;
            assert!(!is_offer(&page), "{}", page.body);
        }
    }
}

#[tokio::test]
async fn x4_related_origins_are_published_and_their_pages_may_use_the_passkeys() {
    const SHOP: &str = "https://shop.example";
    let scratch = realm(&[("passkeys.related_origins", SHOP)]).await;
    let browser = Browser::fresh(&router(&scratch.realm, &scratch));
    let document = browser.get("/.well-known/webauthn").await;
    assert_eq!(document.json(), serde_json::json!({ "origins": [SHOP] }));
    for (origin, taken) in
        [(SHOP, true), ("https://evil.example", false), ("https://shop.example:8443", false)]
    {
        let (interaction, page) = after(&browser, "passkey").await;
        let (fields, options) = ceremony(&page);
        let answer =
            Authenticator::new(ISSUER).create_saying(&options, |said| said.origin = origin.to_owned());
        let answered = browser.post(&format!("{interaction}/offer"), &filled(fields, &answer)).await;
        assert_eq!(answered.status == 303, taken, "{origin}: {}", answered.body);
        if taken {
            let page = browser.get("/account/passkeys").await;
            let fields =
                [("csrf", page.field("csrf")), ("id", page.field("id")), ("change", "remove".to_owned())];
            assert_eq!(browser.post("/account/passkeys", &fields).await.status, 303);
        }
        scratch.clock.advance(31 * DAY);
    }
    let without = realm(&[]).await;
    let none = Browser::fresh(&router(&without.realm, &without)).get("/.well-known/webauthn").await;
    assert_eq!(none.status, 404);
}
