//! The configuration of a resource server.

use protocol::access_token::MAX_LIFETIME;
use url::Url;

/// The configuration of one resource of one realm.
#[derive(Debug, Clone)]
pub struct Config {
    /// The realm's issuer, compared as an exact string.
    pub issuer: String,
    /// The only audience accepted in access tokens: this resource's URL, as the realm knows it.
    pub audience: String,
    /// The scopes that this resource knows, announced in its metadata.
    pub scopes: Vec<String>,
    /// The `acr` that every caller must have, if any.
    pub required_acr: Option<String>,
    /// Clock tolerance in seconds, at most 60.
    pub leeway: i64,
    /// Longest accepted `exp - iat` of an access token in seconds, at most a day.
    pub max_token_lifetime: i64,
    /// Seconds between two fetches of the key set, at least 30.
    pub jwks_cooldown: i64,
}

/// A configuration value that would make a check ineffective.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {message}")]
pub struct BadConfig {
    /// The field.
    pub key: &'static str,
    /// What is wrong with it; never contains the value.
    pub message: &'static str,
}

impl Config {
    /// A resource that accepts the tokens of `issuer` for `audience`, with a clock tolerance of a minute and a token
    /// lifetime of an hour at most.
    pub fn new(issuer: &str, audience: &str) -> Self {
        Self {
            issuer: issuer.to_owned(),
            audience: audience.to_owned(),
            scopes: Vec::new(),
            required_acr: None,
            leeway: 60,
            max_token_lifetime: 3600,
            jwks_cooldown: 30,
        }
    }

    /// Refuses values that would make a check ineffective.
    ///
    /// # Errors
    /// [`BadConfig`] names the first wrong value.
    pub fn check(&self) -> Result<(), BadConfig> {
        let bad = |key, message| Err(BadConfig { key, message });
        if !(0..=60).contains(&self.leeway) {
            return bad("leeway", "must be between 0 and 60 seconds");
        }
        if self.jwks_cooldown < 30 {
            return bad("jwks_cooldown", "must be at least 30 seconds");
        }
        if !(1..=MAX_LIFETIME).contains(&self.max_token_lifetime) {
            return bad("max_token_lifetime", "must be between a second and a day");
        }
        if Url::parse(&self.issuer).is_err() {
            return bad("issuer", "must be an absolute URL");
        }
        if self.audience.is_empty() {
            return bad("audience", "must not be empty");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k7_values_under_which_a_check_would_not_hold_are_refused() {
        let good = Config::new("https://id.example", "https://notes.example");
        assert_eq!(good.check(), Ok(()));
        for (key, bad) in [
            ("leeway", Config { leeway: 61, ..good.clone() }),
            ("leeway", Config { leeway: -1, ..good.clone() }),
            ("jwks_cooldown", Config { jwks_cooldown: 29, ..good.clone() }),
            ("max_token_lifetime", Config { max_token_lifetime: 0, ..good.clone() }),
            ("max_token_lifetime", Config { max_token_lifetime: 86_401, ..good.clone() }),
            ("issuer", Config { issuer: "id.example".to_owned(), ..good.clone() }),
            ("audience", Config { audience: String::new(), ..good.clone() }),
        ] {
            assert_eq!(bad.check().unwrap_err().key, key);
        }
    }
}
