//! Apps of a realm and the browser of somebody who is signed in, through the router and without a listener.

use std::{ops::Deref, sync::Arc};

use axum::{Router, body::Body, http::Request};
use base64::{Engine, engine::general_purpose::STANDARD};
use clock::random::OsRandom;
use http::header;
use idp::{flow::sign_in, http::routes, realm::Realm};
use test_browser::{Page, send};
use url::form_urlencoded;

use crate::harness::{PASSWORD, Scratch};

/// The clients: `app` is ours, `other` is not; both have a secret, `native` has none.
const CLIENTS: &str = r#"
[scopes.orders]
description = "See your orders"
resource = "https://shop.example"
[[clients]]
id = "app"
name = "App"
authentication = "client_secret_basic"
redirect_uris = ["https://app.example/cb"]
post_logout_redirect_uris = ["https://app.example/bye"]
grants = ["authorization_code", "refresh_token", "client_credentials"]
scopes = ["openid", "profile", "email", "offline_access", "orders"]
first_party = true
[[clients]]
id = "other"
name = "Other"
authentication = "client_secret_post"
redirect_uris = ["https://other.example/cb"]
post_logout_redirect_uris = ["https://other.example/bye"]
grants = ["authorization_code", "refresh_token"]
scopes = ["openid", "profile", "email", "offline_access", "orders"]
[[clients]]
id = "native"
name = "Native"
authentication = "none"
redirect_uris = ["http://127.0.0.1/cb"]
grants = ["authorization_code", "refresh_token"]
scopes = ["openid", "profile", "email", "offline_access", "orders"]
first_party = true
"#;
/// Where the realm is.
const ISSUER: &str = "http://localhost:7001";
/// The secret of every client that has one.
pub const SECRET: &str = "a secret of at least 22 bytes";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A realm with apps.
pub async fn realm_with_apps() -> Scratch {
    realm_with(&[]).await
}

/// A realm with apps and other values in its file: key, value.
pub async fn realm_with(more: &[(&str, &str)]) -> Scratch {
    realm_with_more("", more).await
}

/// [`realm_with`] more in its file.
pub async fn realm_with_more(file: &str, more: &[(&str, &str)]) -> Scratch {
    let changes = [
        ("clients.0.secret", SECRET),
        ("clients.1.secret", SECRET),
        ("session.absolute", "2h"),
        ("roles.member.permissions", "orders_read"),
    ];
    Scratch::with(&format!("{CLIENTS}{file}"), &[changes.as_slice(), more].concat()).await
}

/// The router of a realm.
pub fn router(realm: &Arc<Realm>, scratch: &Scratch) -> Router {
    routes::router(realm, scratch.clock.clone(), Arc::new(OsRandom))
}

/// Pairs as a form or a query.
pub fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// A form of a client.
pub async fn call(router: &Router, path: &str, basic: Option<&str>, pairs: &[(&str, &str)]) -> Page {
    let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    if let Some(client) = basic {
        let credentials = STANDARD.encode(
            form_urlencoded::byte_serialize(client.as_bytes()).collect::<String>()
                + ":"
                + &form_urlencoded::byte_serialize(SECRET.as_bytes()).collect::<String>(),
        );
        request = request.header(header::AUTHORIZATION, format!("Basic {credentials}"));
    }
    send(router, request.body(Body::from(form(pairs))).unwrap()).await
}

/// Tokens as a client has them.
#[derive(Debug, Clone)]
pub struct Tokens {
    pub access: String,
    pub refresh: String,
    pub id: String,
}

/// A browser that shows each answer as it is: it follows nothing by itself.
#[derive(Clone)]
pub struct Browser(test_browser::Browser<Router>);

impl Deref for Browser {
    type Target = test_browser::Browser<Router>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Browser {
    /// A browser that was never here.
    pub fn fresh(router: &Router) -> Self {
        Self(test_browser::Browser::new(router.clone(), &[ISSUER]))
    }

    /// A browser where that account has just signed in.
    pub async fn signed_in(scratch: &Scratch, router: &Router, email: &str) -> Self {
        let visit = scratch.visit(None).await;
        let interaction = scratch.interaction(&visit).await;
        let realm = &scratch.realm;
        let turn = realm.hasher.queue.turn().await.unwrap();
        let credentials = sign_in::Credentials { email, password: PASSWORD };
        let outcome = sign_in::with_password(realm, &visit, &interaction, credentials, turn).await.unwrap();
        let sign_in::Outcome::SignedIn(session) = outcome else { panic!("the right password") };
        let browser = Self::fresh(router);
        for (spec, value) in [(&realm.cookies.session, &session), (&realm.cookies.browser, &visit.browser)] {
            let cookie = spec.set(value, None);
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            browser.set_cookie("/", name, value);
        }
        browser
    }

    /// The same browser at another program of its realm.
    pub fn at(mut self, router: Router) -> Self {
        self.0.set_transport(router);
        self
    }

    /// What a form of a page sends when its button is pressed.
    pub async fn press(&self, page: &Page, action: &str) -> Page {
        self.post(action, &page.form_to(action).fields).await
    }

    /// An authorization request of a client; `changes` replace parameters, an empty value leaves one out.
    pub async fn authorize(&self, client: &str, changes: &[(&str, &str)]) -> Page {
        self.get(&authorize(client, changes)).await
    }

    /// The interaction that an authorization request leads to.
    pub async fn interaction(&self, client: &str, changes: &[(&str, &str)]) -> String {
        let answer = self.authorize(client, changes).await;
        let location = answer.location().unwrap_or_else(|| panic!("{} {}", answer.status, answer.body));
        location.split('?').next().unwrap().to_owned()
    }

    /// Fills the form of a page in and sends it.
    pub async fn fill(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = self.get(page).await.field("csrf");
        self.post(action, &[&[("csrf", csrf.as_str())], fields].concat()).await
    }

    /// Tokens for a client that needs no consent, and that scope.
    pub async fn tokens(&self, client: &str, scope: &str) -> Tokens {
        let answer = self.authorize(client, &[("scope", scope)]).await;
        let code = answer.param("code").unwrap_or_else(|| panic!("{} {}", answer.status, answer.body));
        let answer = redeem(self.transport(), client, &code).await;
        let text = |name| answer.text(name);
        assert_eq!(answer.status, 200, "{}", answer.body);
        Tokens { access: text("access_token"), refresh: text("refresh_token"), id: text("id_token") }
    }

    /// Whether a session is alive here.
    pub async fn is_signed_in(&self) -> bool {
        let answer = self.authorize("app", &[("prompt", "none")]).await;
        answer.param("error").as_deref() != Some("login_required")
    }
}

/// The URL of an authorization request.
pub fn authorize(client: &str, changes: &[(&str, &str)]) -> String {
    let redirect_uri = redirect_uri(client);
    let mut pairs = vec![
        ("response_type", "code"),
        ("client_id", client),
        ("redirect_uri", &redirect_uri),
        ("scope", "openid"),
        ("state", "st"),
        ("nonce", "no"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in changes {
        pairs.retain(|(key, _)| key != name);
        pairs.push((name, value));
    }
    pairs.retain(|(_, value)| !value.is_empty());
    format!("/authorize?{}", form(&pairs))
}

fn redirect_uri(client: &str) -> String {
    if client == "native" { "http://127.0.0.1/cb".to_owned() } else { format!("https://{client}.example/cb") }
}

/// A call of a client to an endpoint, with its credential.
pub async fn as_client(router: &Router, client: &str, path: &str, pairs: &[(&str, &str)]) -> Page {
    let mut pairs = pairs.to_vec();
    match client {
        "app" => return call(router, path, Some(client), &pairs).await,
        "other" => pairs.extend([("client_id", client), ("client_secret", SECRET)]),
        _ => pairs.push(("client_id", client)),
    }
    call(router, path, None, &pairs).await
}

/// A call with an access token.
pub async fn bearer(router: &Router, path: &str, token: &str) -> Page {
    let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {token}"));
    send(router, request.body(Body::empty()).unwrap()).await
}

/// Redeems a code.
pub async fn redeem(router: &Router, client: &str, code: &str) -> Page {
    let uri = redirect_uri(client);
    let pairs = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &uri),
        ("code_verifier", VERIFIER),
    ];
    as_client(router, client, "/token", &pairs).await
}

/// Redeems a refresh token.
pub async fn refresh(router: &Router, client: &str, token: &str) -> Page {
    as_client(router, client, "/token", &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
}
