//! Several accounts in one browser (ACC-14).

mod adding;
mod choosing;
mod leaving;
mod naming;
mod tabs;

use std::ops::Deref;

use axum::Router;
use database::{record, sql};
use test_browser::Page;

use crate::{
    app::{Browser, realm_with, redeem, router},
    harness::{PASSWORD, Scratch},
    passkeys::claims_of,
};

const ADA: &str = "ada@example.com";
const GRACE: &str = "grace@example.com";
const LINUS: &str = "linus@example.com";
/// The page of the accounts.
const ACCOUNTS: &str = "/account/accounts";

struct World {
    scratch: Scratch,
    router: Router,
    ada: String,
    grace: String,
}

impl Deref for World {
    type Target = Scratch;

    fn deref(&self) -> &Scratch {
        &self.scratch
    }
}

impl World {
    async fn new() -> Self {
        Self::with(&[]).await
    }

    /// With other values in its file: key, value.
    async fn with(more: &[(&str, &str)]) -> Self {
        let scratch = realm_with(more).await;
        let (ada, grace) = (scratch.account(ADA).await, scratch.account(GRACE).await);
        scratch.account(LINUS).await;
        let router = router(&scratch.realm, &scratch);
        Self { scratch, router, ada, grace }
    }

    /// A browser where Ada was signed in to first, and Grace beside her a minute later.
    async fn browser(&self) -> Browser {
        let browser = Browser::signed_in(&self.scratch, &self.router, ADA).await;
        self.clock.advance(60);
        add(&browser, GRACE).await;
        browser
    }

    /// The subject for whom a client gets a code at once.
    async fn subject(&self, browser: &Browser, changes: &[(&str, &str)]) -> Option<String> {
        let code = browser.authorize("app", changes).await.param("code")?;
        self.subject_of(&code).await
    }

    async fn subject_of(&self, code: &str) -> Option<String> {
        let redeemed = redeem(&self.router, "app", code).await;
        assert_eq!(redeemed.status, 200, "{}", redeemed.body);
        claims_of(&redeemed.text("id_token"))["sub"].as_str().map(str::to_owned)
    }

    /// How many sessions live.
    async fn sessions(&self) -> i64 {
        record! { struct Row { n: i64 } }
        let count = sql("SELECT COUNT(*) AS n FROM sessions WHERE ended_at IS NULL");
        count.one::<Row>(&self.realm.store.facts).await.unwrap().n
    }

    /// Why sessions ended, the first first.
    async fn endings(&self) -> Vec<String> {
        record! { struct Row { detail: Option<String> } }
        let ended = sql("SELECT detail FROM audit_events WHERE kind = 'session.ended' ORDER BY id");
        let rows: Vec<Row> = ended.all(&self.realm.store.facts).await.unwrap();
        rows.into_iter().filter_map(|row| row.detail).collect()
    }
}

/// Where an answer leads.
fn leads_to(answer: &Page) -> String {
    let location = answer.location().unwrap_or_else(|| panic!("{} {}", answer.status, answer.body));
    location.split('?').next().unwrap().to_owned()
}

/// Signs in at the page of an interaction. Returns the answer to the form.
async fn sign_in(browser: &Browser, path: &str, email: &str) -> Page {
    let form = browser.get(path).await.form("login-submit");
    browser.send(&form.with("username", email).with("password", PASSWORD)).await
}

/// Signs in to a further account, from the page of the accounts.
async fn add(browser: &Browser, email: &str) {
    let page = browser.get(ACCOUNTS).await;
    let path = leads_to(&browser.send(&page.form("account-add").press("account-add")).await);
    let answer = sign_in(browser, &path, email).await;
    assert_eq!(leads_to(&answer), path, "{}", answer.body);
    assert_eq!(leads_to(&browser.get(&path).await), "/account");
}

/// Presses a button of the account with that address, in a list of accounts.
async fn press(browser: &Browser, page: &Page, email: &str, decision: &str) -> Page {
    browser.send(&form_of(page, email).with("decision", decision)).await
}

fn form_of(page: &Page, email: &str) -> test_browser::Form {
    let place = shown(page).iter().position(|shown| shown == email);
    let place = place.unwrap_or_else(|| panic!("{email} is not listed: {}", page.summary()));
    let lists = page.forms().into_iter().filter(|form| form.value("sid").is_some());
    lists.collect::<Vec<_>>().swap_remove(place)
}

/// The addresses of the accounts that a page lists.
fn shown(page: &Page) -> Vec<String> {
    let named = page.elements("#accounts button.link .hidden");
    named.iter().map(|name| name.text.trim_start_matches(": ").to_owned()).collect()
}

/// The account in use.
async fn in_use(browser: &Browser) -> Option<String> {
    let page = browser.get("/account").await;
    page.has("account-email").then(|| page.text_of("account-email"))
}
