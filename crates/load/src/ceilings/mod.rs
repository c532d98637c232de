//! What the machine can do at most, measured in the same run and on the same cores: the parts that no provider can do
//! without.
//!
//! * [`cryptography`]: on every core
//! * [`empty`]: HTTP with nothing behind it, by the same client
//! * [`commits`]: durable commits, by as many callers

pub mod commits;
pub mod cryptography;
pub mod empty;

use std::{
    thread,
    time::{Duration, Instant},
};

use crate::{operations::Operation, work::float};

/// Rates per second; none where it was not measured.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Ceilings {
    /// Tokens signed with ES256.
    pub es256: Option<f64>,
    /// Tokens signed with RS256, with a key of the provider's size.
    pub rs256: Option<f64>,
    /// The size of that key, bits.
    pub rsa_bits: u32,
    /// Password hashes with the parameters of the provider.
    pub argon2: Option<f64>,
    /// Requests to a handler that does nothing.
    pub empty: Option<f64>,
    /// Durable commits of one row, SQLite.
    pub sqlite: Option<f64>,
    /// Durable commits of one row, PostgreSQL.
    pub postgres: Option<f64>,
}

/// What the measured provider uses of it.
#[derive(Debug, Clone, Default)]
pub struct Uses {
    /// How access tokens of people are signed; none for opaque ones.
    pub access: Option<String>,
    /// How a client's own access token is signed; none for an opaque one.
    pub client: Option<String>,
    /// How ID tokens are signed.
    pub id: Option<String>,
    /// Whether its facts are on PostgreSQL, on SQLite, or who knows where.
    pub postgres: Option<bool>,
}

impl Ceilings {
    /// The rate that an operation can't exceed: the parts that need a core add their times, the disk makes its commits
    /// meanwhile, and the slower of both is what counts. None when a part was not measured.
    pub fn of(&self, operation: Operation, uses: &Uses) -> Option<f64> {
        let commit = match uses.postgres {
            Some(true) => self.postgres,
            Some(false) => self.sqlite,
            None => None,
        };
        let signed = |algorithm: Option<&String>| match algorithm.map(String::as_str) {
            Some("ES256") => self.es256,
            Some("RS256") => self.rs256,
            Some(_) => None,
            None => Some(f64::INFINITY),
        };
        let (access, id) = (signed(uses.access.as_ref()), signed(uses.id.as_ref()));
        let client = signed(uses.client.as_ref());
        let slower = |cores: Option<f64>, commits: f64| Some(cores?.min(commit? / commits));
        match operation {
            Operation::Discovery | Operation::Jwks | Operation::Introspection | Operation::Userinfo => {
                self.empty
            }
            Operation::ClientCredentials => together(&[self.empty, client]),
            Operation::CodeExchange | Operation::Refresh => slower(together(&[self.empty, access, id]), 1.0),
            Operation::CodeFlow => slower(together(&[self.empty, self.empty, access, id]), 2.0),
            Operation::PasswordSignIn => self.argon2,
        }
    }
}

/// The rate of parts that follow each other, each as fast as it is alone.
pub fn together(rates: &[Option<f64>]) -> Option<f64> {
    let mut seconds = 0.0;
    for rate in rates {
        seconds += 1.0 / (*rate)?;
    }
    (seconds > 0.0).then(|| 1.0 / seconds)
}

/// How often a second all threads together can do something. `make` prepares one thread.
fn on_threads<F: FnMut() -> bool + Send>(
    threads: usize,
    duration: Duration,
    make: impl Fn() -> F,
) -> Option<f64> {
    let rates = thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|_| {
                let mut work = make();
                scope.spawn(move || {
                    // the first time is slower: memory is new then
                    work().then_some(())?;
                    let begun = Instant::now();
                    let mut count = 0;
                    while begun.elapsed() < duration {
                        work().then_some(())?;
                        count += 1;
                    }
                    Some(float(count) / begun.elapsed().as_secs_f64())
                })
            })
            .collect();
        running.into_iter().map(|thread| thread.join().ok().flatten()).collect::<Option<Vec<f64>>>()
    });
    rates.map(|rates| rates.iter().sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(rate: Option<f64>, expected: f64) -> bool {
        rate.is_some_and(|rate| (rate - expected).abs() < 1e-6)
    }

    #[test]
    fn parts_that_follow_each_other_add_their_times() {
        assert!(near(together(&[Some(100.0), Some(50.0)]), 1.0 / 0.03));
        assert_eq!(together(&[Some(100.0), None]), None);
        assert_eq!(together(&[]), None);
    }

    #[test]
    fn a_ceiling_has_the_parts_that_the_provider_uses() {
        let ceilings = Ceilings {
            es256: Some(1000.0),
            rs256: Some(200.0),
            empty: Some(500.0),
            sqlite: Some(100.0),
            ..Ceilings::default()
        };
        let named = |name: &str| Some(name.to_owned());
        let (access, client, id) = (named("ES256"), named("ES256"), named("RS256"));
        let mut uses = Uses { access, client, id, postgres: Some(false) };
        let of = |operation, uses: &Uses| ceilings.of(operation, uses);
        assert!(near(of(Operation::ClientCredentials, &uses), 1.0 / 0.003));
        assert!(near(of(Operation::Refresh, &uses), 100.0), "the disk is slower");
        assert!(near(of(Operation::CodeFlow, &uses), 50.0), "two commits");
        assert_eq!(of(Operation::PasswordSignIn, &uses), None);
        uses.id = Some("ES256".into());
        let quick = Ceilings { sqlite: Some(1e6), ..ceilings.clone() };
        assert!(near(quick.of(Operation::Refresh, &uses), 1.0 / 0.004), "the cores are slower");
        uses.client = None;
        assert!(near(of(Operation::ClientCredentials, &uses), 500.0), "an opaque token is not signed");
        uses.postgres = Some(true);
        assert_eq!(of(Operation::Refresh, &uses), None, "that database was not measured");
        uses.client = named("EdDSA");
        assert_eq!(of(Operation::ClientCredentials, &uses), None, "that algorithm was not measured");
    }
}
