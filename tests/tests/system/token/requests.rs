//! What a token request may look like.

use end_to_end::{
    RelyingParty, System, http_client,
    relying_party::{JsonAnswer, read},
};
use reqwest::RequestBuilder;

const SERVICE: &str = "grant_type=client_credentials&scope=orders";

async fn client() -> (System, RelyingParty) {
    let system = System::start().await;
    let client = RelyingParty::of(&system, "customer", "demo-web").await;
    (system, client)
}

fn post(client: &RelyingParty) -> RequestBuilder {
    let request = http_client::client().post(client.endpoint("token"));
    request.basic_auth(&client.client_id, Some(&client.secret))
}

async fn form(client: &RelyingParty, body: impl Into<reqwest::Body>) -> JsonAnswer {
    read(post(client).header("content-type", "application/x-www-form-urlencoded").body(body)).await
}

#[tokio::test]
async fn t1_parameters_in_the_url_are_refused() {
    let (_system, client) = client().await;
    let mut url = client.endpoint("token");
    url.set_query(Some(SERVICE));
    let request = http_client::client().post(url).basic_auth(&client.client_id, Some(&client.secret));
    let content_type = "application/x-www-form-urlencoded";
    read(request.header("content-type", content_type).body(SERVICE)).await.refused(400, "invalid_request");
    form(&client, SERVICE).await.ok();
}

#[tokio::test]
async fn t1_a6_m14_a_repeated_parameter_is_refused_even_an_unknown_one() {
    let (_system, client) = client().await;
    for repeated in ["scope=orders", "grant_type=client_credentials", "x=1&x=1", "x=&x="] {
        form(&client, format!("{SERVICE}&{repeated}")).await.refused(400, "invalid_request");
    }
    form(&client, format!("{SERVICE}&unknown=1")).await.ok();
    form(&client, "grant_type=client_credentials&scope=").await.ok();
}

#[tokio::test]
async fn web10_other_methods_get_405_and_say_what_is_allowed() {
    let (_system, client) = client().await;
    for method in ["GET", "PUT", "DELETE", "PATCH"] {
        let request = http_client::client().request(method.parse().unwrap(), client.endpoint("token"));
        let answer = read(request).await;
        assert_eq!(answer.status, 405, "{method}");
        assert!(answer.header("allow").unwrap().contains("POST"), "{method}");
    }
}

#[tokio::test]
async fn web10_other_content_types_get_415() {
    let (_system, client) = client().await;
    for content_type in [
        "application/json",
        "text/plain",
        "multipart/form-data; boundary=x",
        "",
        "application/x-www-form-urlencodedx",
    ] {
        let answer = read(post(&client).header("content-type", content_type).body(SERVICE)).await;
        assert_eq!(answer.status, 415, "{content_type}");
    }
    let answer = read(post(&client).body(SERVICE)).await;
    assert_eq!(answer.status, 415, "none at all");
    let with_charset = "application/x-www-form-urlencoded; charset=utf-8";
    read(post(&client).header("content-type", with_charset).body(SERVICE)).await.ok();
}

#[tokio::test]
async fn e5_broken_encodings_and_control_characters_are_400() {
    let (_system, client) = client().await;
    for value in
        ["%", "%f", "%zz", "%ff", "%c0%80", "%ed%a0%80", "%00", "%0d%0a", "%1b[31m", "%c2%85", "%e2%80%ae"]
    {
        form(&client, format!("{SERVICE}&x={value}")).await.refused(400, "invalid_request");
        form(&client, format!("{SERVICE}&{value}=x")).await.refused(400, "invalid_request");
    }
    form(&client, [SERVICE.as_bytes(), b"&x=\xff\xfe"].concat()).await.refused(400, "invalid_request");
}

#[tokio::test]
async fn m18_a_body_over_the_limit_is_413_and_many_parameters_are_400() {
    let (_system, client) = client().await;
    let answer = form(&client, format!("{SERVICE}&x={}", "a".repeat(70_000))).await;
    assert_eq!(answer.status, 413);
    let many: String = (0..100).map(|index: u8| ["&p", &index.to_string(), "=1"].concat()).collect();
    form(&client, format!("{SERVICE}{many}")).await.refused(400, "invalid_request");
}

#[tokio::test]
async fn t2_two_authorization_headers_are_refused() {
    let (_system, client) = client().await;
    let request =
        post(&client).basic_auth("demo-web", Some("other")).form(&[("grant_type", "client_credentials")]);
    let answer = read(request).await;
    assert_eq!(answer.status, 400, "{}", answer.body);
}
