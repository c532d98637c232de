//! Break-glass (P10): every session and every token of the realm ends at once.
//!
//! One transaction raises the realm's not-before and replaces its signing keys: from its commit on nothing of before
//! counts, at no replica, however many sessions there are. What is left is told to those concerned, page by page:
//! sessions end, grants are revoked, relying parties get their logout notices. Killed on the way, it can be run again.

use database::{Tx, again};
use protocol::{access_token::MAX_LEEWAY, jose::rotation::KeyState, stored_time::is_ahead};

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
    signing_keys::maintain(realm).await
}

/// Makes everything of before worthless.
async fn begin_anew(realm: &Realm, fresh: &[FreshKey]) -> Result<()> {
    let now = realm.now();
    let mut tx = realm.store.facts.begin().await?;
    not_before::raise(&mut tx, now).await?;
    // also what a replica whose clock is ahead has dated
    let newest = not_before::newest_sign_in(&mut tx, now + MAX_LEEWAY).await?;
    not_before::raise(&mut tx, newest).await?;
    end_the_later_ones(realm, &mut tx).await?;
    keys::remove_all(&mut tx).await?;
    for key in fresh {
        keys::add(&mut tx, &key.to_store(KeyState::Active), now).await?;
    }
    let event = Event {
        id: realm.new_id(),
        at: now,
        kind: "realm.all_ended",
        actor: Some(audit::COMMAND_LINE),
        ..Event::default()
    };
    audit::record(&mut tx, &event).await?;
    Ok(tx.commit().await?)
}

/// Ends what was dated later than the not-before by a clock that is far ahead of this one: the newest sign-ins are not to
/// be spared by it. They are few.
async fn end_the_later_ones(realm: &Realm, tx: &mut Tx) -> Result<()> {
    let not_before = not_before::get(&mut *tx).await?;
    end_those_within(realm, tx, not_before, i64::MAX).await
}

async fn end_those_within(realm: &Realm, tx: &mut Tx, after: i64, until: i64) -> Result<()> {
    let mut within = sessions::unended_within(tx, after, until).await?;
    within.extend(grants::unrevoked_within(tx, after, until).await?);
    end_each(realm, tx, &within).await
}

/// Lowers a not-before that a clock ahead has raised to a time to come: until then nobody could sign in. Nothing that it
/// made worthless comes back by that: what was signed in to before now stays so, and what is dated later ends by itself.
pub async fn lower_not_before(realm: &Realm) -> Result<()> {
    let now = realm.now();
    let was = not_before::get(&realm.store.facts).await?;
    if !is_ahead(was, now) {
        return Ok(());
    }
    // who signs in within this second comes after it
    let to = now - 1;
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        if !not_before::lower(&mut tx, to, now + MAX_LEEWAY).await? {
            return Ok(());
        }
        end_those_within(realm, &mut tx, to, was).await?;
        let kind = "realm.not_before_lowered";
        let event = Event { id: realm.new_id(), at: now, kind, ..Event::default() };
        audit::record(&mut tx, &event).await?;
        Result::Ok(tx.commit().await?)
    })?;
    tracing::warn!(realm = realm.config.name, "the realm's not-before was ahead of the clock: it is now");
    Ok(())
}

/// How many sessions [`end_all`] would end.
pub async fn open_sessions(realm: &Realm) -> database::Result<i64> {
    sessions::count_unended(&realm.store.facts).await
}

/// Ends what the realm's not-before made worthless, so that everybody concerned is told.
async fn end_what_is_dead(realm: &Realm) -> anyhow::Result<()> {
    let facts = &realm.store.facts;
    let until = not_before::get(facts).await?;
    // what has ended is not found again
    loop {
        let page = sessions::unended_until(facts, until, PAGE).await?;
        if page.is_empty() {
            break;
        }
        again!(end_page(realm, &page))?;
    }
    // what outlived its session
    loop {
        let page = grants::unrevoked_until(facts, until, PAGE).await?;
        if page.is_empty() {
            return Ok(());
        }
        again!(end_page(realm, &page))?;
    }
}

async fn end_page(realm: &Realm, page: &[Named]) -> Result<()> {
    let mut tx = realm.store.facts.begin().await?;
    end_each(realm, &mut tx, page).await?;
    tx.commit().await?;
    realm.outbox.notify_one();
    Ok(())
}

async fn end_each(realm: &Realm, tx: &mut Tx, sessions: &[Named]) -> Result<()> {
    for session in sessions {
        // nobody waits for the end of its copies: [`end_all`] outlives those of all sessions at once
        drop(sign_out::end_in(realm, tx, &session.sid, &session.user_id, REASON).await?);
    }
    Ok(())
}
