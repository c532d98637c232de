//! Break-glass (P10): every session and every token of the realm ends at once.
//!
//! One transaction raises the realm's not-before and replaces its signing keys: from its commit on nothing of before
//! counts, at no replica, however many sessions there are. What is left is told to those concerned, page by page:
//! sessions end, grants are revoked, relying parties get their logout notices. Killed on the way, it can be run again.

use database::again;
use protocol::{access_token::MAX_LEEWAY, jose::rotation::KeyState};

use super::{Result, sign_out, signing_keys};
use crate::{
    realm::{ALGORITHMS, FreshKey, Realm},
    session::copies,
    store::{
        audit::{self, Event},
        grants, keys, not_before,
        sessions::{self, Named},
    },
};

/// How many sessions end in one transaction.
const PAGE: i64 = 100;
const REASON: &str = "all_ended";

/// Ends everything. This is the one way in which sessions end in bulk.
pub async fn end_all(realm: &Realm) -> anyhow::Result<()> {
    // made before the old ones go: an RSA key takes a second, and nobody should wait for it
    let mut fresh = Vec::new();
    for algorithm in ALGORITHMS {
        fresh.push(realm.keys.generate(algorithm).await?);
    }
    again!(begin_anew(realm, &fresh))?;
    copies::outlive(realm).await;
    realm.keys.reload().await?;
    end_what_is_dead(realm).await?;
    signing_keys::tend(realm).await
}

/// Makes everything of before worthless.
async fn begin_anew(realm: &Realm, fresh: &[FreshKey]) -> Result<()> {
    let now = realm.now();
    let mut tx = realm.store.facts.begin().await?;
    not_before::raise(&mut tx, now).await?;
    // also what a replica whose clock is ahead has dated
    let newest = not_before::newest_sign_in(&mut tx, now + MAX_LEEWAY).await?;
    not_before::raise(&mut tx, newest).await?;
    keys::remove_all(&mut tx).await?;
    for key in fresh {
        keys::add(&mut tx, &key.to_store(KeyState::Active), now).await?;
    }
    let event = Event { id: realm.new_id(), at: now, kind: "realm.all_ended", ..Event::default() };
    audit::record(&mut tx, &event).await?;
    Ok(tx.commit().await?)
}

/// How many sessions [`end_all`] would end.
pub async fn open_sessions(realm: &Realm) -> database::Result<i64> {
    sessions::count_unended(&realm.store.facts).await
}

/// Ends what the realm's not-before made worthless, so that everybody concerned is told.
async fn end_what_is_dead(realm: &Realm) -> anyhow::Result<()> {
    let facts = &realm.store.facts;
    let until = not_before::get(facts).await?;
    let mut last = String::new();
    loop {
        let page = sessions::unended_until(facts, until, &last, PAGE).await?;
        let Some(end) = page.last() else { break };
        last.clone_from(&end.sid);
        again!(end_page(realm, &page))?;
    }
    // what outlived its session
    last.clear();
    loop {
        let page = grants::unrevoked_until(facts, until, &last, PAGE).await?;
        let Some(end) = page.last() else { return Ok(()) };
        last.clone_from(&end.sid);
        again!(end_page(realm, &page))?;
    }
}

async fn end_page(realm: &Realm, page: &[Named]) -> Result<()> {
    let mut tx = realm.store.facts.begin().await?;
    for session in page {
        // its copies are dead already
        drop(sign_out::end_in(realm, &mut tx, (&session.sid, &session.user_id), REASON).await?);
    }
    tx.commit().await?;
    realm.outbox.notify_one();
    Ok(())
}
