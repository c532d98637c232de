//! People with accounts: made through the pages, or the one we were told of.

use std::sync::Arc;

use clock::random::{OsRandom, token};
use secrecy::{ExposeSecret, SecretString};
use tokio::task::JoinSet;

use crate::{
    http::{
        Browser, Failure,
        browser::{self, At, Typed},
    },
    provider::Provider,
};

/// How many register at once: as many as are hashed at once, and a few more.
const AT_ONCE: usize = 4;

/// What somebody signs in with.
#[derive(Debug, Clone)]
pub struct Account {
    user: String,
    password: SecretString,
}

/// Somebody with an account and a browser that has a session, and that gave consent.
#[derive(Debug)]
pub struct Person {
    /// What they sign in with.
    pub account: Account,
    /// Their browser.
    pub browser: Browser,
}

impl Account {
    /// An account that exists.
    pub fn new(user: &str, password: &str) -> Self {
        Self { user: user.to_owned(), password: password.into() }
    }

    /// What is typed at the sign-in page.
    pub fn typed(&self) -> Typed<'_> {
        Typed { user: &self.user, password: self.password.expose_secret() }
    }
}

/// Signs an account in.
pub async fn sign_in(provider: &Provider, account: Account) -> Result<Person, Failure> {
    let mut browser = Browser::new(0, &provider.redirect_uri);
    let attempt = provider.attempt();
    let back = match browser.open(&attempt.url).await? {
        At::Page(page) => browser.sign_in(&page, account.typed()).await?,
        At::Client(url) => url,
    };
    attempt.code(&back)?;
    Ok(Person { account, browser })
}

/// Registers that many people at the pages of this product.
pub async fn register(provider: &Arc<Provider>, count: usize) -> Result<Vec<Person>, Failure> {
    let mut people = Vec::new();
    let mut tasks = JoinSet::new();
    for n in 0..count {
        if n >= AT_ONCE {
            people.extend(tasks.join_next().await.map(finished).transpose()?);
        }
        tasks.spawn(register_one(Arc::clone(provider), n));
    }
    while let Some(ended) = tasks.join_next().await {
        people.push(finished(ended)?);
    }
    Ok(people)
}

fn finished(ended: Result<Result<Person, Failure>, tokio::task::JoinError>) -> Result<Person, Failure> {
    ended.unwrap_or_else(|_| Err(Failure::unexpected("a registration that broke off")))
}

async fn register_one(provider: Arc<Provider>, n: usize) -> Result<Person, Failure> {
    let mut browser = Browser::new(n, &provider.redirect_uri);
    let account = Account::new(&format!("load-{n}@example.com"), &token(&OsRandom));
    let lost = || Failure::unexpected("no way to register");
    let At::Page(page) = browser.open(&provider.attempt().url).await? else { return Err(lost()) };
    let link = page.has("register").then(|| page.link("register")).ok_or_else(lost)?;
    let At::Page(page) = browser.open(&link).await? else { return Err(lost()) };
    let form = browser::sign_in(&page, account.typed())?;
    let form = form.with("name", "Load Driver").with("email", &account.user);
    let at = browser.submit(&form).await?;
    browser.consent(at).await?;
    Ok(Person { account, browser })
}
