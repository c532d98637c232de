//! Refresh tokens: rotation, reuse, scope, lifetimes.

use end_to_end::{RelyingParty, System, relying_party::claims};

use super::codes::assert_dead;
use crate::support::{FULL, customer, customer_of};

/// The lifetimes of the customer realm, seconds.
const IDLE: i64 = 14 * 24 * 3600;
const GRACE: i64 = 60;

#[tokio::test]
async fn tok5_t11_a_refresh_token_is_replaced_and_the_old_one_ends_after_the_grace() {
    let (system, browser, _) = customer().await;
    let client = RelyingParty::of(&system, "customer", "demo-app").await;
    let tokens = client.tokens(&browser, FULL).await;
    let next = client.refresh(tokens.refresh_token()).await.ok();
    assert_ne!(next.refresh_token(), tokens.refresh_token());
    system.clock.advance(GRACE + 1);
    let last = client.refresh(next.refresh_token()).await.ok();
    client.userinfo(last.access_token()).await.ok();
}

#[tokio::test]
async fn tok5_a_client_that_lost_the_answer_gets_the_same_successor_within_the_grace() {
    let (system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    let first = client.refresh(tokens.refresh_token()).await.ok();
    system.clock.advance(GRACE - 1);
    let repeated = client.refresh(tokens.refresh_token()).await.ok();
    assert_eq!(repeated.refresh_token(), first.refresh_token());
    client.userinfo(repeated.access_token()).await.ok();
    client.refresh(first.refresh_token()).await.ok();
}

#[tokio::test]
async fn t11_reuse_after_the_grace_kills_the_family() {
    let (system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    let next = client.refresh(tokens.refresh_token()).await.ok();
    system.clock.advance(GRACE + 1);
    client.refresh(tokens.refresh_token()).await.refused(400, "invalid_grant");
    assert_dead(&client, &next).await;
}

#[tokio::test]
async fn t11_the_token_before_the_previous_one_kills_the_family_even_within_the_grace() {
    let (_system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    let second = client.refresh(tokens.refresh_token()).await.ok();
    let third = client.refresh(second.refresh_token()).await.ok();
    client.refresh(tokens.refresh_token()).await.refused(400, "invalid_grant");
    assert_dead(&client, &third).await;
}

#[tokio::test]
async fn tok5_a_confidential_client_may_keep_its_refresh_token() {
    let keeping = System::start_with(&[("customer", "clients.2.rotate_refresh_tokens", "false")]).await;
    let (system, browser, client) = customer_of(keeping).await;
    let tokens = client.tokens(&browser, FULL).await;
    for _ in 0..3 {
        system.clock.advance(3600);
        let next = client.refresh(tokens.refresh_token()).await.ok();
        assert_eq!(next.refresh_token(), tokens.refresh_token());
    }
}

#[tokio::test]
async fn tok4_t13_a_new_id_token_has_the_old_sign_in_and_a_new_time() {
    let (system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    system.clock.advance(100);
    let next = client.refresh(tokens.refresh_token()).await.ok();
    let (old, new) = (claims(tokens.id_token()), claims(next.id_token()));
    for same in ["iss", "sub", "aud", "auth_time", "acr", "amr", "sid"] {
        assert_eq!(old[same], new[same], "{same}");
    }
    assert_eq!(new["iat"].as_i64().unwrap(), old["iat"].as_i64().unwrap() + 100);
}

#[tokio::test]
async fn t10_tok4_a_refresh_narrows_and_never_widens() {
    let (_system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, "openid email offline_access").await;
    client.refresh_for(tokens.refresh_token(), "openid orders").await.refused(400, "invalid_scope");
    client.refresh_for(tokens.refresh_token(), "openid\u{7f}").await.refused(400, "invalid_request");
    let narrow = client.refresh_for(tokens.refresh_token(), "openid").await.ok();
    assert_eq!(narrow.text("scope"), "openid");
    let user = client.userinfo(narrow.access_token()).await.ok();
    assert!(user.json.get("email").is_none(), "{}", user.body);
    let wide = client.refresh(narrow.refresh_token()).await.ok();
    assert_eq!(
        claims(wide.access_token())["scope"],
        "email offline_access openid",
        "the grant keeps its scope"
    );
}

const SCOPES_OF_DEMO_WEB: &str = "clients.2.scopes";

#[tokio::test]
async fn t10_a_scope_that_was_taken_from_the_client_is_not_refreshed() {
    let (mut system, browser, client) = customer().await;
    let wish = ("claims", r#"{"userinfo":{"name":null},"id_token":{"name":null}}"#);
    let (attempt, code) =
        client.code(&browser, &[("scope", "openid email orders offline_access"), wish]).await;
    let tokens = client.redeem(&attempt, &code).await.ok();
    assert!(claims(tokens.id_token()).get("name").is_some());
    system.restart_with(&[("customer", SCOPES_OF_DEMO_WEB, "openid, orders, offline_access")]).await;
    let next = client.refresh(tokens.refresh_token()).await.ok();
    assert_eq!(next.text("scope"), "offline_access openid orders");
    assert_eq!(claims(next.access_token())["scope"], "offline_access openid orders");
    assert!(claims(next.id_token()).get("name").is_none());
    for access_token in [tokens.access_token(), next.access_token()] {
        let user = client.userinfo(access_token).await.ok();
        assert!(user.json.get("email").is_none() && user.json.get("name").is_none(), "{}", user.body);
    }
}

#[tokio::test]
async fn t10_t9_without_offline_access_or_any_scope_left_the_refresh_token_is_not_valid() {
    let (mut system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, "openid orders offline_access").await;
    for left in ["openid, orders", "email, offline_access"] {
        system.restart_with(&[("customer", SCOPES_OF_DEMO_WEB, left)]).await;
        let narrow = client.refresh_for(tokens.refresh_token(), "openid").await;
        narrow.refused(400, "invalid_grant");
        assert_eq!(narrow.text("error_description"), "the refresh token is not valid");
    }
    system.restart_with(&[("customer", SCOPES_OF_DEMO_WEB, "openid, orders, offline_access")]).await;
    client.refresh(tokens.refresh_token()).await.ok();
}

#[tokio::test]
async fn t10_a_code_gives_what_its_client_may_still_have() {
    let (mut system, browser, client) = customer().await;
    let (attempt, code) = client.code(&browser, &[("scope", "openid email offline_access")]).await;
    system.restart_with(&[("customer", SCOPES_OF_DEMO_WEB, "openid")]).await;
    let tokens = client.redeem(&attempt, &code).await.ok();
    assert_eq!((tokens.text("scope"), tokens.refresh_token()), ("openid", ""));
}

#[tokio::test]
async fn t10_another_clients_refresh_token_is_refused_and_still_works_for_its_own() {
    let (system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    for other in ["demo-app", "storefront"] {
        let other = RelyingParty::of(&system, "customer", other).await;
        other.refresh(tokens.refresh_token()).await.refused(400, "invalid_grant");
    }
    client.refresh(tokens.refresh_token()).await.ok();
}

#[tokio::test]
async fn auth12_a_refresh_token_that_was_changed_is_refused_and_hurts_nobody() {
    let (_system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    let good = tokens.refresh_token();
    let mut parts: Vec<String> = good.split('.').map(str::to_owned).collect();
    assert_eq!(parts.len(), 3);
    parts[1] = "2".to_owned();
    let forged = parts.join(".");
    for bad in ["", "x", "..", &forged, &format!("{good}x"), &good[..good.len() - 1], &good.to_uppercase()] {
        assert_eq!(client.refresh(bad).await.status, 400, "{bad}");
    }
    client.refresh(good).await.ok();
}

#[tokio::test]
async fn t12_an_unused_refresh_token_ends_with_its_idle_time() {
    let (system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    system.clock.advance(IDLE - 1);
    let next = client.refresh(tokens.refresh_token()).await.ok();
    system.clock.advance(IDLE);
    client.refresh(next.refresh_token()).await.refused(400, "invalid_grant");
}

#[tokio::test]
async fn t12_use_never_prolongs_the_family_beyond_its_absolute_time() {
    let (system, browser, client) = customer().await;
    let mut tokens = client.tokens(&browser, FULL).await;
    for _ in 0..8 {
        system.clock.advance(11 * 24 * 3600);
        tokens = client.refresh(tokens.refresh_token()).await.ok();
    }
    system.clock.advance(2 * 24 * 3600);
    client.refresh(tokens.refresh_token()).await.refused(400, "invalid_grant");
}

#[tokio::test]
async fn t17_an_access_token_ends_with_its_time() {
    let (system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    system.clock.advance(599);
    client.userinfo(tokens.access_token()).await.ok();
    system.clock.advance(1);
    assert_eq!(client.userinfo(tokens.access_token()).await.status, 401);
    assert_eq!(client.introspect(tokens.access_token()).await.ok().json["active"], false);
}
