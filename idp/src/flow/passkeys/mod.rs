//! Passkeys of a realm's accounts.
//!
//! * [`ceremony`]: what the browser is asked for, and how its answer is recognised
//! * [`sign_in`]: signing in with nothing but a passkey
//! * [`proof`]: a passkey after a password
//! * [`add`]: registering one
//! * [`prompt`]: the offer of one after a password
//! * [`manage`]: the list, its labels, removal

pub mod add;
pub mod ceremony;
pub mod manage;
pub mod prompt;
pub mod proof;
pub mod sign_in;

use database::Tx;
use protocol::acr::Amr;

use super::Result;
use crate::{
    authn::passkey::Stored,
    realm::Realm,
    store::passkeys::{self, Passkey},
};

/// Whether a passkey is in hardware that has proved what it is, and that the realm still trusts.
fn is_hardware(realm: &Realm, passkey: &Passkey) -> bool {
    let relying_party = realm.passkeys.as_ref();
    relying_party.is_some_and(|party| party.is_hardware(passkey.attested_model.as_deref()))
}

/// An answer that passed every rule, and is about to count.
struct Proved {
    /// The challenge that it answers.
    spent: ceremony::Spent,
    /// The passkey with its new state.
    passkey: Passkey,
    /// Whether the passkey can exist on several devices.
    synced: bool,
}

impl Proved {
    fn new(spent: ceremony::Spent, before: Passkey, now: Stored) -> Self {
        let Stored { credential, sign_count, synced, .. } = now;
        Self { spent, passkey: Passkey { credential, sign_count, ..before }, synced }
    }

    /// The methods of authentication with this one added.
    fn added_to(&self, realm: &Realm, methods: Amr) -> Amr {
        let methods = methods.with_passkey(self.synced);
        if is_hardware(realm, &self.passkey) { methods.with_attested_hardware() } else { methods }
    }

    /// Uses the challenge up and records the use, in the transaction of what the passkey allows. `false` when the
    /// challenge was used before, or when the passkey is gone or was used by a copy of its authenticator (X1, X15).
    async fn count(&self, realm: &Realm, tx: &mut Tx) -> Result<bool> {
        Ok(self.spent.use_up(tx).await? && passkeys::used(tx, &self.passkey, realm.now()).await?)
    }
}
