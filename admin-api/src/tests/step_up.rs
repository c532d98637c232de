//! Dangerous actions with a sign-in from long ago (RS4, C9). The way through a sign-in is among the tests of the whole
//! system.

use axum::http::{Method, StatusCode};
use protocol::access_token::AccessClaims;

use super::{
    api_orders::order,
    world::{NOW, World},
};
use crate::paths;

const LONG_AGO: i64 = NOW - 3600;

fn signed_in_at(world: &World, auth_time: Option<i64>) -> AccessClaims {
    AccessClaims { auth_time, ..world.claims(&["content_moderation", "sales_management"]) }
}

/// Creates a content page; its path in the API.
async fn page(world: &World) -> String {
    let body = r#"{"slug":"hours","title":"Hours","body":"Nine to five"}"#;
    let headers = [("authorization", &*world.bearer())];
    let made = world.call(Method::POST, paths::api::CONTENT, &headers, body).await;
    made.header("location").to_owned()
}

#[tokio::test]
async fn rs4_a_program_gets_the_challenge_for_what_is_dangerous_only() {
    let world = World::new().await;
    let order = paths::api::order(&order(&world, "k1").await);
    let content = page(&world).await;
    let status = format!("{order}/status");
    let dangerous = [
        (format!("{content}/publish"), String::new()),
        (format!("{content}/unpublish"), String::new()),
        (status.clone(), r#"{"fulfilment":"cancelled"}"#.to_owned()),
        (status.clone(), r#"{"payment":"refunded"}"#.to_owned()),
    ];
    for auth_time in [Some(LONG_AGO), None] {
        let bearer = world.bearer_of(&signed_in_at(&world, auth_time));
        let headers = [("authorization", bearer.as_str()), ("if-match", "\"1\"")];
        for (path, body) in &dangerous {
            let answer = world.call(Method::POST, path, &headers, body).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
            let challenge = answer.header("www-authenticate");
            assert!(challenge.contains("error=\"insufficient_user_authentication\""), "{challenge}");
            assert!(
                challenge.contains("max_age=\"900\"") && challenge.contains("acr_values="),
                "{challenge}"
            );
        }
    }
    let bearer = world.bearer_of(&signed_in_at(&world, Some(LONG_AGO)));
    let headers = [("authorization", bearer.as_str()), ("if-match", "\"1\"")];
    let paid = world.call(Method::POST, &status, &headers, r#"{"payment":"paid"}"#).await;
    assert_eq!(paid.status, StatusCode::OK, "{}", paid.body);
}

#[tokio::test]
async fn c9_how_long_a_sign_in_counts_is_configured() {
    let world = World::with(&[("ADMIN_API__STEP_UP_AFTER", "2h")]).await;
    let path = format!("{}/publish", page(&world).await);
    let bearer = world.bearer_of(&signed_in_at(&world, Some(LONG_AGO)));
    let headers = [("authorization", bearer.as_str()), ("if-match", "\"1\"")];
    assert_eq!(world.call(Method::POST, &path, &headers, "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn s26_a_text_is_shown_again_when_nobody_can_sign_in_now() {
    let world = World::new().await;
    let id = page(&world).await.rsplit('/').next().unwrap().to_owned();
    let cookie = world.browser(&signed_in_at(&world, Some(LONG_AGO))).await;
    let path = paths::content(&id);
    let csrf = world.get(&path, ("cookie", &cookie)).await.field("csrf");
    let fields = [
        ("csrf", &*csrf),
        ("version", "1"),
        ("slug", "hours"),
        ("title", "A title that took long"),
        ("body", "x"),
        ("action", "publish"),
    ];
    let answer = world.post(&path, &cookie, &fields).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("A title that took long"), "{}", answer.body);
}

#[tokio::test]
async fn c9_a_form_that_is_not_kept_is_not_found() {
    let world = World::new().await;
    let cookie = world.browser(&world.claims(&["content_moderation"])).await;
    for query in ["", "?form=", "?form=unknown"] {
        let answer = world.get(&format!("{}{query}", paths::STEP_UP), ("cookie", &cookie)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{query}");
        assert!(answer.body.contains("only for the person who filled it in"), "{}", answer.body);
    }
    let stranger = world.get(paths::STEP_UP, ("accept", "text/html")).await;
    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
}
