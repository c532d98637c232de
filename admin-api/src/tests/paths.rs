//! Paths with texts that can't be ids.

use axum::http::{Method, StatusCode};

use super::{access::ROUTES, world::World};
use crate::paths;

#[tokio::test]
async fn e5_a_path_that_can_hold_no_id_is_404_in_the_shape_of_the_service() {
    let world = World::new().await;
    let bearer = world.bearer();
    let cookie = world.browser(&world.claims(&["content_moderation", "sales_management"])).await;
    let csrf = world.get(paths::NEW_CONTENT, ("cookie", &cookie)).await.field("csrf");
    let long = "a".repeat(101);
    for bad in ["%ff", "%00", "%2e%2e", "UPPER", &long] {
        for (method, path, _) in ROUTES.iter().filter(|(_, path, _)| path.contains("/x")) {
            let path = path.replace("/x", &format!("/{bad}"));
            let for_programs = path.starts_with("/api/");
            let answer = match *method {
                _ if for_programs => {
                    let headers = [("authorization", bearer.as_str()), ("if-match", "\"1\"")];
                    world.call(method.parse().unwrap(), &path, &headers, "{}").await
                }
                "POST" => world.post(&path, &cookie, &[("csrf", csrf.as_str())]).await,
                _ => world.get(&path, ("cookie", &cookie)).await,
            };
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {path}");
            if for_programs {
                assert_eq!(answer.header("content-type"), "application/problem+json", "{method} {path}");
                assert_eq!(answer.text("code"), "not_found");
            } else {
                assert_eq!(answer.element("error-code").as_deref(), Some("not_found"), "{method} {path}");
            }
        }
    }
}

#[tokio::test]
async fn r1_a_stranger_is_asked_for_a_credential_before_the_path_is_judged() {
    let world = World::new().await;
    for path in ["/api/content/%ff", "/api/orders/%00", "/content/%ff", "/orders/%00"] {
        assert_eq!(world.call(Method::GET, path, &[], "").await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
}
