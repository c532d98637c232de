//! Seals what the realm keeps for long with the current key-encryption key, so that the previous one can go (K12).
//!
//! Pending enrolments are left alone: they are over within [`enrol::LIFE_SECONDS`](super::enrol::LIFE_SECONDS), and what comes of them is sealed anew.

use super::seed;
use crate::{
    realm::Realm,
    store::{
        audit::{self, Event},
        factors,
    },
};

/// How many seeds are looked at together.
const PAGE: i64 = 500;

/// What was under the previous key.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    /// Signing keys that are under the current one now.
    pub keys: usize,
    /// TOTP seeds that are under the current one now.
    pub seeds: usize,
    /// Accounts whose TOTP seed opens with neither.
    pub lost: Vec<String>,
}

/// Does it, and adds to the audit trail that it was done. It can be repeated and run beside everything else: each value is
/// replaced only while it is the one that was read.
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
