//! What people do in their browsers: the code flow with a session, and signing in by password without one.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use tokio::task::JoinSet;
use url::Url;

use super::Setting;
use crate::{
    http::{Browser, Client, Failure, browser::At},
    people::Account,
    provider::{Attempt, Provider, Tokens},
    work::{Progress, Work},
};

/// A browser with a session, and its client.
#[derive(Debug)]
pub struct Whole {
    provider: Arc<Provider>,
    browser: Browser,
}

impl Work for Whole {
    async fn once(&mut self) -> Result<Progress, Failure> {
        flow(&self.provider, &mut self.browser).await.map(|_| Progress::Done)
    }
}

/// Browsers that go through the whole flow.
pub fn whole_flow(setting: &Setting) -> Vec<Whole> {
    let provider = || Arc::clone(&setting.provider);
    setting.browsers().map(|browser| Whole { provider: provider(), browser }).collect()
}

/// The tokens of a browser with a session.
pub async fn flow(provider: &Provider, browser: &mut Browser) -> Result<Tokens, Failure> {
    let (attempt, back) = authorized(provider, browser).await?;
    provider.redeem(browser.client(), &attempt, &back).await
}

/// An authorization request, and where the browser was sent with the code.
async fn authorized(provider: &Provider, browser: &mut Browser) -> Result<(Attempt, Url), Failure> {
    let attempt = provider.attempt();
    let at = browser.open(&attempt.url).await?;
    let back = browser.consent(at).await?;
    Ok((attempt, back))
}

/// A client that redeems codes that were fetched before.
#[derive(Debug)]
pub struct Exchanging {
    provider: Arc<Provider>,
    client: Client,
    codes: Codes,
}

/// Codes of which any client takes the next: none of them runs dry while others still have some.
type Codes = Arc<Mutex<Vec<(Attempt, Url)>>>;

impl Work for Exchanging {
    async fn once(&mut self) -> Result<Progress, Failure> {
        let next = self.codes.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let Some((attempt, back)) = next else { return Ok(Progress::Exhausted) };
        self.provider.redeem(&self.client, &attempt, &back).await.map(|_| Progress::Done)
    }
}

/// The longest window. Codes live for a minute, and the first of them are fetched as long before it, and before its
/// warm-up: 25, 5 and 25 seconds.
pub const LONGEST: Duration = Duration::from_secs(25);

/// Clients with codes, fetched for as long as they are going to be redeemed. Where fetching is the slower half they run
/// out before the window ends, which then counts as far as it went.
pub async fn exchange(setting: &Setting) -> Result<Vec<Exchanging>, Failure> {
    let until = Instant::now() + setting.duration;
    let mut tasks = JoinSet::new();
    for mut browser in setting.browsers() {
        let provider = Arc::clone(&setting.provider);
        tasks.spawn(async move {
            let mut codes = Vec::new();
            while Instant::now() < until || codes.is_empty() {
                codes.push(authorized(&provider, &mut browser).await?);
            }
            Ok(codes)
        });
    }
    let fetched: Result<Vec<_>, Failure> = tasks.join_all().await.into_iter().collect();
    let codes = Arc::new(Mutex::new(fetched?.into_iter().flatten().collect()));
    let exchanging =
        |client| Exchanging { provider: Arc::clone(&setting.provider), client, codes: Arc::clone(&codes) };
    Ok(setting.clients().map(exchanging).collect())
}

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
pub fn signing_in(setting: &Setting) -> Vec<SigningIn> {
    let people = setting.people.iter().take(setting.connections);
    let workers = people.map(|person| SigningIn {
        provider: Arc::clone(&setting.provider),
        browser: person.browser.with_its_cookies(),
        account: person.account.clone(),
    });
    workers.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::WARM_UP;

    #[test]
    fn the_first_code_that_was_fetched_still_lives_when_the_window_ends() {
        assert!(LONGEST + LONGEST / WARM_UP + LONGEST < Duration::from_mins(1));
    }
}
