//! A storefront behind a relying party, and requests to it.

pub mod browser;
pub mod provider;

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Body,
    extract::{FromRef, State},
    middleware::from_fn,
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use clock::{ManualClock, random::OsRandom};
use http::Request;
use outbound::{Outbound, OutboundPolicy};
use relying_party::{
    Absent, Caller, Config, CsrfForm, Dependencies, KeptForm, KeySource, MaybeCaller, OtherRealm, Realm,
    Refusal, RelyingParty, SessionPolicy, StepUp, Via, form::CsrfTextForm, paths, routes, send_cookies,
    testing::TestRealm,
};
use secrecy::SecretString;
use serde_json::{Value, json};
use test_browser::{Page, send};
use web::{
    cookie::{CookieSpec, SameSite},
    params::QueryParams,
};

pub const NOW: i64 = 1_800_000_000;
pub const SHOP: &str = "https://shop.example";
pub const ISSUER: &str = "https://id.example";
pub const STAFF_ISSUER: &str = "https://staff-id.example";
pub const SESSION: &str = "__Host-rk_shop_session";
pub const VISITOR: &str = "__Host-rk_shop_visitor";

#[derive(Debug, Clone)]
pub struct Customer;
impl Realm for Customer {
    const NAME: &'static str = "customer";
}

#[derive(Debug, Clone)]
pub struct App(pub Arc<RelyingParty<Customer>>);
impl FromRef<App> for Arc<RelyingParty<Customer>> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.0)
    }
}

pub struct Shop {
    pub relying_party: Arc<RelyingParty<Customer>>,
    pub realm: TestRealm,
    pub clock: Arc<ManualClock>,
    pub db: database::Db,
    pub router: Router,
    _place: database::testing::TestDatabases,
}

pub fn config(issuer: &str) -> Config {
    Config {
        issuer: issuer.to_owned(),
        audience: SHOP.to_owned(),
        client_id: "storefront".to_owned(),
        client_secret: SecretString::from("storefront-secret"),
        public_url: SHOP.to_owned(),
        redirect_path: paths::CALLBACK.to_owned(),
        after_sign_out_path: paths::SIGNED_OUT.to_owned(),
        scopes: ["openid", "profile", "orders"].map(str::to_owned).to_vec(),
        required_acr: None,
        leeway: 10,
        max_token_lifetime: 900,
        jwks_cooldown: 30,
        requests: None,
        proxies: web::client_address::TrustedProxies::default(),
        session: SessionPolicy {
            idle: 3600,
            absolute: 86_400,
            cookie: CookieSpec::new("rk_shop_session", SHOP, "/", SameSite::Lax),
            visitor_cookie: CookieSpec::new("rk_shop_visitor", SHOP, "/", SameSite::Lax),
        },
        other_realm: OtherRealm {
            cookie_names: vec!["rk_console_session".to_owned()],
            name: "staff".to_owned(),
            url: "https://console.example".to_owned(),
            issuer: STAFF_ISSUER.to_owned(),
        },
        sealing_key: SecretString::from("0123456789abcdef0123456789abcdef"),
        previous_sealing_key: None,
    }
}

impl Shop {
    pub async fn new() -> Self {
        let realm = TestRealm::new(ISSUER);
        Self::with(config(ISSUER), realm.clone(), Some(Arc::new(realm))).await
    }

    pub async fn with(config: Config, realm: TestRealm, keys: Option<Arc<dyn KeySource>>) -> Self {
        let (place, db) =
            database::testing::scratch(relying_party::MIGRATION_SET, relying_party::MIGRATIONS).await;
        let clock = Arc::new(ManualClock::new(NOW));
        let dependencies = Dependencies {
            db: db.clone(),
            clock: clock.clone(),
            random: Arc::new(OsRandom),
            outbound: outbound(),
            cache: None,
        };
        let relying_party = match keys {
            Some(keys) => RelyingParty::with_keys(config, dependencies, keys),
            None => RelyingParty::new(config, dependencies),
        };
        let relying_party = Arc::new(relying_party.unwrap());
        let router = router(&relying_party);
        Self { relying_party, realm, clock, db, router, _place: place }
    }

    pub async fn send(&self, request: Request<Body>) -> Page {
        send(&self.router, request).await
    }

    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Page {
        self.send(request("GET", path, headers, "")).await
    }

    /// A form from our own page.
    pub async fn post_form(&self, path: &str, cookie: &str, body: &str) -> Page {
        let headers = [("cookie", cookie), ("sec-fetch-site", "same-origin"), FORM];
        self.send(request("POST", path, &headers, body)).await
    }

    /// A new visitor: its cookie and its CSRF token.
    pub async fn visit(&self) -> (String, String) {
        let answer = self.get("/page", &[]).await;
        (answer.set_cookie(VISITOR).unwrap(), answer.json()["csrf"].as_str().unwrap().to_owned())
    }

    /// A signed-in browser: its cookie and its CSRF token.
    pub async fn signed_in(&self) -> (String, String) {
        let access = self.realm.access_token(&self.realm.claims(SHOP, NOW));
        let cookie = relying_party::testing::sign_in(&self.relying_party, &access, None).await;
        let csrf = self.csrf(&cookie).await;
        (cookie, csrf)
    }

    /// The same service started again on the same database.
    pub fn restarted(&self, config: Config) -> Router {
        let dependencies = Dependencies {
            db: self.db.clone(),
            clock: self.clock.clone(),
            random: Arc::new(OsRandom),
            outbound: outbound(),
            cache: None,
        };
        router(&Arc::new(
            RelyingParty::with_keys(config, dependencies, Arc::new(self.realm.clone())).unwrap(),
        ))
    }

    pub async fn csrf(&self, cookie: &str) -> String {
        self.get("/page", &[("cookie", cookie)]).await.json()["csrf"].as_str().unwrap().to_owned()
    }
}

/// The guarded client, allowed to reach a realm on loopback.
pub fn outbound() -> Arc<Outbound> {
    let allowed_private_hosts = vec!["127.0.0.1".to_owned()];
    Arc::new(Outbound::new(&OutboundPolicy { allowed_private_hosts, ..OutboundPolicy::default() }).unwrap())
}

pub const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

pub fn router(relying_party: &Arc<RelyingParty<Customer>>) -> Router {
    async fn me(caller: Caller<Customer>) -> String {
        caller.key()
    }
    async fn page(visitor: MaybeCaller<Customer>) -> Json<Value> {
        let subject = visitor.caller.as_ref().ok().map(|caller| caller.claims.sub.clone());
        let [foreign, away] = [Absent::OtherRealm, Absent::Unavailable]
            .map(|absent| visitor.caller.as_ref().err() == Some(&absent));
        let name = match visitor.caller.map(|caller| caller.via) {
            Ok(Via::Session { profile, .. }) => profile.name,
            _ => None,
        };
        Json(
            json!({ "csrf": visitor.csrf, "subject": subject, "name": name, "foreign": foreign, "away": away }),
        )
    }
    async fn scoped(caller: Caller<Customer>) -> Result<(), Refusal> {
        caller.require_scope("checkout")
    }
    async fn permitted(caller: Caller<Customer>) -> Result<(), Refusal> {
        caller.require_permission("sales_management")
    }
    async fn fresh(caller: Caller<Customer>) -> Result<(), Refusal> {
        caller.require_fresh(60)
    }
    async fn form(form: CsrfForm<Customer>) -> String {
        form.params.first("text").unwrap_or_default().to_owned()
    }
    async fn dangerous(
        State(App(relying_party)): State<App>,
        form: CsrfTextForm<Customer>,
    ) -> Result<Response, Refusal> {
        let wanted =
            StepUp { max_age: 60, resume: "/resume", path: "/dangerous", fields: form.params.pairs() };
        let again = relying_party.step_up(&form.from, &wanted).await?;
        Ok(again.unwrap_or_else(|| "done".into_response()))
    }
    async fn resume(
        State(App(relying_party)): State<App>,
        caller: Caller<Customer>,
        QueryParams(params): QueryParams,
    ) -> Result<Json<Option<KeptForm>>, Refusal> {
        let id = params.first("form").unwrap_or_default();
        Ok(Json(relying_party.kept_form(&caller, id).await?))
    }
    Router::new()
        .route("/dangerous", post(dangerous))
        .route("/resume", get(resume))
        .route("/me", any(me))
        .route("/page", any(page))
        .route("/scoped", get(scoped))
        .route("/permitted", get(permitted))
        .route("/fresh", get(fresh))
        .route("/form", post(form).put(form).patch(form).delete(form))
        .merge(routes(relying_party))
        .layer(from_fn(send_cookies))
        .with_state(App(Arc::clone(relying_party)))
}
