//! Enrolling an authenticator app for an account: the seed is shown, and counts only when a code confirms it (MF2).

use database::again;

use super::{
    Error, Result, events,
    notices::{self, Notice},
    once, second_factor, seed,
    sessions::establish,
    throttle::{self, Attempt},
};
use crate::{
    authn::{
        recovery,
        totp::{self, Seed},
    },
    paths,
    realm::Realm,
    session::{Visit, visit_amr},
    store::{
        audit, factors, pending,
        sessions::{self, Session},
        trusted_browsers,
    },
};

/// How long a seed can be confirmed after it was shown, in seconds.
pub const LIFE_SECONDS: i64 = 1800;

/// The result of the confirming code.
pub enum Outcome {
    /// The factor counts now. Holds the new session cookie, and the recovery codes to show once.
    Confirmed {
        /// The new value of the session cookie.
        cookie: String,
        /// The recovery codes in the clear, for the last time.
        codes: Vec<String>,
    },
    /// The code is not one of this seed at this time.
    Wrong,
    /// The authenticator of a passkey is not one of those that the realm lists.
    Unlisted,
    /// The seed is no longer kept: start again.
    Expired,
}
opaque!(Outcome);

/// The seed to show. Reloading the page shows the same seed. Each sign-in gets a new one, since others may have seen
/// the old: the seed is stored under the session's id, which changes with a sign-in.
pub async fn begin(realm: &Realm, session: &Session) -> Result<Seed> {
    let seed = seed::seal(realm, &Seed::generate(realm.random()))?;
    let now = realm.now();
    let kept =
        pending::begin_enrolment(&realm.store.pending, &session.id_hash, &seed, now, now + LIFE_SECONDS)
            .await?;
    seed::open(realm, &kept.seed)
}

/// Confirms the seed with one of its codes; the session then has a second factor. The recovery codes' page leads on to
/// `leads_to`.
pub async fn confirm(
    realm: &Realm,
    visit: &Visit,
    session: &Session,
    code: &str,
    leads_to: &str,
) -> Result<Outcome> {
    let now = realm.now();
    let Some(kept) = pending::enrolment(&realm.store.pending, &session.id_hash, now).await? else {
        return Ok(Outcome::Expired);
    };
    let seed = seed::open(realm, &kept.seed)?;
    confirmed(realm, visit, &session.user_id, Shown { seed: &seed, code }, async |step, attempt| {
        let confirmed = Confirmed { kept: &kept.seed, seed: &seed, step, leads_to };
        make_it_count(realm, visit, session, confirmed, attempt).await
    })
    .await
}

/// A seed that was shown, and the code that is to confirm it.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub seed: &'a Seed,
    pub code: &'a str,
}

/// Counts an attempt to confirm a seed that was shown. If the code is right, calls `makes` with the code's time step.
/// If that finds the seed expired, the attempt is no failure.
pub(super) async fn confirmed(
    realm: &Realm,
    visit: &Visit,
    user_id: &str,
    Shown { seed, code }: Shown<'_>,
    makes: impl AsyncFnOnce(i64, &Attempt) -> Result<Outcome>,
) -> Result<Outcome> {
    let attempt = second_factor::count_confirmation(realm, visit, user_id).await?;
    let judged = async {
        let Some(step) = totp::check(seed, code, None, realm.now()) else {
            return wrong(realm, visit, user_id, &attempt).await;
        };
        let made = makes(step, &attempt).await?;
        if matches!(made, Outcome::Expired) {
            throttle::take_back(realm, &attempt).await;
        }
        Ok(made)
    };
    throttle::unless_failing(realm, &attempt, judged).await
}

/// A seed that the right code has confirmed.
#[derive(Clone, Copy)]
struct Confirmed<'a> {
    /// The sealed seed as it was stored.
    kept: &'a str,
    seed: &'a Seed,
    /// The code's time step.
    step: i64,
    leads_to: &'a str,
}

/// Makes a confirmed seed the account's factor.
async fn make_it_count(
    realm: &Realm,
    visit: &Visit,
    session: &Session,
    Confirmed { kept, seed, step, leads_to }: Confirmed<'_>,
    attempt: &Attempt,
) -> Result<Outcome> {
    let now = realm.now();
    let codes = recovery::generate(realm.random());
    // sealed anew: the stored form may be under a key that is about to be removed
    let sealed = seed::seal(realm, seed)?;
    let amr = visit_amr(session).with_one_time_code();
    let proof = establish::Proof {
        user_id: &session.user_id,
        amr: &amr,
        auth_time: session.auth_time,
        continues: true,
        adds: false,
    };
    let established = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        factors::confirm_totp(&mut tx, proof.user_id, &sealed, step, now).await?;
        put_codes_in_place(&mut tx, proof.user_id, &codes).await?;
        // what was proved with the app of before counts for no browser any more
        trusted_browsers::forget_others(&mut tx, proof.user_id, "").await?;
        let event = events::of_visit(realm, visit, "factor.totp_enrolled", Some(proof.user_id));
        audit::record(&mut tx, &event).await?;
        notices::tell(realm, visit, &mut tx, proof.user_id, Notice::AppSet).await?;
        throttle::factor_succeeded(realm, &mut tx, attempt).await?;
        let established = establish::establish_in(realm, visit, &proof, &mut tx).await?;
        let outcome =
            once::Outcome::to(leads_to).showing(&codes).signed_in(&established.sid, &established.value);
        once::settle(realm, visit, &mut tx, &outcome).await?;
        // of two pages with one code, only one goes on (MF1); after a crash from here on, the person starts again with
        // another seed
        if !pending::claim_enrolment(&realm.store.pending, &session.id_hash, kept).await? {
            return Ok(None);
        }
        established.dead_ids.commit(realm, tx).await?;
        Result::Ok(Some(established))
    });
    let Some(established) = established? else { return Ok(Outcome::Expired) };
    Ok(Outcome::Confirmed { cookie: established.value, codes })
}

/// Counts a code that does not confirm the seed as a failure.
async fn wrong(realm: &Realm, visit: &Visit, user_id: &str, attempt: &Attempt) -> Result<Outcome> {
    let event = events::of_visit(realm, visit, "factor.confirmation_failed", Some(user_id));
    throttle::failed(realm, attempt, &event).await?;
    Ok(Outcome::Wrong)
}

/// Deletes the pending seed of an account that is stored already. A failure is logged and changes nothing for the
/// person.
pub async fn forget(realm: &Realm, owner: &str) {
    if let Err(error) = pending::end_enrolment(&realm.store.pending, owner).await {
        tracing::warn!(%error, "a finished enrolment could not be deleted; it expires by itself");
    }
}

/// Replaces an account's recovery codes. Returns the new ones, to be shown once.
pub async fn new_recovery_codes(realm: &Realm, visit: &Visit, session: &Session) -> Result<Vec<String>> {
    let codes = recovery::generate(realm.random());
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        if !sessions::keep_alive(&mut tx, &session.sid, realm.now()).await? {
            return Err(Error::Refused(establish::SESSION_ENDED));
        }
        factors::replace_recovery_codes(&mut tx, &session.user_id, &hashes(&codes)).await?;
        let event = events::of_visit(realm, visit, "factor.recovery_codes_replaced", Some(&session.user_id));
        audit::record(&mut tx, &event).await?;
        notices::tell(realm, visit, &mut tx, &session.user_id, Notice::NewCodes).await?;
        let outcome = once::Outcome::to(paths::ACCOUNT).showing(&codes).within(&session.sid);
        once::settle(realm, visit, &mut tx, &outcome).await?;
        Result::Ok(tx.commit().await?)
    })?;
    Ok(codes)
}

/// Gives an account these recovery codes, as part of a larger change.
pub async fn put_codes_in_place(tx: &mut database::Tx, user_id: &str, codes: &[String]) -> Result<()> {
    Ok(factors::replace_recovery_codes(tx, user_id, &hashes(codes)).await?)
}

fn hashes(codes: &[String]) -> Vec<String> {
    codes.iter().filter_map(|code| recovery::normalise(code)).map(|code| recovery::hash(&code)).collect()
}
