//! What was taken away is vouched for by none of issue, refresh, userinfo and introspection (Q7).

use std::sync::Arc;

use database::{Db, sql};
use idp::{realm::Realm, store::consents};
use serde_json::{Value, json};

use crate::{
    app::{Browser, Tokens, as_client, bearer, realm_with_apps, redeem, refresh, router},
    harness::{NOW, Scratch},
};

const SCOPE: &str = "offline_access openid profile";

/// What every endpoint says about a grant of the client `other`.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    /// Status of userinfo.
    userinfo: u16,
    /// The scope that introspection tells of the access token; none when it is inactive.
    access: Option<&'static str>,
    /// The same of the refresh token.
    refresh: Option<&'static str>,
    /// The scope of a refresh, or the status of its refusal.
    refreshed: Result<&'static str, u16>,
    /// The scope of a code that was issued before, or the status of its refusal.
    redeemed: Result<&'static str, u16>,
}

/// Nothing stands.
const DEAD: Said =
    Said { userinfo: 401, access: None, refresh: None, refreshed: Err(400), redeemed: Err(400) };
/// All stands.
const ALIVE: Said = Said {
    userinfo: 200,
    access: Some(SCOPE),
    refresh: Some(SCOPE),
    refreshed: Ok(SCOPE),
    redeemed: Ok(SCOPE),
};

struct Home {
    scratch: Scratch,
    tokens: Tokens,
    code: String,
}

impl Home {
    async fn new() -> Self {
        let scratch = realm_with_apps().await;
        let user = scratch.account("ada@example.com").await;
        let facts = &scratch.realm.store.facts;
        let all = "openid profile email offline_access orders";
        consents::remember(facts, &user, "other", all, NOW).await.unwrap();
        let router = router(&scratch.realm, &scratch);
        let browser = Browser::signed_in(&scratch, &router, "ada@example.com").await;
        let tokens = browser.tokens("other", SCOPE).await;
        let code = browser.authorize("other", &[("scope", SCOPE)]).await.param("code").unwrap();
        Self { scratch, tokens, code }
    }

    fn facts(&self) -> &Db {
        &self.scratch.realm.store.facts
    }

    /// Asks everywhere, at the realm as it is then.
    async fn ask(&self, realm: &Arc<Realm>) -> Said {
        let router = router(realm, &self.scratch);
        let reported = async |client: &str, token: &str| {
            let answer = as_client(&router, client, "/introspect", &[("token", token)]).await.json();
            if answer["active"] == json!(true) { Some(known(&answer["scope"])) } else { None }
        };
        let issued = |answer: test_browser::Page| match answer.status.as_u16() {
            200 => Ok(known(&answer.json()["scope"])),
            status => Err(status),
        };
        let access = reported("app", &self.tokens.access).await;
        let of_itself = reported("other", &self.tokens.access).await;
        assert!(of_itself == access || of_itself.is_none(), "a client is told no more about its own");
        Said {
            userinfo: bearer(&router, "/userinfo", &self.tokens.access).await.status.as_u16(),
            access,
            refresh: reported("other", &self.tokens.refresh).await,
            refreshed: issued(refresh(&router, "other", &self.tokens.refresh).await),
            redeemed: issued(redeem(&router, "other", &self.code).await),
        }
    }

    /// What the operator changed in the realm's file.
    async fn after(&self, changes: &[(&str, &str)]) -> Said {
        self.ask(&self.scratch.changed(changes).await).await
    }

    /// What changed in the database.
    async fn after_sql(&self, statement: &'static str) -> Said {
        assert!(sql(statement).run(self.facts()).await.unwrap() > 0, "{statement}");
        self.ask(&self.scratch.realm).await
    }
}

fn known(scope: &Value) -> &'static str {
    [SCOPE, "openid profile", "offline_access openid"]
        .into_iter()
        .find(|known| scope == known)
        .unwrap_or_else(|| panic!("{scope}"))
}

#[tokio::test]
async fn q7_what_nobody_took_away_stands_everywhere() {
    let home = Home::new().await;
    assert_eq!(home.ask(&home.scratch.realm).await, ALIVE);
}

#[tokio::test]
async fn q7_a_client_that_is_no_longer_registered_has_nothing() {
    let said = Home::new().await.after(&[("clients.1.id", "renamed")]).await;
    assert_eq!(said, Said { refreshed: Err(401), redeemed: Err(401), ..DEAD });
}

#[tokio::test]
async fn q7_scopes_that_were_taken_from_a_client_are_told_nowhere() {
    let narrower = Some("offline_access openid");
    let said = Home::new().await.after(&[("clients.1.scopes", "openid,offline_access")]).await;
    let without_profile = Said {
        access: narrower,
        refresh: narrower,
        refreshed: Ok("offline_access openid"),
        redeemed: Ok("offline_access openid"),
        ..ALIVE
    };
    assert_eq!(said, without_profile);
    let said = Home::new().await.after(&[("clients.1.scopes", "email")]).await;
    assert_eq!(said, DEAD, "nothing of the grant is left");
}

#[tokio::test]
async fn q7_a_client_that_may_not_refresh_has_no_refresh_token_that_works() {
    let left = "openid profile";
    let said = Home::new().await.after(&[("clients.1.scopes", "openid,profile,email")]).await;
    let expected =
        Said { access: Some(left), refresh: None, refreshed: Err(400), redeemed: Ok(left), ..ALIVE };
    assert_eq!(said, expected);
    let said = Home::new().await.after(&[("clients.1.grants", "authorization_code")]).await;
    assert_eq!(said, Said { refresh: None, refreshed: Err(400), ..ALIVE });
}

#[tokio::test]
async fn q7_a_second_factor_that_is_demanded_now_was_missing_then() {
    assert_eq!(Home::new().await.after(&[("factors.second", "required")]).await, DEAD);
}

#[tokio::test]
async fn q7_what_changed_in_the_database_counts_everywhere() {
    for statement in [
        "DELETE FROM consents",
        "UPDATE consents SET scope = 'openid profile'",
        "UPDATE users SET disabled_at = 1",
        "UPDATE sessions SET ended_at = 1",
        "UPDATE grants SET revoked_at = 1",
        "UPDATE realm_state SET not_before = 1800000000",
    ] {
        assert_eq!(Home::new().await.after_sql(statement).await, DEAD, "{statement}");
    }
}

#[tokio::test]
async fn q7_a_session_that_only_expired_takes_nothing_along() {
    assert_eq!(
        Home::new().await.after_sql("UPDATE sessions SET expires_at = 1, last_seen_at = 1").await,
        ALIVE
    );
    assert_eq!(Home::new().await.after_sql("DELETE FROM sessions").await, ALIVE);
}

#[tokio::test]
async fn rfc7662_a_refresh_token_is_active_exactly_when_a_refresh_would_accept_it() {
    let home = Home::new().await;
    let router = router(&home.scratch.realm, &home.scratch);
    let active = async |token: &str| {
        as_client(&router, "other", "/introspect", &[("token", token)]).await.json()["active"] == json!(true)
    };
    let first = home.tokens.refresh.clone();
    let second = refresh(&router, "other", &first).await.text("refresh_token");
    assert!(active(&first).await && active(&second).await, "the one before is answered for a minute");
    home.scratch.clock.advance(61);
    assert!(!active(&first).await && active(&second).await);
    // telling about an old one is no use of it
    assert_eq!(refresh(&router, "other", &second).await.status, 200);
    home.scratch.clock.advance(14 * 24 * 3600);
    assert!(!active(&second).await, "not used for too long");
}

#[tokio::test]
async fn rfc7662_roles_that_were_taken_away_are_not_told_any_more() {
    let scratch = realm_with_apps().await;
    scratch.account("ada@example.com").await;
    let router = router(&scratch.realm, &scratch);
    let browser = Browser::signed_in(&scratch, &router, "ada@example.com").await;
    let tokens = browser.tokens("app", "orders").await;
    let reported =
        async || as_client(&router, "app", "/introspect", &[("token", &tokens.access)]).await.json();
    let before = reported().await;
    assert_eq!((&before["roles"], &before["permissions"]), (&json!(["member"]), &json!(["orders_read"])));
    sql("DELETE FROM user_roles").run(&scratch.realm.store.facts).await.unwrap();
    let after = reported().await;
    assert_eq!(
        (&after["active"], &after["roles"], &after["permissions"]),
        (&json!(true), &Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn q7_a_clients_own_token_stands_only_as_long_as_its_registration() {
    let scratch = realm_with_apps().await;
    let here = router(&scratch.realm, &scratch);
    let pairs = [("grant_type", "client_credentials"), ("scope", "orders")];
    let token = as_client(&here, "app", "/token", &pairs).await.text("access_token");
    let own = [("clients.1.first_party", "true")];
    for (changes, active) in [
        (vec![], true),
        (vec![("clients.0.grants", "authorization_code")], false),
        (vec![("clients.0.scopes", "openid")], false),
        (vec![("clients.0.id", "renamed")], false),
    ] {
        let realm = scratch.changed(&[own.as_slice(), changes.as_slice()].concat()).await;
        let router = router(&realm, &scratch);
        let reported = as_client(&router, "other", "/introspect", &[("token", &token)]).await.json();
        assert_eq!(reported["active"], json!(active), "{changes:?}: {reported}");
    }
}

#[tokio::test]
async fn q7_a_request_that_waited_for_its_person_is_answered_as_the_client_is_registered_then() {
    let scratch = realm_with_apps().await;
    scratch.account("ada@example.com").await;
    let here = router(&scratch.realm, &scratch);
    for (changes, answered) in [
        (vec![], Some(SCOPE)),
        (vec![("clients.1.id", "renamed")], None),
        (vec![("clients.1.redirect_uris", "https://other.example/new")], None),
        (vec![("clients.1.scopes", "openid,offline_access")], Some("offline_access openid")),
    ] {
        let browser = Browser::signed_in(&scratch, &here, "ada@example.com").await;
        let asked = browser.authorize("other", &[("scope", SCOPE), ("prompt", "consent")]).await;
        let page = browser.get(asked.location().unwrap()).await;
        let csrf = page.field("csrf");
        let browser = browser.at(router(&scratch.changed(&changes).await, &scratch));
        let decided = format!("{}/consent", asked.location().unwrap());
        browser.post(&decided, &[("csrf", csrf.as_str()), ("decision", "allow")]).await;
        let left = browser.get(asked.location().unwrap()).await;
        let code = left.param("code");
        assert_eq!(code.is_some(), answered.is_some(), "{changes:?}: {:?} {}", left.location(), left.body);
        if let (Some(code), Some(scope)) = (code, answered) {
            let tokens = redeem(browser.transport(), "other", &code).await;
            assert_eq!(tokens.text("scope"), scope, "{}", tokens.body);
        }
    }
}

#[tokio::test]
async fn rfc8252_a_public_client_at_a_loopback_port_gets_no_code_unseen() {
    let scratch = realm_with_apps().await;
    scratch.account("ada@example.com").await;
    let router = router(&scratch.realm, &scratch);
    let browser = Browser::signed_in(&scratch, &router, "ada@example.com").await;
    let silent = browser.authorize("native", &[("prompt", "none")]).await;
    assert_eq!(silent.param("error").as_deref(), Some("account_selection_required"));
    let asked = browser.authorize("native", &[]).await;
    assert!(asked.location().unwrap().starts_with("/interaction/"), "{:?}", asked.location());
    assert!(browser.authorize("app", &[("prompt", "none")]).await.param("code").is_some());
}
