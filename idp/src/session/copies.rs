//! Copies of live sessions that all replicas share, so that requests in quick succession read the database once.
//!
//! A copy is sealed under a key of the realm, so Redis can neither read nor forge one. Nor can Redis bring an old one
//! back, since a copy says when the row was read and is used for seconds only. Final decisions (a code, a sign-out)
//! read the row itself.

use cache::{Cache, LIFE_SECONDS};
use serde::{Deserialize, Serialize};

use crate::{
    realm::Realm,
    store::{sessions::Session, to_json},
};

#[derive(Serialize, Deserialize)]
struct Copy {
    session: Session,
    /// When the row was read, Unix seconds.
    read_at: i64,
}

/// The session under that id, if it was live a moment ago.
pub async fn find(realm: &Realm, id_hash: &str, now: i64) -> Option<Session> {
    let name = name(id_hash);
    let sealed = realm.cache.as_ref()?.get(&name).await?;
    let Copy { session, read_at } =
        serde_json::from_slice(&realm.secrets.copies.open(&sealed, &name)?).ok()?;
    let is_fresh = (0..=LIFE_SECONDS).contains(&(now - read_at));
    let is_live = session.is_live(now, realm.config.session.idle);
    (is_fresh && is_live).then_some(session)
}

/// Keeps a copy of a live session of an active account, as it was read at `read_at`.
pub async fn keep(realm: &Realm, session: &Session, read_at: i64) {
    let Some(cache) = &realm.cache else { return };
    let name = name(&session.id_hash);
    let plain = to_json(&Copy { session: session.clone(), read_at });
    if let Ok(sealed) = realm.secrets.copies.seal(plain.as_bytes(), &name, realm.bytes()) {
        cache.put(&name, &sealed).await;
    }
}

/// Copies of sessions that are about to end or to change.
#[derive(Debug)]
pub struct Ending {
    cache: Option<Cache>,
    names: Vec<String>,
}

impl Ending {
    /// The copies of these ids, which are given as hashes.
    pub fn new(realm: &Realm, id_hashes: &[String]) -> Self {
        Self { cache: realm.cache.clone(), names: id_hashes.iter().map(|id_hash| name(id_hash)).collect() }
    }

    /// Ends the copies, after the commit by which the ids stopped naming a session.
    pub async fn end(self) {
        if let Some(cache) = self.cache {
            cache.end(&self.names).await;
        }
    }
}

/// Returns when every copy that was made before has expired, for changes that end more sessions than can be named.
pub async fn outlive(realm: &Realm) {
    if realm.cache.is_some() {
        cache::outlive_copies().await;
    }
}

fn name(id_hash: &str) -> String {
    format!("session:{id_hash}")
}
