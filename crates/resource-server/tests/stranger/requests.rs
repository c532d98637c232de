//! The example, in front of a realm that it finds by discovery.

use std::sync::Arc;

use axum::{Json, Router, body::Body, routing::get};
use http::{Request, Response};
use http_body_util::BodyExt as _;
use protocol::scope::Scope;
use resource_server::{
    clock::{Clock as _, SystemClock},
    testing::TestRealm,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tower::ServiceExt as _;

use crate::notes;

const RESOURCE: &str = "https://notes.example";
const METADATA: &str = "https://notes.example/.well-known/oauth-protected-resource";

/// A realm on loopback whose metadata names `issuer`, or itself.
async fn realm(issuer: Option<&str>) -> (String, TestRealm) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let realm = TestRealm::new(&address);
    let metadata = json!({ "issuer": issuer.unwrap_or(&address), "jwks_uri": format!("{address}/jwks") });
    let keys = realm.jwks();
    let router = Router::new()
        .route("/.well-known/openid-configuration", get(async || Json(metadata)))
        .route("/jwks", get(async || Json(keys)));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, realm)
}

fn app(issuer: &str) -> Router {
    notes::router(Arc::new(notes::server(issuer, RESOURCE).unwrap()))
}

async fn ask(app: &Router, path: &str, token: Option<&str>) -> Response<Body> {
    let mut request = Request::get(path);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

async fn json_of(response: Response<Body>) -> Value {
    serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap()
}

fn token(realm: &TestRealm, audience: &str, scope: &str) -> String {
    let claims = realm.claims(audience, SystemClock.now());
    realm
        .access_token(&protocol::access_token::AccessClaims { scope: Scope::parse(scope).unwrap(), ..claims })
}

#[tokio::test]
async fn rs1_a_token_of_the_realm_for_this_resource_opens_it() {
    let (issuer, realm) = realm(None).await;
    let answer = ask(&app(&issuer), "/notes", Some(&token(&realm, RESOURCE, "notes"))).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.into_body().collect().await.unwrap().to_bytes(), "the notes of user-1\n");
}

#[tokio::test]
async fn r1_whoever_has_no_token_is_told_where_to_get_one() {
    let (issuer, _) = realm(None).await;
    let app = app(&issuer);
    let answer = ask(&app, "/notes", None).await;
    assert_eq!(answer.status(), 401);
    assert_eq!(answer.headers()["www-authenticate"], format!("Bearer resource_metadata=\"{METADATA}\""));
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let metadata = json_of(ask(&app, "/.well-known/oauth-protected-resource", None).await).await;
    assert_eq!(metadata["resource"], RESOURCE);
    assert_eq!(metadata["authorization_servers"], json!([issuer]));
    assert_eq!(metadata["scopes_supported"], json!(["notes"]));
}

#[tokio::test]
async fn rs1_a_token_for_somebody_else_or_by_somebody_else_is_refused() {
    let (issuer, realm) = realm(None).await;
    let app = app(&issuer);
    let stranger = TestRealm::new(&issuer);
    let other = TestRealm::new("https://other.example");
    for wrong in [
        token(&realm, "https://other.example", "notes"),
        token(&stranger, RESOURCE, "notes"),
        token(&other, RESOURCE, "notes"),
        realm.sign("JWT", &realm.claims(RESOURCE, SystemClock.now())),
        "nonsense".to_owned(),
    ] {
        let answer = ask(&app, "/notes", Some(&wrong)).await;
        let challenge = format!("Bearer resource_metadata=\"{METADATA}\", error=\"invalid_token\"");
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()["www-authenticate"]),
            (401, &challenge.parse().unwrap())
        );
        assert_eq!(json_of(answer).await["code"], "invalid_token");
    }
}

#[tokio::test]
async fn rs2_a_token_without_the_scope_is_told_which_one() {
    let (issuer, realm) = realm(None).await;
    let answer = ask(&app(&issuer), "/notes", Some(&token(&realm, RESOURCE, "orders"))).await;
    assert_eq!(answer.status(), 403);
    let challenge = answer.headers()["www-authenticate"].to_str().unwrap();
    assert!(challenge.ends_with("error=\"insufficient_scope\", scope=\"notes\""), "{challenge}");
}

#[tokio::test]
async fn rs5_two_tokens_are_a_bad_request() {
    let (issuer, realm) = realm(None).await;
    let path = "/notes?access_token=x";
    assert_eq!(ask(&app(&issuer), path, Some(&token(&realm, RESOURCE, "notes"))).await.status(), 400);
    assert_eq!(ask(&app(&issuer), path, None).await.status(), 401, "a token in the query is none");
}

#[tokio::test]
async fn e2_a_realm_that_is_away_or_names_another_issuer_is_unavailable_and_never_no() {
    let (issuer, realm) = realm(Some("https://other.example")).await;
    let answer = ask(&app(&issuer), "/notes", Some(&token(&realm, RESOURCE, "notes"))).await;
    assert_eq!(answer.status(), 503);
    assert!(answer.headers().get("www-authenticate").is_none());
    let away = TestRealm::new("http://127.0.0.1:1");
    let answer = ask(&app(&away.issuer), "/notes", Some(&token(&away, RESOURCE, "notes"))).await;
    assert_eq!(answer.status(), 503);
}

#[test]
fn the_page_about_it_shows_the_example_as_it_is() {
    let page = include_str!("../../../../docs/integrate/resource-server.md");
    let example = include_str!("../../examples/notes.rs");
    assert!(page.contains(example), "docs/integrate/resource-server.md has another program");
    assert!(example.lines().count() <= 40);
}
