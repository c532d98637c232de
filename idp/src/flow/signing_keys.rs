//! Signing keys that follow each other, by age or on an operator's demand (KEY-1, K13).

use std::time::Duration;

use database::again;
use protocol::{
    jose::{
        Algorithm,
        rotation::{self, Due, KeyState, NotNow, Rotation},
    },
    stored_time::LEEWAY,
};
use service::shutdown::Shutdown;

use crate::{
    realm::Realm,
    store::{
        audit::{self, Event},
        keys,
    },
};

/// How soon a replica knows what another one or an operator did.
const PERIOD: Duration = Duration::from_secs(5);

/// Keeps the realm's keys current and does what is due, until shutdown.
pub async fn run(realm: &Realm, shutdown: Shutdown) {
    // at first only the keys that somebody may be waiting for; their successors have time
    let mut done = noted(realm, make_missing(realm, KeyState::Active).await);
    while !shutdown.is_fired() {
        if let Err(error) = done {
            let (realm, error) = (realm.config.name.as_str(), format!("{error:#}"));
            tracing::error!(realm, error, "the signing keys could not be looked after");
        }
        tokio::time::sleep(PERIOD).await;
        done = tend(realm).await;
    }
}

/// Does everything that is due, and reads what others did. Every replica may do so at any time.
pub async fn tend(realm: &Realm) -> anyhow::Result<()> {
    noted(realm, do_what_is_due(realm).await)
}

/// Nobody waits for keys that can't be made.
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
            Due::Rotate(rotation) => again!(rotate(realm, &rotation))?,
            Due::Forget(kid) => drop(keys::forget(&realm.store.facts, &kid).await?),
            Due::Date(kid) => {
                let now = realm.now();
                keys::date(&realm.store.facts, &kid, now, now + LEEWAY).await?;
            }
        }
        changed = true;
    }
    // opening every key costs milliseconds: only when there is something new
    if changed { realm.keys.reload().await } else { Ok(()) }
}

/// Makes the keys that are missing in that state, by what this process knows.
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

/// Rotates an algorithm's keys now. Refused while caches may not know the next key.
pub async fn rotate_now(realm: &Realm, algorithm: Algorithm) -> anyhow::Result<Result<Rotation, NotNow>> {
    realm.keys.reload().await?;
    let stands = realm.keys.now();
    let rotation = match rotation::rotation(algorithm, &stands.facts, realm.keys.policy(), realm.now()) {
        Ok(rotation) => rotation,
        Err(not_now) => return Ok(Err(not_now)),
    };
    again!(rotate(realm, &rotation))?;
    tend(realm).await?;
    Ok(Ok(rotation))
}

/// Lets a key take over from another one. That somebody else did it at the same time is as good.
async fn rotate(realm: &Realm, rotation: &Rotation) -> database::Result<()> {
    let mut tx = realm.store.facts.begin().await?;
    if keys::rotate(&mut tx, rotation, realm.now()).await? {
        let detail = format!("{} follows {}", rotation.to, rotation.from);
        audit::record(&mut tx, &event(realm, "signing_key.rotated", &detail)).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Removes a key at once: what it signed is refused as soon as caches look again. If it was the one that signs, its
/// successor takes over. `false` when there is no such key.
pub async fn revoke(realm: &Realm, kid: &str) -> anyhow::Result<bool> {
    let revoked = again!(remove(realm, kid))?;
    if revoked {
        tend(realm).await?;
    }
    Ok(revoked)
}

async fn remove(realm: &Realm, kid: &str) -> database::Result<bool> {
    let mut tx = realm.store.facts.begin().await?;
    if !keys::revoke(&mut tx, kid, realm.now()).await? {
        return Ok(false);
    }
    audit::record(&mut tx, &event(realm, "signing_key.revoked", kid)).await?;
    tx.commit().await?;
    Ok(true)
}

fn event<'a>(realm: &Realm, kind: &'static str, detail: &'a str) -> Event<'a> {
    Event { id: realm.new_id(), at: realm.now(), kind, detail: Some(detail), ..Event::default() }
}
