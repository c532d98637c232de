//! Break-glass (P10): every session and every token of the realm ends at once.
//!
//! One transaction raises the realm's not-before and replaces its signing keys. From its commit on, no replica accepts
//! anything from before, however many sessions there are. The rest follows page by page: sessions end, grants are
//! revoked, relying parties get their logout notices. If the process is killed on the way, it can be run again.

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

/// Ends every session and token. Sessions end in bulk only here.
pub async fn end_all(realm: &Realm) -> anyhow::Result<()> {
    // made before the old keys go: an RSA key takes a second, and no request should wait for it
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

/// Makes everything from before invalid.
async fn begin_anew(realm: &Realm, fresh: &[FreshKey]) -> Result<()> {
    let now = realm.now();
    let mut tx = realm.store.facts.begin().await?;
    not_before::raise(&mut tx, now).await?;
    // also sign-ins that a replica with a clock ahead has dated later
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

/// Ends the sessions and grants that a clock far ahead of this one has dated later than the not-before, which does not
/// reach them. They are few.
async fn end_the_later_ones(realm: &Realm, tx: &mut Tx) -> Result<()> {
    let not_before = not_before::get(&mut *tx).await?;
    end_those_within(realm, tx, not_before, i64::MAX).await
}

async fn end_those_within(realm: &Realm, tx: &mut Tx, after: i64, until: i64) -> Result<()> {
    let mut within = sessions::unended_within(tx, after, until).await?;
    within.extend(grants::unrevoked_within(tx, after, until).await?);
    end_each(realm, tx, &within).await
}

/// Lowers a not-before that a clock ahead has set in the future: nobody could sign in until then. This revives nothing:
/// what is dated up to now stays invalid, and what is dated later is ended here.
pub async fn lower_not_before(realm: &Realm) -> Result<()> {
    let now = realm.now();
    let was = not_before::get(&realm.store.facts).await?;
    if !is_ahead(was, now) {
        return Ok(());
    }
    // a sign-in within this second has to be later than the not-before
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
    tracing::warn!(realm = realm.config.name, "the realm's not-before was in the future and was lowered");
    Ok(())
}

/// How many sessions [`end_all`] would end.
pub async fn open_sessions(realm: &Realm) -> database::Result<i64> {
    sessions::count_unended(&realm.store.facts).await
}

/// Ends the sessions and grants that the not-before made invalid, so that relying parties are told.
async fn end_what_is_dead(realm: &Realm) -> anyhow::Result<()> {
    let facts = &realm.store.facts;
    let until = not_before::get(facts).await?;
    // sessions that have ended are not found again
    loop {
        let page = sessions::unended_until(facts, until, PAGE).await?;
        if page.is_empty() {
            break;
        }
        again!(end_page(realm, &page))?;
    }
    // grants that outlived their session
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
        // the copies of this session need no wait: [`end_all`] waits for those of all sessions at once
        drop(sign_out::end_in(realm, tx, &session.sid, &session.user_id, REASON).await?);
    }
    Ok(())
}
