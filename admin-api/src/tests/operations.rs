//! Health, status, the allow-list, headers (E8, H3, H10, WEB-6).

use std::net::SocketAddr;

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Method, Request, StatusCode},
};
use database::{DatabaseUrl, testing::TestDatabases};
use protocol::logout::{LogoutSubject, logout_token_claims};
use service::{Databases, ServiceConfig};
use test_browser::Page;

use super::world::{NOW, World, config};
use crate::paths;

async fn open(world: &World, path: &str) -> Page {
    world.call(Method::GET, path, &[], "").await
}

async fn from(world: &World, peer: &str, forwarded: Option<&str>, path: &str) -> StatusCode {
    let mut request = Request::get(path);
    if let Some(forwarded) = forwarded {
        request = request.header("x-forwarded-for", forwarded);
    }
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer.parse().unwrap()));
    world.send(request).await.status
}

#[tokio::test]
async fn h10_health_describes_this_stack_without_secrets() {
    let world = World::new().await;
    let auth = open(&world, "/health/auth").await;
    assert_eq!(auth.status, StatusCode::OK);
    let described = auth.json();
    assert_eq!(
        (described["issuer"].as_str(), described["side"].as_str()),
        (Some("http://localhost:7002"), Some("admin"))
    );
    assert!(!auth.body.contains("Zk3vQw8s") && !auth.body.contains("u8Jx2Vq5"));
    assert_eq!(open(&world, "/health/live").await.status, StatusCode::OK);
    assert_eq!(open(&world, "/health/ready").await.status, StatusCode::OK);
    let status = open(&world, "/status").await;
    assert_eq!(
        (status.status, status.json()["stores"]["sessions"]["reachable"].as_bool()),
        (StatusCode::OK, Some(true))
    );
}

#[tokio::test]
async fn e8_without_its_sessions_the_side_is_not_ready_but_alive() {
    let world = World::new().await;
    world.app.state().sessions.close().await;
    assert_eq!(open(&world, "/health/ready").await.status, StatusCode::SERVICE_UNAVAILABLE);
    let status = open(&world, "/status").await;
    assert_eq!(status.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(status.json()["stores"]["database"]["reachable"], true);
    assert_eq!(open(&world, "/health/live").await.status, StatusCode::OK);
}

#[tokio::test]
async fn e2_without_its_database_a_request_is_503_and_nothing_else() {
    let world = World::new().await;
    let bearer = world.bearer();
    world.app.state().db.close().await;
    let answer = world.get(paths::api::CONTENT, ("authorization", &bearer)).await;
    assert_eq!(
        (answer.status, answer.text("code").as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable")
    );
    assert_eq!(answer.header("retry-after"), "5");
}

#[tokio::test]
async fn h3_the_allow_list_keeps_strangers_out_of_everything_but_health() {
    let list = [
        ("ADMIN_API__ALLOWED_ADDRESSES", "10.0.0.0/8"),
        ("ADMIN_API__NETWORK__TRUSTED_PROXIES", "192.0.2.1"),
    ];
    let world = World::with(&list).await;
    for path in ["/", paths::api::ME, paths::CONTENT, "/nothing", "/.well-known/oauth-protected-resource"] {
        assert_eq!(from(&world, "203.0.113.9:1", None, path).await, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(
            from(&world, "203.0.113.9:1", Some("10.1.1.1"), path).await,
            StatusCode::FORBIDDEN,
            "{path}"
        );
        assert_ne!(from(&world, "10.9.9.9:1", None, path).await, StatusCode::FORBIDDEN, "{path}");
        assert_ne!(
            from(&world, "192.0.2.1:1", Some("10.1.1.1"), path).await,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    assert_eq!(from(&world, "203.0.113.9:1", None, "/health/live").await, StatusCode::OK);
}

#[tokio::test]
async fn h3_the_realm_may_sign_people_out_from_anywhere_and_nobody_else_comes_in() {
    let list = ("ADMIN_API__ALLOWED_ADDRESSES", "10.0.0.0/8");
    for prefix in ["/", "/admin"] {
        let world = World::with(&[list, ("ADMIN_API__COOKIE_PATH", prefix)]).await;
        let stranger: SocketAddr = "203.0.113.9:1".parse().unwrap();
        let send = async |method: Method, path: &str, body: String| {
            let request = Request::builder().method(method).uri(path);
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            let mut request = request.body(Body::from(body)).unwrap();
            request.extensions_mut().insert(ConnectInfo(stranger));
            world.send(request).await
        };
        let path = "/backchannel-logout";
        for wrong in ["", "logout_token=", "logout_token=a.b.c"] {
            let answer = send(Method::POST, path, wrong.to_owned()).await;
            assert_eq!(
                (answer.status.as_u16(), answer.text("code").as_str()),
                (400, "invalid_request"),
                "{wrong}"
            );
        }
        let subject = LogoutSubject { sub: "user-1", sid: None };
        let claims = logout_token_claims(&world.realm.issuer, "console", subject, "jti-1", NOW);
        let token = world.realm.sign("logout+jwt", &claims);
        assert_eq!(send(Method::POST, path, format!("logout_token={token}")).await.status, StatusCode::OK);
        let read = send(Method::GET, path, String::new()).await;
        assert_eq!((read.status.as_u16(), read.text("code").as_str()), (405, "method_not_allowed"));
        for path in ["/login", "/logout", "/backchannel-logout/", "/backchannel-logout/x", paths::NEW_CONTENT]
        {
            let answer = send(Method::POST, path, format!("logout_token={token}")).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        }
        for path in
            [paths::CALLBACK, "/admin/callback", paths::api::ME, "/.well-known/oauth-protected-resource"]
        {
            assert_eq!(send(Method::GET, path, String::new()).await.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
}

#[tokio::test]
async fn web6_pages_and_answers_carry_their_security_headers() {
    let world = World::new().await;
    let page = open(&world, "/").await;
    let policy = page.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert!(policy.contains("form-action 'self' http://localhost:7002;"), "{policy}");
    assert!(!policy.contains("unsafe"));
    let api = open(&world, paths::api::ME).await;
    for answer in [&page, &api] {
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(!answer.header("x-request-id").is_empty());
        assert!(answer.header("access-control-allow-origin").is_empty());
    }
}

#[tokio::test]
async fn r1_the_resource_names_its_realm() {
    let world = World::new().await;
    let metadata = open(&world, "/.well-known/oauth-protected-resource").await.json();
    assert_eq!(metadata["resource"], "http://localhost:7102");
    assert_eq!(metadata["authorization_servers"], serde_json::json!(["http://localhost:7002"]));
}

#[tokio::test]
async fn o16_a_shop_whose_file_was_lost_is_not_started_as_an_empty_one() {
    let place = TestDatabases::new();
    let [shop, sessions] = [place.database().await, place.database().await];
    let DatabaseUrl::Sqlite(file) = shop.clone() else { return };
    let config = config(&[]).unwrap().service;
    let config = ServiceConfig { database: shop.clone(), sessions_database: sessions.clone(), ..config };
    drop(Databases::open(&config).await.unwrap());
    std::fs::rename(&file, file.with_extension("away")).unwrap();
    let refused = Databases::open(&config).await.unwrap_err().to_string();
    assert!(refused.contains("is missing") && !file.exists(), "{refused}");
    std::fs::rename(file.with_extension("away"), &file).unwrap();
    Databases::open(&config).await.unwrap();
}
