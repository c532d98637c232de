//! Seals the lasting secrets of the realm again with the current key-encryption key, so that the previous one can go
//! (K12).
//!
//! Pending enrolments are left alone. They expire within [`enrol::LIFE_SECONDS`](super::enrol::LIFE_SECONDS), and a
//! confirmed enrolment is sealed anew.

use super::seed;
use crate::{
    realm::Realm,
    store::{
        audit::{self, Event},
        factors,
    },
};

/// How many seeds are read at a time.
const PAGE: i64 = 500;

/// The secrets that were under the previous key.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    /// Signing keys that are now under the current key.
    pub keys: usize,
    /// TOTP seeds that are now under the current key.
    pub seeds: usize,
    /// Accounts whose TOTP seed opens with neither key.
    pub lost: Vec<String>,
}

/// Seals all of them again and adds that to the audit trail. It can be repeated and run beside everything else: each
/// value is replaced only if it is still the one that was read.
pub async fn reseal(realm: &Realm) -> anyhow::Result<Resealed> {
    let mut done = Resealed { keys: realm.keys.reseal().await?, ..Resealed::default() };
    reseal_seeds(realm, &mut done).await?;
    let detail = format!("{} signing keys, {} seeds", done.keys, done.seeds);
    let event = Event {
        id: realm.new_id(),
        at: realm.now(),
        kind: "secrets.resealed",
        actor: Some(audit::COMMAND_LINE),
        detail: Some(&detail),
        ..Event::default()
    };
    audit::record(&realm.store.facts, &event).await?;
    Ok(done)
}

async fn reseal_seeds(realm: &Realm, done: &mut Resealed) -> anyhow::Result<()> {
    let facts = &realm.store.facts;
    let mut last = String::new();
    loop {
        let page = factors::seeds_after(facts, &last, PAGE).await?;
        let Some(end) = page.last() else { return Ok(()) };
        last.clone_from(&end.user_id);
        for factors::SealedSeed { user_id, seed: old } in page {
            match realm.secrets.sealing.reseal(&old, seed::CONTEXT, realm.bytes()) {
                Ok(None) => {}
                Ok(Some(new)) => {
                    done.seeds += usize::from(factors::reseal(facts, &user_id, &old, &new).await?);
                }
                Err(_) => done.lost.push(user_id),
            }
        }
    }
}
