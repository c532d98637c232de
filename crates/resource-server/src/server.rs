//! Verification of access tokens.

use std::sync::Arc;

use clock::SharedClock;
use protocol::{
    access_token::{self, AccessClaims, Expect},
    acr,
};

use crate::{
    config::{BadConfig, Config},
    keys::{KeyRing, KeySource, NotVerified},
    metadata,
    refusal::{Reason, Refusal},
};

/// Verifies access tokens for one resource of one realm.
#[derive(Debug)]
pub struct ResourceServer {
    config: Config,
    keys: KeyRing,
    clock: SharedClock,
}

impl ResourceServer {
    /// A resource server that fetches keys from `keys` at first use.
    ///
    /// # Errors
    /// [`BadConfig`] when a value would make a check ineffective.
    pub fn new(config: Config, keys: Arc<dyn KeySource>, clock: SharedClock) -> Result<Self, BadConfig> {
        config.check()?;
        let keys = KeyRing::new(keys, config.jwks_cooldown);
        Ok(Self { config, keys, clock })
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The realm's keys, also for verifying other tokens of the realm.
    pub fn keys(&self) -> &KeyRing {
        &self.keys
    }

    /// Verifies an access token. No other function accepts access tokens.
    ///
    /// # Errors
    /// [`NotVerified`] distinguishes an invalid token from missing keys.
    pub async fn verify(&self, token: &str) -> Result<AccessClaims, NotVerified> {
        let (config, now) = (&self.config, self.clock.now());
        let expect = Expect {
            issuer: &config.issuer,
            audience: Some(&config.audience),
            leeway: config.leeway,
            max_lifetime: config.max_token_lifetime,
        };
        let verify = |keys: &_| access_token::verify(keys, token, &expect, now);
        self.keys.verify(self.clock.elapsed(), verify).await
    }

    /// Requires the configured `acr` (RFC 9470).
    ///
    /// # Errors
    /// The sign-in was too weak.
    pub fn demand_acr(&self, claims: &AccessClaims) -> Result<(), Reason> {
        let Some(required) = &self.config.required_acr else { return Ok(()) };
        if acr::satisfies(required, claims.acr.as_deref(), &claims.amr) {
            return Ok(());
        }
        Err(Reason::InsufficientAuthentication { acr: Some(required.clone()), max_age: None })
    }

    /// Requires a sign-in at most `seconds` ago (RFC 9470).
    ///
    /// # Errors
    /// The sign-in was earlier, or the token has no `auth_time`.
    pub fn demand_fresh(&self, claims: &AccessClaims, seconds: i64) -> Result<(), Reason> {
        let (now, leeway) = (self.clock.now(), self.config.leeway);
        if claims.auth_time.is_some_and(|at| now - at <= seconds + leeway) {
            return Ok(());
        }
        let acr = self.config.required_acr.clone();
        Err(Reason::InsufficientAuthentication { acr, max_age: Some(seconds) })
    }

    /// A refusal of this resource.
    pub fn refuse(&self, reason: Reason) -> Refusal {
        Refusal::new(reason, metadata::url(&self.config.audience))
    }
}

/// Requires a scope of the token.
///
/// # Errors
/// The token lacks the scope.
pub fn demand_scope(claims: &AccessClaims, scope: &str) -> Result<(), Reason> {
    if claims.scope.contains(scope) { Ok(()) } else { Err(Reason::MissingScope(scope.to_owned())) }
}

/// Requires a permission from the person's roles.
///
/// # Errors
/// The token lacks the permission.
pub fn demand_permission(claims: &AccessClaims, permission: &str) -> Result<(), Reason> {
    if claims.permissions.iter().any(|held| held == permission) {
        return Ok(());
    }
    Err(Reason::MissingPermission(permission.to_owned()))
}
