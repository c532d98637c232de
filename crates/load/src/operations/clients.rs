//! What clients do without anybody's browser: they read documents, and use tokens.

use std::sync::Arc;

use url::Url;

use super::{Operation, Setting};
use crate::{
    http::{Browser, Client, Failure},
    provider::{
        Provider,
        client::{fetch, userinfo},
    },
    work::{Progress, Work},
};

/// Why there is no refreshing although the grant is offered.
pub const NO_REFRESH_TOKEN: &str = "no refresh token was issued; another --scope may be needed";

/// Fetches one document again and again.
#[derive(Debug)]
pub struct Reader {
    client: Client,
    url: Url,
}

impl Reader {
    /// Somebody who reads that document.
    pub fn new(client: Client, url: Url) -> Self {
        Self { client, url }
    }
}

impl Work for Reader {
    async fn once(&mut self) -> Result<Progress, Failure> {
        fetch(&self.client, &self.url).await.map(|()| Progress::Done)
    }
}

/// Readers of the document an operation is about.
pub fn readers(operation: Operation, setting: &Setting) -> Vec<Reader> {
    let metadata = &setting.provider.metadata;
    let keys = &metadata.jwks_uri;
    let document = metadata.document.as_ref().filter(|_| operation == Operation::Discovery);
    let url = document.unwrap_or(keys);
    setting.clients().map(|client| Reader::new(client, url.clone())).collect()
}

/// A client that gets a token for itself.
#[derive(Debug)]
pub struct ForItself {
    provider: Arc<Provider>,
    client: Client,
}

impl Work for ForItself {
    async fn once(&mut self) -> Result<Progress, Failure> {
        self.provider.client_credentials(&self.client).await.map(|_| Progress::Done)
    }
}

/// Clients that get tokens for themselves.
pub fn of_the_client(setting: &Setting) -> Vec<ForItself> {
    let provider = || Arc::clone(&setting.provider);
    setting.clients().map(|client| ForItself { provider: provider(), client }).collect()
}

/// What is asked about an access token.
#[derive(Debug, Clone, Copy)]
enum Question {
    Introspection,
    Userinfo,
}

/// Somebody who asks about one access token again and again.
#[derive(Debug)]
pub struct Asking {
    provider: Arc<Provider>,
    caller: Browser,
    token: String,
    question: Question,
}

impl Work for Asking {
    async fn once(&mut self) -> Result<Progress, Failure> {
        let (metadata, by) = (&self.provider.metadata, self.caller.client());
        let missing = || Failure::unexpected("no such endpoint");
        match self.question {
            Question::Introspection => {
                let at = metadata.introspection_endpoint.as_ref().ok_or_else(missing)?;
                self.provider.introspect(by, at, &self.token).await?;
            }
            Question::Userinfo => {
                let at = metadata.userinfo_endpoint.as_ref().ok_or_else(missing)?;
                userinfo(by, at, &self.token).await?;
            }
        }
        Ok(Progress::Done)
    }
}

/// Clients that introspect a person's access token.
pub async fn introspected(setting: &Setting) -> Result<Vec<Asking>, Failure> {
    asking(setting, Question::Introspection).await
}

/// Clients that ask userinfo with a person's access token.
pub async fn shown_for_userinfo(setting: &Setting) -> Result<Vec<Asking>, Failure> {
    asking(setting, Question::Userinfo).await
}

async fn asking(setting: &Setting, question: Question) -> Result<Vec<Asking>, Failure> {
    let tokens = setting.tokens().await?.into_iter();
    let asking = tokens.map(|(caller, tokens)| {
        let provider = Arc::clone(&setting.provider);
        Asking { provider, caller, token: tokens.access_token, question }
    });
    Ok(asking.collect())
}

/// A client that refreshes with the token it was given last.
#[derive(Debug)]
pub struct Refreshing {
    provider: Arc<Provider>,
    caller: Browser,
    token: String,
}

impl Work for Refreshing {
    async fn once(&mut self) -> Result<Progress, Failure> {
        let tokens = self.provider.refresh(self.caller.client(), &self.token).await?;
        // a provider that doesn't rotate needn't repeat the token (RFC 6749 section 6)
        if let Some(next) = tokens.refresh_token {
            self.token = next;
        }
        Ok(Progress::Done)
    }
}

/// Clients that refresh, each its own grant.
pub async fn refreshed(setting: &Setting) -> Result<Vec<Refreshing>, Failure> {
    let tokens = setting.tokens().await?.into_iter();
    let refreshing = tokens.map(|(caller, tokens)| {
        let token = tokens.refresh_token.ok_or_else(|| Failure::unexpected(NO_REFRESH_TOKEN))?;
        Ok(Refreshing { provider: Arc::clone(&setting.provider), caller, token })
    });
    refreshing.collect()
}
