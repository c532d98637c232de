//! Signing in with a password, and the session that this starts.

use database::again;
use protocol::{
    acr::{self, Amr},
    error::{ErrorCode, OAuthError},
    secret,
};

use super::{
    Error, Result, once,
    sign_out::{self, DeadIds},
    throttle::{self, Attempt, Owner},
};
use crate::{
    authn::{hasher::Check, password, queue::Turn},
    realm::Realm,
    session::{Visit, interaction::Interaction},
    store::{
        audit::{self, Event},
        factors, pending,
        sessions::{self, Session},
        to_json, users,
    },
};

/// The result of a sign-in form.
pub enum Outcome {
    /// Signed in: the new value of the session cookie.
    SignedIn(String),
    /// Address and password don't belong together. An unknown address, a wrong password and a disabled account give the
    /// same result (S24).
    Wrong,
}
opaque!(Outcome);

/// What a person typed to sign in.
#[derive(Clone, Copy)]
pub struct Credentials<'a> {
    /// The address; it may have no account.
    pub email: &'a str,
    /// The password as typed.
    pub password: &'a str,
}
opaque!(Credentials<'_>);

/// Checks address and password. An unknown address takes as long as a known one (W7). The turn at the password threads
/// ends with the check.
pub async fn with_password(
    realm: &Realm,
    visit: &Visit,
    interaction: &Interaction,
    typed: Credentials<'_>,
    turn: Turn,
) -> Result<Outcome> {
    let (claimed, attempt) = count(realm, visit, typed.email).await?;
    let judged = async {
        let checked = check(realm, turn, claimed.as_ref(), typed.password).await?;
        let claimed = claimed.as_ref().map(|account| account.id.as_str());
        if checked && let Some(user_id) = claimed {
            let owner = Owner { email: typed.email, user_id };
            return enter(realm, visit, interaction, owner, &attempt).await;
        }
        throttle::failed(realm, &attempt, &event(realm, visit, "sign_in.failed", claimed)).await?;
        Ok(Outcome::Wrong)
    };
    throttle::unless_failing(realm, &attempt, judged).await
}

/// The account whose address was typed: what is needed of it while the password is checked.
struct Claimed {
    id: String,
    password_hash: Option<String>,
    is_disabled: bool,
}

/// Finds the account of the address, if there is one, and counts the attempt before the password is checked.
async fn count(realm: &Realm, visit: &Visit, email: &str) -> Result<(Option<Claimed>, Attempt)> {
    let user = users::by_email(&realm.store.facts, email).await?;
    let claimed = user.map(|user| Claimed {
        is_disabled: user.disabled_at.is_some(),
        id: user.id,
        password_hash: user.password_hash,
    });
    let id = claimed.as_ref().map(|account| account.id.as_str());
    let counted = throttle::password(realm, visit, email, id).await;
    let waits = event(realm, visit, "sign_in.throttled", id);
    let counted = noting_a_wait(realm, &waits, counted).await?;
    Ok((claimed, counted))
}

/// Signs in the person who typed the right password.
async fn enter(
    realm: &Realm,
    visit: &Visit,
    interaction: &Interaction,
    owner: Owner<'_>,
    attempt: &Attempt,
) -> Result<Outcome> {
    let user_id = owner.user_id;
    let amr = Amr::from_iter([acr::PWD]);
    let proof = Proof { user_id, amr: &amr, auth_time: realm.now(), continues: false };
    let session = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        // the account may have been disabled, or its password removed, since it was read
        if !users::hold_with_password(&mut tx, user_id).await? {
            return Ok(None);
        }
        let session = establish_in(realm, visit, &proof, &mut tx).await?;
        audit::record(&mut tx, &event(realm, visit, "password.accepted", Some(user_id))).await?;
        record_success(realm, visit, &proof, &mut tx).await?;
        throttle::password_succeeded(realm, &mut tx, visit, owner, attempt).await?;
        settle(realm, visit, interaction, &session, &mut tx).await?;
        session.dead_ids.commit(realm, tx).await?;
        Result::Ok(Some(session))
    });
    let Some(session) = session? else {
        // the attempt was neither right nor wrong
        throttle::take_back(realm, attempt).await;
        return Ok(Outcome::Wrong);
    };
    Ok(Outcome::SignedIn(session.value))
}

/// Whether the password is right and the account may sign in. Renews an outdated hash.
async fn check(realm: &Realm, turn: Turn, claimed: Option<&Claimed>, typed: &str) -> Result<bool> {
    let stored = claimed.and_then(|account| account.password_hash.clone());
    // a text that can't be a password is checked against no hash, so that the answer takes as long
    let (password, stored) = match password::normalise(typed) {
        Ok(password) => (password, stored),
        Err(_) => match password::normalise("-") {
            Ok(placeholder) => (placeholder, None),
            Err(_) => return Ok(false),
        },
    };
    let verdict = realm.hasher.verify(&turn, password, stored).await?;
    let (Check::Match { rehash }, Some(account)) = (verdict, claimed) else { return Ok(false) };
    if account.is_disabled {
        return Ok(false);
    }
    if let (true, Some(old), Ok(password)) = (rehash, &account.password_hash, password::normalise(typed)) {
        let new = realm.hasher.hash(&turn, password, realm.bytes()).await;
        drop(turn);
        // if the hash could not be made, the next sign-in tries again
        if let Ok(new) = new {
            users::rehash(&realm.store.facts, &account.id, old, &new, realm.now()).await?;
        }
    }
    Ok(true)
}

/// The last part of the transaction of a form that signs in: records the form's outcome and notes the sign-in in the
/// interaction. If the note fails, the person only sees the sign-in page once more.
pub async fn settle(
    realm: &Realm,
    visit: &Visit,
    interaction: &Interaction,
    session: &Established,
    tx: &mut database::Tx,
) -> Result<()> {
    once::settle(
        realm,
        visit,
        tx,
        &once::Outcome::to(interaction.path()).signed_in(&session.sid, &session.value),
    )
    .await?;
    if let Err(error) =
        pending::authenticated(&realm.store.pending, &interaction.id_hash(), &session.sid).await
    {
        tracing::warn!(%error, "a sign-in was not noted in its interaction");
    }
    Ok(())
}

/// A session that was just established.
pub struct Established {
    /// The value of the session cookie.
    pub value: String,
    /// The session's public name.
    pub sid: String,
    /// The ids that stop naming a session: commit the transaction through this.
    pub dead_ids: DeadIds,
}
opaque!(Established);

/// What a person proved.
#[derive(Debug)]
pub struct Proof<'a> {
    /// The account that the person proved to own.
    pub user_id: &'a str,
    /// The methods of proof, all of them used within this session.
    pub amr: &'a Amr,
    /// When the person proved the first factor, Unix seconds. A second factor alone doesn't make a sign-in fresh.
    pub auth_time: i64,
    /// Whether the proof counts only together with the session in which the first factor was proved.
    pub continues: bool,
}

/// Gives the browser a session with a new id. The session of the same person goes on under the new id; another person's
/// session ends (P6).
pub async fn establish_in(
    realm: &Realm,
    visit: &Visit,
    proof: &Proof<'_>,
    tx: &mut database::Tx,
) -> Result<Established> {
    let user_id = proof.user_id;
    let now = realm.now();
    let value = realm.new_token();
    let mut renewed = Session {
        id_hash: secret::hash(&value),
        sid: realm.new_id(),
        user_id: user_id.to_owned(),
        auth_time: proof.auth_time,
        amr: to_json(proof.amr),
        last_seen_at: now,
        // a second factor alone does not prolong the session (MF10)
        expires_at: proof.auth_time + realm.config.session.absolute,
    };
    let mut dead_ids = DeadIds::default();
    if !continue_session(realm, visit, &mut renewed, &mut dead_ids, tx).await? {
        if proof.continues {
            // the session in which the first factor was proved was signed out meanwhile, and stays signed out
            return Err(Error::Refused(SESSION_ENDED));
        }
        sessions::start(tx, &renewed, &visit.origin).await?;
        end_oldest(realm, &renewed, &mut dead_ids, tx).await?;
    }
    sessions::remember_browser(tx, user_id, &visit.browser_hash(), now).await?;
    if proof.amr.has_second_factor() {
        sessions::remember_factor(tx, user_id, &visit.browser_hash(), now).await?;
    }
    Ok(Established { value, sid: renewed.sid, dead_ids })
}

/// Ends the oldest sessions of a person who has more than the realm allows, with all that was granted in them (Q8).
async fn end_oldest(
    realm: &Realm,
    started: &Session,
    dead_ids: &mut DeadIds,
    tx: &mut database::Tx,
) -> Result<()> {
    let user_id = &started.user_id;
    let (per_person, now) = (realm.config.session.per_person, realm.now());
    for sid in sessions::beyond(&mut *tx, user_id, &started.sid, per_person, now).await? {
        dead_ids.append(sign_out::end_in(realm, tx, &sid, user_id, "too_many_sessions").await?);
    }
    Ok(())
}

/// Adds a completed sign-in to the audit trail. Where a second factor is needed, the password alone is no sign-in and
/// is not added.
pub async fn record_success(
    realm: &Realm,
    visit: &Visit,
    proof: &Proof<'_>,
    tx: &mut database::Tx,
) -> Result<()> {
    let complete = proof.amr.has_second_factor()
        || !realm.second_factor_required() && !factors::enrolled(&mut *tx, proof.user_id).await?.app;
    if complete {
        audit::record(tx, &event(realm, visit, "sign_in.succeeded", Some(proof.user_id))).await?;
    }
    Ok(())
}

/// Returns `counted` unchanged. If the attempt has to wait, adds that to the audit trail: once for each wait of an
/// account or, where the account is unknown, of an address.
pub async fn noting_a_wait<T>(realm: &Realm, waits: &Event<'_>, counted: Result<T>) -> Result<T> {
    if let Err(Error::Wait { until }) = &counted {
        let id = throttle::id_of_wait(realm, waits, *until);
        audit::record_once(&realm.store.facts, &Event { id, ..waits.clone() }).await?;
    }
    counted
}

/// The error for a request in a session that ended meanwhile.
pub const SESSION_ENDED: OAuthError =
    OAuthError::new(ErrorCode::AccessDenied, "this session was signed out, so please sign in again");

/// Continues the browser's session under the new id when it belongs to the same person; returns `false` when a new
/// session has to start. A session that does not go on ends, with all that was granted in it.
async fn continue_session(
    realm: &Realm,
    visit: &Visit,
    renewed: &mut Session,
    dead_ids: &mut DeadIds,
    tx: &mut database::Tx,
) -> Result<bool> {
    if let Some(lapsed) = &visit.lapsed {
        dead_ids.append(sign_out::end_in(realm, tx, &lapsed.sid, &lapsed.user_id, "lapsed").await?);
    }
    let Some(old) = &visit.session else { return Ok(false) };
    if old.user_id != renewed.user_id {
        let ended = sign_out::end_in(realm, tx, &old.sid, &old.user_id, "signed_in_as_another").await?;
        dead_ids.append(ended);
        return Ok(false);
    }
    let fresh = std::mem::replace(&mut renewed.sid, old.sid.clone());
    dead_ids.add(old.id_hash.clone());
    // the second submission of a form finds the session under the id that the first one gave it, and must not end it
    // (A15)
    if sessions::rotate(tx, &old.id_hash, renewed).await? {
        return Ok(true);
    }
    if let Some(id_hash) = sessions::rotate_again(tx, renewed).await? {
        dead_ids.add(id_hash);
        return Ok(true);
    }
    // the session was signed out meanwhile, with all that was granted in it
    renewed.sid = fresh;
    Ok(false)
}

/// An audit event of a browser's request.
pub fn event<'a>(realm: &Realm, visit: &'a Visit, kind: &'static str, user_id: Option<&'a str>) -> Event<'a> {
    Event {
        id: realm.new_id(),
        at: realm.now(),
        kind,
        user_id,
        address: Some(visit.origin.address),
        request_id: Some(&visit.request_id),
        ..Event::default()
    }
}
