//! A person's browser between the storefront and its realm.

use std::sync::Arc;

use axum::{Extension, Router};
use language::Language;
use relying_party::ChosenLanguage;
use serde_json::{Map, Value};
use test_browser::Page;
use url::Url;

use super::{SHOP, Shop, VISITOR, config, provider::Provider};

pub struct Browser {
    pub shop: Shop,
    pub provider: Arc<Provider>,
    pub visitor: String,
    pub csrf: String,
    web: test_browser::Browser<Router>,
}

impl Browser {
    pub async fn new() -> Self {
        Self::at(|_| ()).await
    }

    pub async fn at(adjust: impl FnOnce(&mut relying_party::Config)) -> Self {
        let provider = Provider::start().await;
        let mut config = config(&provider.realm.issuer);
        adjust(&mut config);
        let shop = Shop::with(config, provider.realm.clone(), None).await;
        let web = test_browser::Browser::new(shop.router.clone(), &[SHOP]);
        let csrf = web.get("/page").await.json()["csrf"].as_str().unwrap().to_owned();
        let visitor = format!("{VISITOR}={}", web.cookie("/", VISITOR).unwrap());
        Self { shop, provider, visitor, csrf, web }
    }

    /// Starts a sign-in; the authorization request's parameters.
    pub async fn start(&self, fields: &str) -> Map<String, Value> {
        let body = format!("csrf={}&{fields}", self.csrf);
        let answer = self.shop.post_form("/login", &self.visitor, &body).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        self.sent(&answer)
    }

    /// The parameters of the authorization request that an answer leads to.
    pub fn sent(&self, answer: &Page) -> Map<String, Value> {
        let url = Url::parse(answer.header("location")).unwrap();
        assert!(url.as_str().starts_with(&format!("{}/authorize?", self.provider.realm.issuer)));
        let sent: Map<String, Value> = url.query_pairs().map(|(n, v)| (n.into(), v.into())).collect();
        self.provider.expect_nonce(&sent);
        sent
    }

    /// The same browser at a service where that language was chosen.
    pub fn reading(mut self, language: Language) -> Self {
        let chosen = Extension(ChosenLanguage(language));
        self.shop.router = self.shop.router.layer(Extension(language)).layer(chosen);
        self.web.set_transport(self.shop.router.clone());
        self
    }

    /// The realm's good answer to `sent`.
    pub fn answer(&self, sent: &Map<String, Value>) -> String {
        let state = sent["state"].as_str().unwrap();
        format!("/callback?code=good&state={state}&iss={}", self.provider.realm.issuer)
    }

    /// Shows an answer of the realm, and forgets what the shop says to it: tests show one answer several times.
    pub async fn back(&self, path: &str) -> Page {
        self.web.clone().get(path).await
    }

    /// Asks for the headers of that answer only.
    pub async fn look_at(&self, path: &str) -> Page {
        self.web.clone().head(path).await
    }
}
