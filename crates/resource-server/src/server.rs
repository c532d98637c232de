//! The judge of access tokens.

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

/// Judges access tokens for one resource of one realm.
#[derive(Debug)]
pub struct ResourceServer {
    config: Config,
    keys: KeyRing,
    clock: SharedClock,
}

impl ResourceServer {
    /// A judge whose keys come from `keys`, when they are first needed.
    ///
    /// # Errors
    /// [`BadConfig`] when a check would not hold.
    pub fn new(config: Config, keys: Arc<dyn KeySource>, clock: SharedClock) -> Result<Self, BadConfig> {
        config.check()?;
        let keys = KeyRing::new(keys, config.jwks_cooldown);
        Ok(Self { config, keys, clock })
    }

    /// Whom it believes.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The realm's keys, for other tokens of its.
    pub fn keys(&self) -> &KeyRing {
        &self.keys
    }

    /// Judges an access token by itself: the one way in.
    ///
    /// # Errors
    /// [`NotVerified`] tells a token that is wrong from keys that can't be had.
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

    /// Demands the `acr` that every caller must have (RFC 9470).
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

    /// Demands a sign-in at most `seconds` ago (RFC 9470).
    ///
    /// # Errors
    /// The sign-in was earlier, or the token doesn't say when it was.
    pub fn demand_fresh(&self, claims: &AccessClaims, seconds: i64) -> Result<(), Reason> {
        let (now, leeway) = (self.clock.now(), self.config.leeway);
        if claims.auth_time.is_some_and(|at| now - at <= seconds + leeway) {
            return Ok(());
        }
        let acr = self.config.required_acr.clone();
        Err(Reason::InsufficientAuthentication { acr, max_age: Some(seconds) })
    }

    /// A refusal in this resource's name.
    pub fn refuse(&self, reason: Reason) -> Refusal {
        Refusal::new(reason, metadata::url(&self.config.audience))
    }
}

/// Demands a scope of the token.
///
/// # Errors
/// It lacks the scope.
pub fn demand_scope(claims: &AccessClaims, scope: &str) -> Result<(), Reason> {
    if claims.scope.contains(scope) { Ok(()) } else { Err(Reason::MissingScope(scope.to_owned())) }
}

/// Demands a permission from the person's roles.
///
/// # Errors
/// No role of theirs has the permission.
pub fn demand_permission(claims: &AccessClaims, permission: &str) -> Result<(), Reason> {
    if claims.permissions.iter().any(|held| held == permission) {
        return Ok(());
    }
    Err(Reason::MissingPermission(permission.to_owned()))
}
