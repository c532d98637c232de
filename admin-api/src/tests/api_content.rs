//! Content through the API (R2, R4, R6, H7).

use std::sync::Arc;

use axum::http::{Method, StatusCode};
use test_browser::Page;

use super::world::World;
use crate::paths;

const PAGE: &str = r##"{"slug":"about","title":"About","body":"# Us\n\nText."}"##;

async fn create(world: &World, body: &str) -> Page {
    world.call(Method::POST, paths::api::CONTENT, &[("authorization", &world.bearer())], body).await
}

async fn write(world: &World, method: Method, path: &str, if_match: Option<&str>, body: &str) -> Page {
    let bearer = world.bearer();
    let mut headers = vec![("authorization", bearer.as_str())];
    headers.extend(if_match.map(|tag| ("if-match", tag)));
    world.call(method, path, &headers, body).await
}

#[tokio::test]
async fn h7_a_page_is_created_saved_published_and_taken_back() {
    let world = World::new().await;
    let made = create(&world, PAGE).await;
    assert_eq!((made.status, made.header("etag")), (StatusCode::CREATED, "\"1\""));
    let path = made.header("location").to_owned();
    let read = world.get(&path, ("authorization", &world.bearer())).await;
    assert_eq!((read.header("etag"), read.json()["state"].as_str()), ("\"1\"", Some("draft")));

    let out = write(&world, Method::POST, &format!("{path}/publish"), Some("\"1\""), "").await;
    assert_eq!((out.header("etag"), out.json()["state"].as_str()), ("\"2\"", Some("published")));
    let changed = PAGE.replace("Text", "Other");
    let saved = write(&world, Method::PUT, &path, Some("\"2\""), &changed).await;
    assert_eq!(saved.json()["state"], "changed");
    assert_eq!(saved.json()["published"]["body"], "# Us\n\nText.");
    let back = write(&world, Method::POST, &format!("{path}/unpublish"), Some("\"3\""), "").await;
    assert_eq!((back.status, back.json()["published"].is_null()), (StatusCode::OK, true));
}

#[tokio::test]
async fn r4_each_write_wants_the_present_version() {
    let world = World::new().await;
    let path = create(&world, PAGE).await.header("location").to_owned();
    write(&world, Method::PUT, &path, Some("\"1\""), &PAGE.replace("Text", "Second")).await;
    let writes = [
        (Method::PUT, path.clone(), PAGE),
        (Method::POST, format!("{path}/publish"), ""),
        (Method::POST, format!("{path}/unpublish"), ""),
    ];
    let table = [
        (None, 428, "version_required"),
        (Some("*"), 428, "version_required"),
        (Some("\"1\""), 412, "stale_version"),
        (Some("\"3\""), 412, "stale_version"),
        (Some("W/\"2\""), 412, "weak_etag"),
        (Some("\"two\""), 412, "stale_version"),
        (Some("2"), 400, "invalid_if_match"),
        (Some("\"1\" \"2\""), 400, "invalid_if_match"),
        (Some("\"1\", \"3\""), 412, "stale_version"),
    ];
    for (method, path, body) in writes {
        for (tag, status, code) in table {
            let answer = write(&world, method.clone(), &path, tag, body).await;
            assert_eq!(
                (answer.status.as_u16(), answer.text("code").as_str()),
                (status, code),
                "{method} {path} {tag:?}"
            );
            assert_eq!(answer.header("content-type"), "application/problem+json");
        }
    }
    let read = world.get(&path, ("authorization", &world.bearer())).await;
    assert_eq!((read.header("etag"), read.json()["body"].as_str()), ("\"2\"", Some("# Us\n\nSecond.")));
    let listed = write(&world, Method::PUT, &path, Some("\"1\", \"2\""), PAGE).await;
    assert_eq!(
        (listed.status.as_u16(), listed.header("etag")),
        (200, "\"3\""),
        "the present one is in the list"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r4_of_ten_concurrent_saves_one_wins_and_nine_are_told() {
    let world = Arc::new(World::new().await);
    let path = create(&world, PAGE).await.header("location").to_owned();
    let saves = (0..10).map(|n| {
        let (world, path) = (Arc::clone(&world), path.clone());
        let body = PAGE.replace("Text", &format!("Text {n}"));
        tokio::spawn(async move { write(&world, Method::PUT, &path, Some("\"1\""), &body).await })
    });
    let mut won = Vec::new();
    for save in saves.collect::<Vec<_>>() {
        let answer = save.await.unwrap();
        match answer.status {
            StatusCode::OK => won.push(answer.json()["body"].clone()),
            status => assert_eq!(status, StatusCode::PRECONDITION_FAILED),
        }
    }
    assert_eq!(won.len(), 1);
    assert_eq!(Some(&world.get(&path, ("authorization", &world.bearer())).await.json()["body"]), won.first());
}

#[tokio::test]
async fn r2_mistakes_are_named_field_by_field() {
    let world = World::new().await;
    let wrong = create(&world, r#"{"slug":"No Good","title":"","body":""}"#).await;
    assert_eq!((wrong.status.as_u16(), wrong.text("code").as_str()), (422, "invalid_content"));
    let errors = wrong.json()["errors"].clone();
    assert_eq!((errors[0]["field"].as_str(), errors[1]["field"].as_str()), (Some("slug"), Some("title")));

    create(&world, PAGE).await;
    let taken = create(&world, PAGE).await;
    assert_eq!((taken.status.as_u16(), taken.text("code").as_str()), (409, "slug_conflict"));
    assert_eq!(taken.json()["errors"][0]["field"], "slug");
}

#[tokio::test]
async fn web10_only_json_of_the_right_shape_is_read() {
    let world = World::new().await;
    for (body, status) in [
        ("{", 400),
        (r#"{"slug":"a"}"#, 422),
        (r#"{"slug":"a","title":"t","body":"b","role":"admin"}"#, 422),
        (r#"{"slug":"a","slug":"b","title":"t","body":"b"}"#, 422),
        (r#"{"slug":1,"title":"t","body":"b"}"#, 422),
    ] {
        let answer = create(&world, body).await;
        assert_eq!(
            (answer.status.as_u16(), answer.text("code").as_str()),
            (status, "invalid_body"),
            "{body}"
        );
    }
    let large = format!(r#"{{"slug":"a","title":"t","body":"{}"}}"#, "x".repeat(70_000));
    assert_eq!(create(&world, &large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let bearer = world.bearer();
    for content_type in ["text/plain", "application/x-www-form-urlencoded", ""] {
        let headers = [("authorization", bearer.as_str()), ("content-type", content_type)];
        let answer = world.call(Method::POST, paths::api::CONTENT, &headers, "").await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{content_type}");
    }
}

#[tokio::test]
async fn r6_lists_are_bounded_and_linked() {
    let world = World::new().await;
    for n in 0..3 {
        create(&world, &PAGE.replace("about", &format!("about-{n}"))).await;
    }
    let bearer = world.bearer();
    let first = world.get("/api/content?limit=2&sort=slug", ("authorization", &bearer)).await;
    assert_eq!(first.json()["items"].as_array().map(Vec::len), Some(2));
    let next = first.json()["next"].as_str().unwrap().to_owned();
    assert_eq!(first.header("link"), format!("<{next}>; rel=\"next\""));
    let second = world.get(&next, ("authorization", &bearer)).await;
    assert_eq!(second.json()["items"][0]["slug"], "about-2");
    assert!(second.json()["next"].is_null() && second.header("link").is_empty());
    let tampered = world.get("/api/content?after=zzz", ("authorization", &bearer)).await;
    assert_eq!((tampered.status.as_u16(), tampered.text("code").as_str()), (400, "invalid_query"));
}

#[tokio::test]
async fn web10_unknown_routes_and_methods_are_problems() {
    let world = World::new().await;
    let bearer = world.bearer();
    let unknown = world.get("/api/nothing", ("authorization", &bearer)).await;
    assert_eq!((unknown.status.as_u16(), unknown.text("code").as_str()), (404, "not_found"));
    let method = world.call(Method::DELETE, paths::api::CONTENT, &[("authorization", &bearer)], "").await;
    assert_eq!((method.status.as_u16(), method.text("code").as_str()), (405, "method_not_allowed"));
    assert!(method.header("allow").contains("GET"));
    let missing = world.get("/api/content/nothing", ("authorization", &bearer)).await;
    assert_eq!((missing.status.as_u16(), missing.text("code").as_str()), (404, "not_found"));
}

#[tokio::test]
async fn e5_a_long_search_is_a_mistake_of_the_caller() {
    let world = World::new().await;
    let bearer = world.bearer();
    for (length, status) in [(100, StatusCode::OK), (30_000, StatusCode::BAD_REQUEST)] {
        let path = format!("/api/content?q={}", "%25".repeat(length / 3));
        let answer = world.get(&path, ("authorization", &bearer)).await;
        assert_eq!(answer.status, status, "{length}");
    }
}
