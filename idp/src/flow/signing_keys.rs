//! Rotating and revoking signing keys, by age or on an operator's demand (KEY-1, K13).

use std::time::Duration;

use database::again;
use protocol::{
    jose::{
        Algorithm,
        rotation::{self, Due, KeyState, NotNow, Rotation},
    },
    stored_time::LEEWAY,
};
use runtime::shutdown::Shutdown;

use crate::{
    realm::Realm,
    store::{
        audit::{self, COMMAND_LINE, Event},
        keys,
    },
};

/// How soon a replica knows what another replica or an operator did.
const PERIOD: Duration = Duration::from_secs(5);

/// Keeps the realm's keys current and does what is due, until shutdown.
pub async fn run(realm: &Realm, shutdown: Shutdown) {
    // at first only the active keys, which requests may be waiting for; their successors have time
    let mut done = noted(realm, make_missing(realm, KeyState::Active).await);
    while !shutdown.is_fired() {
        if let Err(error) = done {
            let (realm, error) = (realm.config.name.as_str(), format!("{error:#}"));
            tracing::error!(realm, error, "the signing keys could not be read or rotated");
        }
        tokio::time::sleep(PERIOD).await;
        done = maintain(realm).await;
    }
}

/// Does everything that is due, and reads what other replicas did. Every replica may do so at any time.
pub async fn maintain(realm: &Realm) -> anyhow::Result<()> {
    noted(realm, do_what_is_due(realm).await)
}

/// After a failure, requests stop waiting for keys that can't be made.
fn noted(realm: &Realm, done: anyhow::Result<()>) -> anyhow::Result<()> {
    if done.is_err() {
        realm.keys.failed();
    }
    done
}

async fn do_what_is_due(realm: &Realm) -> anyhow::Result<()> {
    realm.keys.reload().await?;
    make_missing(realm, KeyState::Active).await?;
    make_missing(realm, KeyState::Next).await?;
    let mut changed = false;
    for due in realm.keys.due() {
        match due {
            Due::Make(..) => continue,
            Due::Rotate(rotation) => drop(again!(rotate(realm, &rotation, None))?),
            Due::Forget(kid) => drop(keys::forget(&realm.store.facts, &kid).await?),
            Due::Date(kid) => {
                let now = realm.now();
                keys::date(&realm.store.facts, &kid, now, now + LEEWAY).await?;
            }
        }
        changed = true;
    }
    // opening every key costs milliseconds: only when something changed
    if changed { realm.keys.reload().await } else { Ok(()) }
}

/// Makes the keys that are missing in the wanted state, as far as this process knows.
async fn make_missing(realm: &Realm, wanted: KeyState) -> anyhow::Result<()> {
    let mut made = false;
    for due in realm.keys.due() {
        if let Due::Make(algorithm, state) = due
            && state == wanted
        {
            realm.keys.make(algorithm, state).await?;
            made = true;
        }
    }
    if made { realm.keys.reload().await } else { Ok(()) }
}

/// Who did the rotation that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rotated {
    /// This process did.
    Here(Rotation),
    /// Another process did, after it was asked for or just before.
    Meanwhile(Rotation),
}

/// A rotation at most this many seconds before it was asked for counts as the one that was asked for.
const TOGETHER_SECONDS: i64 = 10;

/// Rotates an algorithm's keys, as was asked for at `wished_at`, Unix seconds. Refused while caches may not know the
/// next key.
pub async fn rotate_now(
    realm: &Realm,
    algorithm: Algorithm,
    wished_at: i64,
) -> anyhow::Result<Result<Rotated, NotNow>> {
    realm.keys.reload().await?;
    let judged = rotation::rotation(algorithm, &realm.keys.now().facts, realm.keys.policy(), realm.now());
    if let Ok(rotation) = &judged
        && again!(rotate(realm, rotation, Some(COMMAND_LINE)))?
    {
        maintain(realm).await?;
        return Ok(Ok(Rotated::Here(rotation.clone())));
    }
    realm.keys.reload().await?;
    let (stands, since) = (realm.keys.now(), wished_at - TOGETHER_SECONDS);
    Ok(match (rotation::rotated_between(algorithm, &stands.facts, since, realm.now()), judged) {
        (Some(rotation), _) => Ok(Rotated::Meanwhile(rotation)),
        (None, Err(not_now)) => Err(not_now),
        // the keys changed in another way meanwhile
        (None, Ok(_)) => Err(NotNow::NoSuccessor),
    })
}

/// Lets a key take over from another one; `false` when the states of the keys have changed meanwhile.
async fn rotate(realm: &Realm, rotation: &Rotation, actor: Option<&str>) -> database::Result<bool> {
    let mut tx = realm.store.facts.begin().await?;
    if !keys::rotate(&mut tx, rotation, realm.now()).await? {
        return Ok(false);
    }
    let detail = format!("{} follows {}", rotation.to, rotation.from);
    audit::record(&mut tx, &Event { actor, ..event(realm, "signing_key.rotated", &detail) }).await?;
    tx.commit().await?;
    Ok(true)
}

/// The result of revoking a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revocation {
    /// The key is revoked.
    Done,
    /// The audit trail says that it was revoked before.
    DoneBefore,
    /// No such key is known.
    Unknown,
}

/// Removes a key at once. What it signed is refused as soon as caches read the keys again. If it was the one that
/// signs, its successor takes over.
pub async fn revoke(realm: &Realm, kid: &str) -> anyhow::Result<Revocation> {
    if again!(remove(realm, kid))? {
        maintain(realm).await?;
        return Ok(Revocation::Done);
    }
    let before = audit::tells(&realm.store.facts, "signing_key.revoked", kid).await?;
    Ok(if before { Revocation::DoneBefore } else { Revocation::Unknown })
}

async fn remove(realm: &Realm, kid: &str) -> database::Result<bool> {
    let mut tx = realm.store.facts.begin().await?;
    if !keys::revoke(&mut tx, kid, realm.now()).await? {
        return Ok(false);
    }
    let event = Event { actor: Some(COMMAND_LINE), ..event(realm, "signing_key.revoked", kid) };
    audit::record(&mut tx, &event).await?;
    tx.commit().await?;
    Ok(true)
}

fn event<'a>(realm: &Realm, kind: &'static str, detail: &'a str) -> Event<'a> {
    Event { id: realm.new_id(), at: realm.now(), kind, detail: Some(detail), ..Event::default() }
}
