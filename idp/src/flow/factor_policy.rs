//! Which second factor is demanded of an account, by its roles as they are now.

use database::On;
use protocol::authorize::{Enrolled, FactorPolicy};

use super::Result;
use crate::{
    realm::Realm,
    store::factors::{self, Held},
};

/// What an account has, and what is demanded of it.
#[derive(Debug, Clone, Copy)]
pub struct Demand {
    /// Its second factors.
    pub enrolled: Enrolled,
    /// Which one it has to prove.
    pub policy: FactorPolicy,
}

impl Demand {
    /// Whether nothing but a passkey is of use to the account.
    pub fn is_for_a_passkey(self) -> bool {
        self.policy == FactorPolicy::PhishingResistant
    }

    /// Whether recovery codes are of use to the account: without them somebody who loses a device could be locked out.
    pub fn needs_codes(self) -> bool {
        self.enrolled.is_recovered_by_codes(self.policy)
    }
}

/// The demand on an account.
pub async fn of_account(realm: &Realm, on: impl Into<On<'_>>, user_id: &str) -> Result<Demand> {
    let Held { enrolled, roles, .. } = factors::held(on, user_id).await?;
    Ok(Demand { enrolled, policy: realm.config.factors.of(&roles) })
}
