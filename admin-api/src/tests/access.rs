//! Every route with every kind of credential (C7, P2, RS1, RS2, RS4).

use axum::http::{Method, StatusCode};
use protocol::{
    access_token::AccessClaims,
    acr::{self, Amr},
    scope::Scope,
};
use relying_party::testing::TestRealm;

use super::world::{HERE, NOW, World};
use crate::{access::Area, paths};

const ANY: Option<Area> = None;
const CONTENT: Option<Area> = Some(Area::Content);
const ORDERS: Option<Area> = Some(Area::Orders);

/// Every route that needs a credential, and the area whose rights it requires.
pub(super) const ROUTES: &[(&str, &str, Option<Area>)] = &[
    ("GET", "/api/me", ANY),
    ("GET", "/api/content", CONTENT),
    ("POST", "/api/content", CONTENT),
    ("GET", "/api/content/x", CONTENT),
    ("PUT", "/api/content/x", CONTENT),
    ("POST", "/api/content/x/publish", CONTENT),
    ("POST", "/api/content/x/unpublish", CONTENT),
    ("GET", "/api/orders", ORDERS),
    ("GET", "/api/orders/x", ORDERS),
    ("POST", "/api/orders/x/status", ORDERS),
    ("GET", "/content", CONTENT),
    ("GET", "/content/new", CONTENT),
    ("POST", "/content/new", CONTENT),
    ("GET", "/content/x", CONTENT),
    ("POST", "/content/x", CONTENT),
    ("GET", "/step-up", ANY),
    ("GET", "/orders", ORDERS),
    ("GET", "/orders/x", ORDERS),
    ("GET", "/orders/x/confirm", ORDERS),
    ("POST", "/orders/x/status", ORDERS),
];

/// The relevant permissions of the shipped roles.
const ROLES: &[(&str, &[&str])] = &[
    ("super_admin", &["content_moderation", "sales_management", "user_management"]),
    ("admin", &["content_moderation", "sales_management"]),
    ("manager", &["content_moderation", "sales_management"]),
    ("team_member", &["sales_management"]),
    ("nobody", &[]),
];

async fn statuses(world: &World, headers: &[(&str, &str)]) -> Vec<(String, StatusCode, Option<Area>)> {
    let mut all = Vec::new();
    for (method, path, area) in ROUTES {
        // pages get a form without fields: rights are checked before the fields
        let form = ("content-type", "application/x-www-form-urlencoded");
        let headers = if path.starts_with("/api") { headers.to_vec() } else { [headers, &[form]].concat() };
        let answer = world.call(method.parse().unwrap(), path, &headers, "").await;
        all.push((format!("{method} {path}"), answer.status, *area));
    }
    all
}

#[tokio::test]
async fn c7_pool3_each_role_reaches_exactly_what_its_permissions_say() {
    let world = World::new().await;
    for (role, permissions) in ROLES {
        let bearer = world.bearer_of(&world.claims(permissions));
        for (route, status, area) in statuses(&world, &[("authorization", &bearer)]).await {
            let allowed = area.is_none_or(|area| permissions.contains(&area.permission()));
            assert_eq!(status != StatusCode::FORBIDDEN, allowed, "{role} {route} {status}");
            assert_ne!(status, StatusCode::UNAUTHORIZED, "{role} {route}");
        }
    }
}

#[tokio::test]
async fn rs2_a_permission_without_the_scope_is_not_enough() {
    let world = World::new().await;
    let scope = Scope::parse("openid").unwrap();
    let claims = AccessClaims { scope, ..world.claims(&["content_moderation", "sales_management"]) };
    let bearer = world.bearer_of(&claims);
    for (route, status, area) in statuses(&world, &[("authorization", &bearer)]).await {
        assert_eq!(status == StatusCode::FORBIDDEN, area.is_some(), "{route} {status}");
    }
    let answer = world.get(paths::api::CONTENT, ("authorization", &bearer)).await;
    assert_eq!(answer.text("code"), "insufficient_scope");
    assert!(answer.header("www-authenticate").contains("scope=\"content\""));
}

#[tokio::test]
async fn sso3_a_missing_permission_is_named_in_the_body() {
    let world = World::new().await;
    let bearer = world.bearer_of(&world.claims(&["sales_management"]));
    let answer = world.get(paths::api::CONTENT, ("authorization", &bearer)).await;
    assert_eq!((answer.status, answer.text("code").as_str()), (StatusCode::FORBIDDEN, "insufficient_scope"));
    assert!(answer.json()["detail"].as_str().unwrap().contains("content_moderation"));
    assert!(!answer.json()["request_id"].as_str().unwrap().is_empty());
}

#[tokio::test]
async fn r1_without_a_credential_every_route_asks_for_one() {
    let world = World::new().await;
    for (route, status, _) in statuses(&world, &[]).await {
        let posted_page = route.starts_with("POST") && !route.contains("/api/");
        // a form without a CSRF token is refused as a forgery first
        let expected = if posted_page { StatusCode::FORBIDDEN } else { StatusCode::UNAUTHORIZED };
        assert_eq!(status, expected, "{route}");
    }
    let answer = world.call(Method::GET, paths::api::ME, &[], "").await;
    let challenge = answer.header("www-authenticate");
    assert!(
        challenge.starts_with("Bearer resource_metadata=") && !challenge.contains("error="),
        "{challenge}"
    );
}

#[tokio::test]
async fn p2_a_customer_token_is_an_invalid_token_everywhere() {
    let world = World::new().await;
    let customers = TestRealm::new("http://localhost:7001");
    let claims =
        AccessClaims { permissions: vec!["content_moderation".into()], ..customers.claims(HERE, NOW) };
    let bearer = format!("Bearer {}", customers.access_token(&claims));
    for (route, status, _) in statuses(&world, &[("authorization", &bearer)]).await {
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{route}");
    }
    let answer = world.get(paths::api::ORDERS, ("authorization", &bearer)).await;
    assert_eq!(answer.text("code"), "invalid_token");
    assert!(answer.json()["detail"].as_str().unwrap().contains("http://localhost:7101"));
}

#[tokio::test]
async fn p2_a_customer_cookie_is_refused_with_403_everywhere() {
    let world = World::new().await;
    for name in ["rk_shop_session", "__Host-rk_shop_session"] {
        let cookie = format!("{name}=anything");
        for (route, status, _) in statuses(&world, &[("cookie", &cookie)]).await {
            assert_eq!(status, StatusCode::FORBIDDEN, "{route}");
        }
        let answer = world.get(paths::api::ORDERS, ("cookie", &cookie)).await;
        assert_eq!(answer.text("code"), "wrong_side");
    }
}

#[tokio::test]
async fn rs4_one_factor_is_not_enough_whatever_the_realm_thinks() {
    let world = World::new().await;
    // the last one claims two factors, but its `amr` doesn't confirm them
    for acr in [acr::SINGLE, "", "urn:realmkeep:acr:multi-factor ", acr::MULTI] {
        let acr = Some(acr.to_owned()).filter(|acr| !acr.is_empty());
        let claims = AccessClaims {
            acr,
            amr: Amr::from_iter(["pwd"]),
            ..world.claims(&["content_moderation", "sales_management"])
        };
        let bearer = world.bearer_of(&claims);
        for (route, status, _) in statuses(&world, &[("authorization", &bearer)]).await {
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{route}");
        }
        let answer = world.get(paths::api::ME, ("authorization", &bearer)).await;
        assert_eq!(answer.text("code"), "insufficient_user_authentication");
        assert!(answer.header("www-authenticate").contains(&format!("acr_values=\"{}\"", acr::MULTI)));
    }
}

#[tokio::test]
async fn rs4_a_session_with_one_factor_is_refused_and_forgotten() {
    let world = World::new().await;
    let claims = AccessClaims { acr: Some(acr::SINGLE.to_owned()), ..world.claims(&["sales_management"]) };
    let cookie = world.browser(&claims).await;
    let page = world.get(paths::ORDERS, ("cookie", &cookie)).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert!(page.header("set-cookie").starts_with("rk_console_session=; Max-Age=0"), "{:?}", page.headers);
    assert_eq!(page.element("error-code").as_deref(), Some("insufficient_user_authentication"));
}

#[tokio::test]
async fn rs1_a_token_for_another_audience_or_out_of_time_is_refused() {
    let world = World::new().await;
    let good = world.claims(&["content_moderation"]);
    let wrong = [
        AccessClaims { aud: vec!["http://localhost:7101".into()], ..good.clone() },
        AccessClaims { aud: vec![HERE.into(), "http://localhost:7101".into()], ..good.clone() },
        AccessClaims { exp: NOW - 3600, iat: NOW - 3700, ..good.clone() },
        AccessClaims { iat: NOW + 3600, exp: NOW + 3700, ..good.clone() },
        AccessClaims { exp: NOW + 86_400, ..good },
    ];
    for claims in wrong {
        let answer = world.get(paths::api::ME, ("authorization", &world.bearer_of(&claims))).await;
        assert_eq!(
            (answer.status, answer.text("code").as_str()),
            (StatusCode::UNAUTHORIZED, "invalid_token"),
            "{claims:?}"
        );
    }
}

#[tokio::test]
async fn rp11_an_invalid_bearer_token_never_falls_back_to_the_cookie() {
    let world = World::new().await;
    let cookie = world.browser(&world.claims(&["sales_management"])).await;
    let headers = [("cookie", cookie.as_str()), ("authorization", "Bearer nonsense")];
    let answer = world.call(Method::GET, paths::api::ORDERS, &headers, "").await;
    assert_eq!((answer.status, answer.text("code").as_str()), (StatusCode::UNAUTHORIZED, "invalid_token"));
}

#[tokio::test]
async fn p4_rp4_a_session_needs_the_csrf_header_on_every_unsafe_method() {
    let world = World::new().await;
    let cookie = world.browser(&world.claims(&["content_moderation", "sales_management"])).await;
    let csrf = world.get(paths::NEW_CONTENT, ("cookie", &cookie)).await.field("csrf");
    let unsafe_routes =
        ROUTES.iter().filter(|(method, path, _)| *method != "GET" && path.starts_with("/api"));
    for (method, path, _) in unsafe_routes {
        let own = ("sec-fetch-site", "same-origin");
        let attempts = [
            vec![own],
            vec![("x-csrf-token", csrf.as_str())],
            vec![own, ("x-csrf-token", "wrong")],
            vec![("sec-fetch-site", "cross-site"), ("x-csrf-token", csrf.as_str())],
        ];
        for attempt in attempts {
            let headers = [&attempt[..], &[("cookie", cookie.as_str())]].concat();
            let answer = world.call(method.parse().unwrap(), path, &headers, "").await;
            assert_eq!(
                (answer.status, answer.text("code").as_str()),
                (StatusCode::FORBIDDEN, "csrf"),
                "{method} {path}"
            );
        }
        let headers = [own, ("x-csrf-token", csrf.as_str()), ("cookie", cookie.as_str())];
        let answer = world.call(method.parse().unwrap(), path, &headers, "").await;
        assert_ne!(answer.status, StatusCode::FORBIDDEN, "{method} {path}");
    }
}
