//! What is measured.
//!
//! * [`clients`]: what clients do by themselves
//! * [`browsers`]: what people do in their browsers

pub mod browsers;
pub mod clients;

use std::{sync::Arc, time::Duration};

use clap::ValueEnum;

use crate::{
    http::{Browser, Client, Failure, loopback},
    people::Person,
    process::Process,
    provider::{Metadata, Provider, Tokens},
    work::{self, Measured, Work},
};

/// An operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Operation {
    /// GET of the discovery document
    Discovery,
    /// GET of the key set
    Jwks,
    /// A token for the client itself
    ClientCredentials,
    /// Authorization request with a session, and the exchange of its code
    CodeFlow,
    /// The exchange alone, of codes that were fetched before
    CodeExchange,
    /// Refresh tokens, each with the one before
    Refresh,
    /// Introspection of an access token
    Introspection,
    /// Userinfo with an access token
    Userinfo,
    /// From no cookie at all, by password, back to the client with a code
    PasswordSignIn,
}

/// What came of an operation.
#[derive(Debug)]
pub enum Outcome {
    /// It was measured.
    Measured(Box<Measured>),
    /// The provider doesn't have it, or we have no account there, and why that is so.
    NotOffered(String),
    /// It could not be prepared.
    Failed(Failure),
}

/// How an operation is measured.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The provider.
    pub provider: Arc<Provider>,
    /// People with accounts there, signed in.
    pub people: Arc<Vec<Person>>,
    /// How many ask at the same time.
    pub connections: usize,
    /// For how long.
    pub duration: Duration,
    /// Whose memory and time on a core are told.
    pub process: Option<Process>,
}

impl Operation {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 9] = [
        Self::Discovery,
        Self::Jwks,
        Self::ClientCredentials,
        Self::Introspection,
        Self::Userinfo,
        Self::CodeFlow,
        Self::CodeExchange,
        Self::Refresh,
        Self::PasswordSignIn,
    ];

    /// As on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Discovery => "discovery",
            Self::Jwks => "jwks",
            Self::ClientCredentials => "client-credentials",
            Self::CodeFlow => "code-flow",
            Self::CodeExchange => "code-exchange",
            Self::Refresh => "refresh",
            Self::Introspection => "introspection",
            Self::Userinfo => "userinfo",
            Self::PasswordSignIn => "password-sign-in",
        }
    }

    /// Whether somebody with an account has to take part.
    pub fn needs_people(self) -> bool {
        !matches!(self, Self::Discovery | Self::Jwks | Self::ClientCredentials)
    }

    /// Why the provider, by its own words, doesn't have it.
    fn missing(self, metadata: &Metadata) -> Option<&'static str> {
        let missing = |there: bool, why: &'static str| (!there).then_some(why);
        match self {
            Self::ClientCredentials => missing(metadata.has_grant("client_credentials"), "no such grant"),
            Self::Refresh => missing(metadata.has_grant("refresh_token"), "no such grant"),
            Self::Introspection => missing(metadata.introspection_endpoint.is_some(), "no such endpoint"),
            Self::Userinfo => missing(metadata.userinfo_endpoint.is_some(), "no such endpoint"),
            _ => None,
        }
    }

    /// Measures it.
    pub async fn measure(self, setting: &Setting) -> Outcome {
        if let Some(why) = self.missing(&setting.provider.metadata) {
            return Outcome::NotOffered(why.to_owned());
        }
        if self.needs_people() && setting.people.is_empty() {
            return Outcome::NotOffered("nobody could sign in".to_owned());
        }
        let measured = match self {
            Self::Discovery | Self::Jwks => setting.run(clients::readers(self, setting)).await,
            Self::ClientCredentials => setting.run(clients::of_the_client(setting)).await,
            Self::Introspection => setting.run_all(clients::introspected(setting).await).await,
            Self::Userinfo => setting.run_all(clients::shown_for_userinfo(setting).await).await,
            Self::Refresh => setting.run_all(clients::refreshed(setting).await).await,
            Self::CodeFlow => setting.run(browsers::whole_flow(setting)).await,
            Self::CodeExchange => {
                let setting =
                    Setting { duration: setting.duration.min(browsers::LONGEST), ..setting.clone() };
                setting.run_all(browsers::exchange(&setting).await).await
            }
            Self::PasswordSignIn => setting.run(browsers::signing_in(setting)).await,
        };
        measured.unwrap_or_else(|failure| match failure {
            Failure::Unexpected(why) if why == clients::NO_REFRESH_TOKEN => Outcome::NotOffered(why),
            failure => Outcome::Failed(failure),
        })
    }
}

impl Outcome {
    /// A rate of nothing is no measurement.
    fn of(measured: Measured) -> Self {
        if measured.latencies.is_empty() && measured.failures.is_empty() {
            return Self::Failed(Failure::unexpected("nothing was left to do it with after the warm-up"));
        }
        Self::Measured(Box::new(measured))
    }
}

impl Setting {
    async fn run<W: Work>(&self, workers: Vec<W>) -> Result<Outcome, Failure> {
        Ok(Outcome::of(work::measure(workers, self.duration, self.process).await))
    }

    async fn run_all<W: Work>(&self, workers: Result<Vec<W>, Failure>) -> Result<Outcome, Failure> {
        self.run(workers?).await
    }

    /// Browsers with sessions, as many as ask at the same time.
    fn browsers(&self) -> impl Iterator<Item = Browser> {
        let people = self.people.iter().cycle().take(self.connections);
        people.map(|person| person.browser.with_its_cookies())
    }

    /// Clients, each at an address of its own.
    fn clients(&self) -> impl Iterator<Item = Client> {
        (0..self.connections).map(|n| Client::from(loopback::source(n)))
    }

    /// Tokens as the provider issues them to people.
    pub async fn tokens_of_somebody(&self) -> Result<Tokens, Failure> {
        let nobody = || Failure::unexpected("nobody has signed in");
        let mut browser = self.browsers().next().ok_or_else(nobody)?;
        browsers::flow(&self.provider, &mut browser).await
    }

    /// Tokens of each browser, with the connection they came over.
    async fn tokens(&self) -> Result<Vec<(Browser, Tokens)>, Failure> {
        let mut all = Vec::new();
        for mut browser in self.browsers() {
            let tokens = browsers::flow(&self.provider, &mut browser).await?;
            all.push((browser, tokens));
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn what_was_done_or_failed_is_measured_and_nothing_at_all_is_not() {
        let measured = |successes: u64, failures: BTreeMap<Failure, u64>| {
            let mut latencies = work::histogram();
            (0..successes).for_each(|_| work::note(&mut latencies, Duration::from_millis(1)));
            let window = Duration::from_secs(1);
            Outcome::of(Measured { latencies, failures, window, cpu: None, own_cpu: None, rss: None })
        };
        assert!(matches!(measured(1, BTreeMap::new()), Outcome::Measured(_)));
        assert!(matches!(measured(0, [(Failure::TimedOut, 1)].into()), Outcome::Measured(_)));
        assert!(matches!(measured(0, BTreeMap::new()), Outcome::Failed(_)));
    }
}
