//! How clients authenticate, and what they may do.

use end_to_end::{
    RelyingParty, System, http_client,
    relying_party::{ClientAuth, JsonAnswer, claims, read},
};

use crate::support::{FULL, customer, customer_of};

/// A token request with any `Authorization` header.
async fn with_authorization(client: &RelyingParty, value: &str, form: &[(&str, &str)]) -> JsonAnswer {
    let request = http_client::client().post(client.endpoint("token"));
    read(request.header("authorization", value).form(form)).await
}

fn percent_encoded(byte: u8) -> String {
    format!("%{byte:02X}")
}

const SERVICE: [(&str, &str); 2] = [("grant_type", "client_credentials"), ("scope", "orders")];

#[tokio::test]
async fn t3_tok3_a_wrong_secret_is_401_and_an_unknown_client_reads_the_same() {
    let system = System::start().await;
    let right = RelyingParty::of(&system, "customer", "demo-web").await;
    let mut answers = Vec::new();
    for (id, secret) in [("demo-web", "wrong"), ("demo-web", ""), ("nobody", "wrong"), ("demo-app", "wrong")]
    {
        let client = RelyingParty { client_id: id.to_owned(), secret: secret.to_owned(), ..right.clone() };
        let answer = client.client_credentials("orders").await;
        answer.refused(401, "invalid_client");
        assert!(answer.header("www-authenticate").unwrap().starts_with("Basic "), "{id}");
        answers.push(answer.body);
    }
    assert!(answers.iter().all(|body| *body == answers[0]), "{answers:?}");
    right.client_credentials("orders").await.ok();
}

#[tokio::test]
async fn t3_a_wrong_secret_in_the_form_is_401_without_a_basic_challenge() {
    let system = System::start_with(&[("customer", "clients.2.authentication", "client_secret_post")]).await;
    let right = RelyingParty::of(&system, "customer", "demo-web").await;
    let right = RelyingParty { method: ClientAuth::Post, ..right };
    right.client_credentials("orders").await.ok();
    let wrong = RelyingParty { secret: "wrong".to_owned(), ..right };
    let answer = wrong.client_credentials("orders").await;
    answer.refused(401, "invalid_client");
    assert_eq!(answer.header("www-authenticate"), None);
}

#[tokio::test]
async fn tok7_both_ways_to_send_a_secret_work_for_the_clients_that_registered_them() {
    let system = System::start_with(&[
        ("customer", "clients.2.authentication", "client_secret_post"),
        ("admin", "clients.1.authentication", "client_secret_basic"),
    ])
    .await;
    let basic = RelyingParty::of(&system, "admin", "demo-web").await;
    let post = RelyingParty::of(&system, "customer", "demo-web").await;
    let post = RelyingParty { method: ClientAuth::Post, ..post };
    basic.client_credentials("orders").await.ok();
    post.client_credentials("orders").await.ok();
    for unregistered in [
        RelyingParty { method: ClientAuth::Post, ..basic },
        RelyingParty { method: ClientAuth::Basic, ..post },
    ] {
        unregistered.client_credentials("orders").await.refused(401, "invalid_client");
    }
}

#[tokio::test]
async fn tok7_a_client_that_pins_no_method_uses_either_at_every_endpoint() {
    let system = System::start().await;
    for realm in ["customer", "admin"] {
        let web = RelyingParty::of(&system, realm, "demo-web").await;
        for method in [ClientAuth::Basic, ClientAuth::Post] {
            let web = RelyingParty { method, ..web.clone() };
            let tokens = web.client_credentials("orders").await.ok();
            assert_eq!(web.introspect(tokens.access_token()).await.ok().json["active"], true);
            web.revoke(tokens.access_token()).await.ok();
            assert_eq!(web.introspect(tokens.access_token()).await.ok().json["active"], false);
        }
    }
}

#[tokio::test]
async fn tok7_a_public_client_may_send_an_empty_secret() {
    let (system, browser, _) = customer().await;
    let app = RelyingParty::of(&system, "customer", "demo-app").await;
    for method in [ClientAuth::Basic, ClientAuth::Post] {
        let app = RelyingParty { method, ..app.clone() };
        let tokens = app.tokens(&browser, "openid offline_access").await;
        let refreshed = app.refresh(tokens.refresh_token()).await.ok();
        app.revoke(refreshed.refresh_token()).await.ok();
        app.refresh(refreshed.refresh_token()).await.refused(400, "invalid_grant");
    }
    let introspection = RelyingParty { method: ClientAuth::Basic, ..app };
    introspection.introspect("x").await.refused(401, "invalid_client");
}

#[tokio::test]
async fn tok7_looking_for_the_method_is_no_attack() {
    let system = System::start_with(&[("customer", "clients.2.authentication", "client_secret_post")]).await;
    let basic = RelyingParty::of(&system, "customer", "demo-web").await;
    let none = RelyingParty { method: ClientAuth::Public, ..basic.clone() };
    for _ in 0..110 {
        basic.client_credentials("orders").await.refused(401, "invalid_client");
        none.client_credentials("orders").await.refused(401, "invalid_client");
    }
}

#[tokio::test]
async fn t2_a_client_with_a_secret_cannot_go_without_and_a_public_one_cannot_bring_one() {
    let system = System::start().await;
    let web = RelyingParty::of(&system, "customer", "demo-web").await;
    let bare = RelyingParty { method: ClientAuth::Public, ..web };
    bare.client_credentials("orders").await.refused(401, "invalid_client");
    let app = RelyingParty::of(&system, "customer", "demo-app").await;
    for method in [ClientAuth::Basic, ClientAuth::Post] {
        let bold = RelyingParty { method, secret: "made up".to_owned(), ..app.clone() };
        bold.refresh("anything").await.refused(401, "invalid_client");
    }
}

#[tokio::test]
async fn t2_two_ways_at_once_are_refused() {
    let system = System::start().await;
    let client = RelyingParty::of(&system, "customer", "demo-web").await;
    let mut form = SERVICE.to_vec();
    form.extend([("client_id", "demo-web"), ("client_secret", client.secret.as_str())]);
    client.token(&form).await.refused(400, "invalid_request");
}

#[tokio::test]
async fn t4_basic_credentials_are_form_decoded_before_they_are_compared() {
    let system = System::start().await;
    let client = RelyingParty::of(&system, "customer", "demo-web").await;
    let encoded = RelyingParty { client_id: "%64emo%2Dweb".to_owned(), ..client.clone() };
    encoded.client_credentials("orders").await.ok();
    let escaped: String = client.secret.bytes().map(percent_encoded).collect();
    RelyingParty { secret: escaped, ..client.clone() }.client_credentials("orders").await.ok();
    for broken in ["demo%2", "demo%zz", "demo%ff", "demo%00"] {
        let client = RelyingParty { client_id: broken.to_owned(), ..client.clone() };
        let answer = client.client_credentials("orders").await;
        assert!(matches!(answer.status.as_u16(), 400 | 401), "{broken}: {}", answer.body);
    }
}

#[tokio::test]
async fn t2_malformed_authorization_headers_are_refused_as_invalid_client() {
    let system = System::start().await;
    let client = RelyingParty::of(&system, "customer", "demo-web").await;
    for value in
        ["Basic", "Basic ", "Basic !!!!", "Basic ZGVtbw", "Basic Og==", "Bearer abc", "Digest x", "x"]
    {
        let answer = with_authorization(&client, value, &SERVICE).await;
        let expected = [(400, "invalid_request"), (401, "invalid_client")];
        let got = (answer.status.as_u16(), answer.text("error"));
        assert!(expected.contains(&got), "{value}: {} {}", answer.status, answer.body);
    }
}

#[tokio::test]
async fn t2_a_client_that_fails_to_authenticate_uses_nothing_up() {
    let (_system, browser, client) = customer().await;
    let (attempt, code) = client.code(&browser, &[("scope", FULL)]).await;
    let wrong = RelyingParty { secret: "wrong".to_owned(), ..client.clone() };
    wrong.redeem(&attempt, &code).await.refused(401, "invalid_client");
    let tokens = client.redeem(&attempt, &code).await.ok();
    wrong.refresh(tokens.refresh_token()).await.refused(401, "invalid_client");
    client.refresh(tokens.refresh_token()).await.ok();
}

#[tokio::test]
async fn t3_a_right_secret_works_while_somebody_guesses_from_the_same_address() {
    let system = System::start().await;
    let client = RelyingParty::of(&system, "customer", "demo-web").await;
    let wrong = RelyingParty { secret: "wrong".to_owned(), ..client.clone() };
    let mut last = 0;
    for _ in 0..110 {
        last = wrong.client_credentials("orders").await.status.as_u16();
    }
    assert_eq!(last, 429, "guessing is slowed down");
    client.client_credentials("orders").await.ok();
}

#[tokio::test]
async fn t15_client_credentials_give_a_token_for_the_client_alone() {
    let system = System::start().await;
    for realm in ["customer", "admin"] {
        let client = RelyingParty::of(&system, realm, "demo-web").await;
        let answer = client.client_credentials("orders").await.ok();
        assert_eq!((answer.refresh_token(), answer.id_token()), ("", ""));
        let claims = claims(answer.access_token());
        assert_eq!(claims["sub"], "demo-web");
        assert_eq!(claims["client_id"], "demo-web");
        assert!(
            claims.get("auth_time").is_none() && claims.get("sid").is_none() && claims.get("acr").is_none()
        );
        client.client_credentials("openid").await.refused(400, "invalid_scope");
        client.client_credentials("checkout").await.refused(400, "invalid_scope");
    }
}

#[tokio::test]
async fn t15_t16_tok3_grants_that_are_not_the_clients_own_are_refused() {
    let system = System::start().await;
    let storefront = RelyingParty::of(&system, "customer", "storefront").await;
    storefront.client_credentials("orders").await.refused(400, "unauthorized_client");
    let app = RelyingParty::of(&system, "customer", "demo-app").await;
    app.client_credentials("orders").await.refused(400, "unauthorized_client");
    for grant in
        ["password", "implicit", "urn:ietf:params:oauth:grant-type:device_code", "CLIENT_CREDENTIALS"]
    {
        let params = [("grant_type", grant), ("username", "a"), ("password", "b")];
        storefront.token(&params).await.refused(400, "unsupported_grant_type");
    }
    storefront.token(&[]).await.refused(400, "invalid_request");
}

#[tokio::test]
async fn tok8_a_client_with_a_secret_signs_people_in_with_a_nonce_alone() {
    let (_system, browser, client) = customer().await;
    let (attempt, code) =
        client.code(&browser, &[("code_challenge", ""), ("code_challenge_method", "")]).await;
    let params =
        [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", &client.redirect_uri)];
    let tokens = client.token(&params).await.ok();
    assert_eq!(claims(tokens.id_token())["nonce"], attempt.nonce.as_str());
}

#[tokio::test]
async fn tok8_pkce_may_be_left_out_only_where_the_registration_says_so() {
    let relaxed = System::start_with(&[("customer", "clients.2.pkce", "optional")]).await;
    let (_system, browser, client) = customer_of(relaxed).await;
    let without = [("code_challenge", ""), ("code_challenge_method", ""), ("nonce", "")];
    let (_, code) = client.code(&browser, &without).await;
    let params =
        [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", &client.redirect_uri)];
    client.token(&params).await.ok();
    let (attempt, code) = client.code(&browser, &without).await;
    client.redeem(&attempt, &code).await.refused(400, "invalid_grant");
    let (_, code) = client.code(&browser, &[]).await;
    let params =
        [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", &client.redirect_uri)];
    client.token(&params).await.refused(400, "invalid_grant");
}
