//! Signing in at another provider, through the pages of a realm and with a provider on a socket.

mod account;
mod connecting;
mod newcomers;
mod provider;
mod refusals;
mod sign_in;

use std::sync::Arc;

use axum::Router;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use idp::store::users::{self, User};
use serde_json::Value;
use test_browser::Page;
use url::Url;

use self::provider::Provider;
use crate::{
    app::{Browser, realm_with_more, redeem, router},
    harness::Scratch,
};

const ADA: &str = "ada@example.com";
/// A realm that sends mail.
const MAIL: [(&str, &str); 2] =
    [("mail.from", "Test <no-reply@id.example>"), ("mail.command", "/usr/sbin/sendmail")];
/// An upstream whose verified addresses are believed, and whose people get accounts.
const TRUSTED: [(&str, &str); 3] =
    [("upstream.0.trusted_email", "true"), ("upstream.0.accounts", "create"), ("upstream.0.role", "member")];

/// The path that an answer leads to, by a redirect or by a page.
fn leads(page: &Page) -> Option<String> {
    page.next().map(|url| url[url::Position::BeforePath..].to_owned())
}

struct World {
    scratch: Scratch,
    router: Router,
    provider: Arc<Provider>,
}

/// Somebody who is at the provider.
struct There {
    browser: Browser,
    interaction: String,
    /// Where the browser was sent.
    url: Url,
}

impl There {
    fn param(&self, name: &str) -> Option<String> {
        self.url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    fn state(&self) -> String {
        self.param("state").unwrap()
    }

    /// Comes back with the code.
    async fn back(&self) -> Page {
        self.answer("code", "good").await
    }

    async fn answer(&self, name: &str, value: &str) -> Page {
        self.browser.get(format!("/upstream/up/callback?state={}&{name}={value}", self.state())).await
    }

    /// Comes back, and is led on to the interaction.
    async fn arrives(&self) -> Page {
        let back = self.back().await;
        assert_eq!(leads(&back).as_deref(), Some(self.interaction.as_str()), "{}", back.summary());
        self.browser.get(&self.interaction).await
    }
}

impl World {
    async fn new(more: &[(&str, &str)]) -> Self {
        let provider = Provider::start().await;
        let file = format!(
            "[[upstream]]\nid = \"up\"\nname = \"Upland\"\nissuer = \"{0}\"\nclient_id = \"realmkeep\"\n\
             [[upstream]]\nid = \"other\"\nname = \"Other\"\nissuer = \"{0}\"\nclient_id = \"realmkeep\"\n",
            provider.issuer
        );
        let secrets = [("upstream.0.client_secret", "q3Jt7mZ0"), ("upstream.1.client_secret", "q3Jt7mZ1")];
        let scratch = realm_with_more(&file, &[secrets.as_slice(), more].concat()).await;
        let router = router(&scratch.realm, &scratch);
        Self { scratch, router, provider }
    }

    async fn trusted(more: &[(&str, &str)]) -> Self {
        Self::new(&[TRUSTED.as_slice(), more].concat()).await
    }

    fn browser(&self) -> Browser {
        Browser::fresh(&self.router)
    }

    /// Goes to the provider by the button of the sign-in page.
    async fn goes(&self, browser: Browser, changes: &[(&str, &str)]) -> There {
        let interaction = browser.interaction("app", changes).await;
        self.goes_from(browser, interaction).await
    }

    async fn goes_from(&self, browser: Browser, interaction: String) -> There {
        let page = browser.get(format!("{interaction}?view=sign-in")).await;
        let leaving = browser.send(&page.form("upstream-up")).await;
        assert_eq!(leaving.status, 200, "{}", leaving.summary());
        let there = There { browser, interaction, url: leaving.link("continue") };
        self.provider.expect(&there.param("nonce").unwrap());
        there
    }

    async fn fresh(&self) -> There {
        self.goes(self.browser(), &[]).await
    }

    async fn user(&self, email: &str) -> Option<User> {
        users::by_email(&self.scratch.realm.store.facts, email).await.unwrap()
    }

    /// The claims of the ID token that the app gets for the code in an answer.
    async fn id_token(&self, answer: &Page) -> Value {
        let code = answer.param("code").unwrap_or_else(|| panic!("{}", answer.summary()));
        let token = redeem(&self.router, "app", &code).await.text("id_token");
        let payload = token.split('.').nth(1).unwrap();
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
    }

    async fn confirm(&self, email: &str) {
        assert!(idp::flow::profile::verify_email(&self.scratch.realm, email).await.unwrap());
    }

    async fn events(&self, kind: &str) -> usize {
        self.scratch.kinds_of_events().await.iter().filter(|it| *it == kind).count()
    }
}
