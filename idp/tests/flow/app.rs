//! Apps of a realm and the browser of somebody who is signed in, through the router and without a listener.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Router, body::Body, http::Request};
use base64::{Engine, engine::general_purpose::STANDARD};
use clock::random::OsRandom;
use http::{Method, StatusCode, header};
use idp::{flow::sign_in, http::routes, realm::Realm};
use serde_json::Value;
use tower::ServiceExt;
use url::{Url, form_urlencoded};

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
    let changes = [
        ("clients.0.secret", SECRET),
        ("clients.1.secret", SECRET),
        ("session.absolute", "2h"),
        ("roles.member.permissions", "orders_read"),
    ];
    Scratch::with(CLIENTS, &[changes.as_slice(), more].concat()).await
}

/// The router of a realm.
pub fn router(realm: &Arc<Realm>, scratch: &Scratch) -> Router {
    routes::router(realm, scratch.clock.clone(), Arc::new(OsRandom))
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: http::HeaderMap,
    pub body: String,
}

impl Answer {
    /// Where it leads.
    pub fn location(&self) -> Option<&str> {
        self.headers.get(header::LOCATION).map(|value| value.to_str().unwrap())
    }

    /// A header as text; empty when it isn't there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// A parameter of where it leads.
    pub fn param(&self, name: &str) -> Option<String> {
        let url = Url::parse("http://localhost:7001").unwrap().join(self.location()?).unwrap();
        url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }

    /// A member of the body as text.
    pub fn text(&self, name: &str) -> String {
        self.json()[name].as_str().unwrap_or_default().to_owned()
    }
}

/// Sends one request.
pub async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(bytes.to_vec()).unwrap() }
}

/// Pairs as a form or a query.
pub fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// A form of a client.
pub async fn call(router: &Router, path: &str, basic: Option<&str>, pairs: &[(&str, &str)]) -> Answer {
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

/// A browser.
pub struct Browser {
    pub router: Router,
    pub cookies: BTreeMap<String, String>,
}

impl Browser {
    /// A browser that was never here.
    pub fn fresh(router: &Router) -> Self {
        Self { router: router.clone(), cookies: BTreeMap::new() }
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
        let mut browser = Self::fresh(router);
        browser.keep(realm.cookies.session.set(&session, None).to_str().unwrap());
        browser.keep(realm.cookies.browser.set(&visit.browser, None).to_str().unwrap());
        browser
    }

    fn keep(&mut self, set_cookie: &str) {
        let (name, value) = set_cookie.split(';').next().unwrap().split_once('=').unwrap();
        if value.is_empty() {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    async fn ask(&mut self, method: Method, path: &str, body: Option<String>) -> Answer {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request =
            Request::builder().method(method).uri(path).header(header::COOKIE, cookies.join("; "));
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let answer =
            send(&self.router, request.body(body.map_or_else(Body::empty, Body::from)).unwrap()).await;
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().unwrap());
        }
        answer
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.ask(Method::GET, path, None).await
    }

    /// Asks what a page would say about itself.
    pub async fn head(&mut self, path: &str) -> Answer {
        self.ask(Method::HEAD, path, None).await
    }

    /// Sends a form.
    pub async fn post(&mut self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        self.ask(Method::POST, path, Some(form(pairs))).await
    }

    /// What a form of a page sends when its button is pressed.
    pub async fn press(&mut self, page: &Answer, action: &str) -> Answer {
        let fields = hidden(&page.body);
        let pairs: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(action, &pairs).await
    }

    /// An authorization request of a client; `changes` replace parameters, an empty value leaves one out.
    pub async fn authorize(&mut self, client: &str, changes: &[(&str, &str)]) -> Answer {
        self.get(&authorize(client, changes)).await
    }

    /// The interaction that an authorization request leads to.
    pub async fn interaction(&mut self, client: &str, changes: &[(&str, &str)]) -> String {
        let answer = self.authorize(client, changes).await;
        let location = answer.location().unwrap_or_else(|| panic!("{} {}", answer.status, answer.body));
        location.split('?').next().unwrap().to_owned()
    }

    /// Fills the form of a page in and sends it.
    pub async fn fill(&mut self, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        let shown = self.get(page).await;
        let csrf = hidden(&shown.body).into_iter().find(|(name, _)| name == "csrf");
        let csrf = csrf.unwrap_or_else(|| panic!("{}", shown.body)).1;
        self.post(action, &[&[("csrf", csrf.as_str())], fields].concat()).await
    }

    /// Tokens for a client that needs no consent, and that scope.
    pub async fn tokens(&mut self, client: &str, scope: &str) -> Tokens {
        let answer = self.authorize(client, &[("scope", scope)]).await;
        let code = answer.param("code").unwrap_or_else(|| panic!("{} {}", answer.status, answer.body));
        let answer = redeem(&self.router, client, &code).await;
        let text = |name| answer.text(name);
        assert_eq!(answer.status, 200, "{}", answer.body);
        Tokens { access: text("access_token"), refresh: text("refresh_token"), id: text("id_token") }
    }

    /// Whether a session is alive here.
    pub async fn is_signed_in(&mut self) -> bool {
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
pub async fn as_client(router: &Router, client: &str, path: &str, pairs: &[(&str, &str)]) -> Answer {
    let mut pairs = pairs.to_vec();
    match client {
        "app" => return call(router, path, Some(client), &pairs).await,
        "other" => pairs.extend([("client_id", client), ("client_secret", SECRET)]),
        _ => pairs.push(("client_id", client)),
    }
    call(router, path, None, &pairs).await
}

/// A call with an access token.
pub async fn bearer(router: &Router, path: &str, token: &str) -> Answer {
    let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {token}"));
    send(router, request.body(Body::empty()).unwrap()).await
}

/// Redeems a code.
pub async fn redeem(router: &Router, client: &str, code: &str) -> Answer {
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
pub async fn refresh(router: &Router, client: &str, token: &str) -> Answer {
    as_client(router, client, "/token", &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
}

/// The hidden fields of a page.
pub fn hidden(html: &str) -> Vec<(String, String)> {
    let unescape = |text: &str| {
        let text =
            text.replace("&#34;", "\"").replace("&#39;", "'").replace("&#60;", "<").replace("&#62;", ">");
        text.replace("&#38;", "&")
    };
    html.split("<input type=\"hidden\" name=\"")
        .skip(1)
        .map(|rest| {
            let (name, rest) = rest.split_once("\" value=\"").unwrap();
            (name.to_owned(), unescape(rest.split('"').next().unwrap()))
        })
        .collect()
}
