//! Signing in by password, each time in a browser that was never here.

use std::sync::Arc;

use super::Setting;
use crate::{
    http::{Browser, Failure, browser::At},
    people::Account,
    provider::Provider,
    work::{Progress, Work},
};

/// Somebody who signs in again and again.
#[derive(Debug)]
pub struct SigningIn {
    provider: Arc<Provider>,
    browser: Browser,
    account: Account,
}

impl Work for SigningIn {
    async fn once(&mut self) -> Result<Progress, Failure> {
        self.browser.forget();
        let attempt = self.provider.attempt();
        let At::Page(page) = self.browser.open(&attempt.url).await? else {
            return Err(Failure::unexpected("sent back without a password"));
        };
        let back = self.browser.sign_in(&page, self.account.typed()).await?;
        attempt.code(&back).map(|_| Progress::Done)
    }
}

/// People who sign in, as many as there are accounts for: several who use one account at once would only be held up by
/// what protects it.
pub fn workers(setting: &Setting) -> Vec<SigningIn> {
    let people = setting.people.iter().take(setting.connections);
    let workers = people.map(|person| SigningIn {
        provider: Arc::clone(&setting.provider),
        browser: person.browser.with_its_cookies(),
        account: person.account.clone(),
    });
    workers.collect()
}
