//! Why an app doesn't work can be said from the log alone (TOK-10, D19).

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use serde_json::Value;
use test_browser::Page;
use tracing_subscriber::fmt::MakeWriter;

use crate::app::{
    Browser, SECRET, as_client, authorize, bearer, call, realm_with_apps, redeem, refresh, router,
};

const WRONG: &str = "a wrong secret of a client";
const VERIFIER: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// What is logged lands here.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log {
    /// The fields of the one line about the refusal of that request. None of the secrets is in anything that was logged
    /// since the last look.
    fn about(&self, answer: &Page, secrets: &[&str]) -> Value {
        let text = String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap();
        assert!(!secrets.iter().any(|secret| text.contains(secret)), "{text}");
        let id = answer.header("x-request-id");
        let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let mut about: Vec<Value> = lines
            .filter(|line| line["fields"]["reason"].is_string() && line["spans"][0]["request_id"] == id)
            .collect();
        assert_eq!(about.len(), 1, "one line for one refusal: {text}");
        let line = about.remove(0);
        let place = (line["level"].as_str().unwrap(), line["spans"][0]["service"].as_str().unwrap());
        assert_eq!(place, ("INFO", "test"), "{line}");
        line["fields"].clone()
    }
}

#[tokio::test]
async fn d19_each_refusal_is_one_line_that_says_which_check_failed() {
    let scratch = realm_with_apps().await;
    scratch.account("ada@example.com").await;
    let router = router(&scratch.realm, &scratch);
    let browser = Browser::signed_in(&scratch, &router, "ada@example.com").await;
    let tokens = browser.tokens("app", "openid offline_access").await;
    let code = browser.authorize("app", &[]).await.param("code").unwrap();
    let late = browser.authorize("app", &[]).await.param("code").unwrap();
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().json().with_writer(log.clone()).finish();
    let _here = tracing::subscriber::set_default(subscriber);
    let secrets = [SECRET, WRONG, VERIFIER, &code, &late, &tokens.refresh, &tokens.access];

    let redirect = browser.get(&authorize("app", &[("redirect_uri", "https://app.example/callback")])).await;
    let said = log.about(&redirect, &secrets);
    assert_eq!(said["redirect_uri"], "https://app.example/callback");
    assert_eq!(said["registered"], "https://app.example/cb");
    let wrong_verifier =
        [("grant_type", "authorization_code"), ("code", code.as_str()), ("code_verifier", VERIFIER)];
    let wrong_secret = [("client_id", "other"), ("client_secret", WRONG)];
    macro_rules! check {
        ($answer:expr, $client:expr, $reason:expr) => {
            let said = log.about(&$answer, &secrets);
            let client: Option<&str> = $client;
            assert!(said["reason"].as_str().unwrap().contains($reason), "{}: {said}", $reason);
            assert_eq!(said["client_id"].as_str(), client, "{said}");
        };
    }
    check!(browser.get(&authorize("nobody", &[])).await, Some("nobody"), "client_id is missing or unknown");
    check!(browser.get(&authorize("app", &[("code_challenge", "")])).await, Some("app"), "code_challenge");
    check!(browser.get(&authorize("app", &[("scope", "openid address")])).await, Some("app"), "scope");
    check!(browser.get(&authorize("other", &[("prompt", "none")])).await, Some("other"), "must consent");
    check!(call(&router, "/token", None, &wrong_secret).await, Some("other"), "secret is wrong");
    check!(call(&router, "/introspect", Some("nobody"), &[]).await, Some("nobody"), "no client of that id");
    check!(call(&router, "/token", Some("app"), &wrong_verifier).await, Some("app"), "code_verifier");
    check!(redeem(&router, "app", &code).await, Some("app"), "used before");
    check!(redeem(&router, "app", "no-such-code").await, Some("app"), "no such code");
    check!(redeem(&router, "other", &late).await, Some("other"), "issued to another client");
    check!(refresh(&router, "other", &tokens.refresh).await, Some("other"), "another client's");
    check!(refresh(&router, "app", "abc").await, Some("app"), "no refresh token of this realm");
    check!(as_client(&router, "app", "/revoke", &[]).await, Some("app"), "token is missing");
    check!(
        as_client(&router, "native", "/introspect", &[]).await,
        Some("native"),
        "client that authenticates"
    );
    check!(bearer(&router, "/userinfo", "abc").await, None, "malformed");
    let shown = [("token", "abc")];
    check!(as_client(&router, "app", "/introspect", &shown).await, Some("app"), "malformed");
    scratch.clock.advance(601);
    check!(bearer(&router, "/userinfo", &tokens.access).await, None, "expired");
}
