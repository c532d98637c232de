//! A browser that isn't asked for a second factor for a while, because its owner wanted that (I12).

use test_browser::Page;

use crate::{
    app::{Browser, realm_with, realm_with_apps, router},
    harness::{PASSWORD, Scratch},
    passkeys::{ceremony, claims_of, filled, with_passkey},
};

const ADA: &str = "ada@example.com";
const DAY: i64 = 86_400;

/// A person with an authenticator app, and a browser where she is not signed in.
struct World {
    scratch: Scratch,
    browser: Browser,
    seed: String,
}

impl World {
    async fn new(more: &[(&str, &str)]) -> Self {
        let scratch = realm_with(&[&[("session.idle", "30m")], more].concat()).await;
        scratch.account(ADA).await;
        let router = router(&scratch.realm, &scratch);
        let browser = Browser::signed_in(&scratch, &router, ADA).await;
        // a realm that demands a factor leads to a sign-in in which it is set up
        let page = browser.get("/account/totp").await;
        let page = match page.location() {
            Some(elsewhere) => browser.get(elsewhere).await,
            None => page,
        };
        let seed = page.text_of("totp-secret");
        let form = page.form("otp").with("otp", &scratch.code(&seed));
        assert_eq!(browser.send(&form).await.status, 200);
        let world = Self { scratch, browser, seed };
        world.away(0).await;
        world
    }

    /// She stays away until her session has ended, and `seconds` more.
    async fn away(&self, seconds: i64) {
        self.scratch.clock.advance(3 * 3600 + seconds);
        assert!(!self.browser.is_signed_in().await);
    }

    /// Types the password in this browser; the page after it.
    async fn password(&self, browser: &Browser, changes: &[(&str, &str)]) -> (String, Page) {
        let interaction = browser.interaction("app", changes).await;
        let fields = [("username", ADA), ("password", PASSWORD)];
        let answer = browser.fill(&interaction, &format!("{interaction}/sign-in"), &fields).await;
        assert_eq!(answer.location(), Some(interaction.as_str()), "{}", answer.body);
        let page = browser.get(&interaction).await;
        (interaction, page)
    }

    /// Signs in with a code, and asks not to be asked again.
    async fn trust(&self) -> Page {
        let (interaction, page) = self.password(&self.browser, &[]).await;
        assert!(page.has("trust"), "{}", page.body);
        let form = page.form("otp").with("otp", &self.scratch.code(&self.seed)).with("trust", "yes");
        assert_eq!(self.browser.send(&form).await.location(), Some(interaction.as_str()));
        self.browser.get(&interaction).await
    }

    /// Whether a sign-in in her browser asks for a code now.
    async fn is_asked(&self, changes: &[(&str, &str)]) -> bool {
        let (_, page) = self.password(&self.browser.clone(), changes).await;
        assert!(page.has("otp") || page.param("code").is_some(), "{}", page.body);
        page.has("otp")
    }
}

#[tokio::test]
async fn i12_a_trusted_browser_is_asked_for_the_password_alone_until_its_time_is_over() {
    let world = World::new(&[]).await;
    assert!(world.is_asked(&[]).await, "not without her wish");
    world.away(0).await;
    world.trust().await;
    world.away(28 * DAY).await;
    assert!(!world.is_asked(&[]).await);
    world.away(0).await;
    let stranger = Browser::fresh(world.browser.transport());
    assert!(world.password(&stranger, &[]).await.1.has("otp"), "another browser is asked");
    world.away(2 * DAY).await;
    assert!(world.is_asked(&[]).await, "thirty days are over");
}

#[tokio::test]
async fn i12_it_is_one_factor_and_less_than_some_ask_for() {
    let world = World::new(&[]).await;
    world.trust().await;
    world.away(0).await;
    for more in [("max_age", "3600"), ("prompt", "login"), ("acr_values", protocol::acr::MULTI)] {
        assert!(world.is_asked(&[more]).await, "{more:?}");
    }
    let (_, page) = world.password(&world.browser, &[]).await;
    let code = page.param("code").unwrap();
    let tokens = crate::app::redeem(world.browser.transport(), "app", &code).await;
    let claims = claims_of(&tokens.text("id_token"));
    assert_eq!(claims["amr"], serde_json::json!(["pwd"]));
    assert_eq!(claims["acr"], protocol::acr::SINGLE);
    let strong = world.browser.get("/account/passkeys").await;
    let asked = world.browser.get(strong.location().unwrap()).await;
    assert!(asked.has("otp"), "mf5 a change of factors asks for it: {}", asked.body);
}

#[tokio::test]
async fn acc7_its_owner_sees_it_and_takes_it_back() {
    let world = World::new(&[]).await;
    world.trust().await;
    let page = world.browser.get("/account/sessions").await;
    assert!(page.has("trusted"), "{}", page.body);
    let (csrf, id) = (page.field("csrf"), page.field("browser"));
    let foreign = [("csrf", csrf.as_str()), ("browser", "somebody-elses"), ("change", "forget")];
    world.browser.post("/account/sessions", &foreign).await;
    assert!(world.browser.get("/account/sessions").await.has("trusted"), "an unknown name changes nothing");
    let csrf = world.browser.get("/account/sessions").await.field("csrf");
    let forget = [("csrf", csrf.as_str()), ("browser", id.as_str()), ("change", "forget")];
    assert_eq!(world.browser.post("/account/sessions", &forget).await.location(), Some("/account/sessions"));
    assert!(!world.browser.get("/account/sessions").await.has("trusted"));
    let activity = world.browser.get("/account/activity").await.body;
    assert!(activity.contains("is not asked for a code") && activity.contains("asked for a code again"));
    world.away(0).await;
    assert!(world.is_asked(&[]).await);
}

#[tokio::test]
async fn i12_what_changes_the_account_ends_the_trust() {
    for change in ["password elsewhere", "app", "all others", "end all", "disabled", "reset factors"] {
        let world = World::new(&[]).await;
        world.trust().await;
        let realm = &world.scratch.realm;
        let elsewhere = Browser::fresh(world.browser.transport());
        let (interaction, page) = world.password(&elsewhere, &[]).await;
        world.scratch.clock.advance(60);
        let form = page.form("otp").with("otp", &world.scratch.code(&world.seed));
        assert_eq!(elsewhere.send(&form).await.location(), Some(interaction.as_str()));
        match change {
            "password elsewhere" => {
                let fields = [("current_password", PASSWORD), ("password", PASSWORD)];
                let done = elsewhere.fill("/account/password", "/account/password", &fields).await;
                assert_eq!(done.status, 303, "{}", done.body);
            }
            "app" => {
                let page = elsewhere.get("/account/totp").await;
                let otp = world.scratch.code(&page.text_of("totp-secret"));
                assert_eq!(elsewhere.send(&page.form("otp").with("otp", &otp)).await.status, 200);
            }
            "all others" => {
                let csrf = elsewhere.get("/account/sessions").await.field("csrf");
                let fields = [("csrf", csrf.as_str()), ("change", "others")];
                assert_eq!(elsewhere.post("/account/sessions", &fields).await.status, 303);
            }
            "end all" => idp::flow::end_all::end_all(realm).await.unwrap(),
            "disabled" => {
                let user = idp::store::users::by_email(&realm.store.facts, ADA).await.unwrap().unwrap();
                assert!(idp::flow::accounts::disable(realm, ADA).await.unwrap());
                assert!(idp::flow::accounts::enable(realm, &user.id).await.unwrap());
            }
            _ => {
                idp::flow::accounts::reset_factors(realm, ADA, 60).await.unwrap();
                let user = idp::store::users::by_email(&realm.store.facts, ADA).await.unwrap().unwrap();
                let left =
                    idp::store::trusted_browsers::of_user(&realm.store.facts, &user.id, realm.now(), DAY);
                assert!(left.await.unwrap().is_empty());
                continue;
            }
        }
        world.away(0).await;
        assert!(world.is_asked(&[]).await, "{change}");
    }
}

#[tokio::test]
async fn i12_a_realm_may_do_without_it() {
    for more in [("factors.trusted_browsers", "0s"), ("factors.second", "required")] {
        let world = World::new(&[more]).await;
        let (interaction, page) = world.password(&world.browser, &[]).await;
        assert!(page.has("otp") && !page.has("trust"), "{more:?}");
        let form = page.form("otp").with("otp", &world.scratch.code(&world.seed)).with("trust", "yes");
        assert_eq!(world.browser.send(&form).await.location(), Some(interaction.as_str()));
        world.away(0).await;
        assert!(world.is_asked(&[]).await, "{more:?}: nor does a form of one's own make");
    }
}

#[tokio::test]
async fn s26_the_wish_survives_a_mistyped_code() {
    let world = World::new(&[]).await;
    let (_, page) = world.password(&world.browser, &[]).await;
    let wrong = world.browser.send(&page.form("otp").with("otp", "000000").with("trust", "yes")).await;
    assert_eq!(wrong.status, 400);
    assert!(wrong.body.contains(r#"value="yes" checked"#), "{}", wrong.body);
}

#[tokio::test]
async fn i12_a_passkey_as_the_second_factor_takes_the_wish_not_to_be_asked_here_again() {
    let scratch = realm_with_apps().await;
    let (owner, mut device) = with_passkey(&scratch).await;
    let page = owner.get("/account/totp").await;
    let form = page.form("otp").with("otp", &scratch.code(&page.text_of("totp-secret")));
    assert_eq!(owner.send(&form).await.status, 200);
    let browser = Browser::signed_in(&scratch, owner.transport(), ADA).await;
    let interaction = browser.interaction("app", &[]).await;
    let page = browser.get(&interaction).await;
    assert!(page.has("trust") && page.has("otp"), "{}", page.body);
    let (mut fields, options) = ceremony(&page);
    fields.retain(|(name, _)| name != "trust");
    fields.push(("trust".to_owned(), "yes".to_owned()));
    let answer = filled(fields, &device.get(&options));
    let proved = browser.post(&format!("{interaction}/second-factor"), &answer).await;
    assert_eq!(proved.location(), Some(interaction.as_str()), "{}", proved.body);
    assert!(browser.get("/account/sessions").await.has("trusted"));
}
