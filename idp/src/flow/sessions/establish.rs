//! A session begins with a proof of who the person is, and goes on with every further one. Each time it gets a new id
//! (P6).

use protocol::{
    acr::Amr,
    error::{ErrorCode, OAuthError},
    secret,
};

use super::come_back;
use crate::{
    flow::{
        Error, Result, notices,
        sign_out::{self, DeadIds},
    },
    realm::Realm,
    session::Visit,
    store::{
        sessions::{self, Session},
        to_json,
    },
};

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
    /// Whether the person asked for a further account, beside the one in use (ACC-14).
    pub adds: bool,
}

/// Gives the browser a session with a new id. The session of the same person goes on under the new id. Another person's
/// session ends (P6), unless the two are to be in this browser side by side (decision 0034).
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
        expires_at: match &visit.session {
            Some(session) if proof.continues => session.expires_at,
            _ => now + realm.config.session.absolute,
        },
        language: None,
    };
    let mut dead_ids = DeadIds::default();
    let own = make_room(realm, visit, proof, &mut dead_ids, tx).await?;
    if !continue_session(own, &mut renewed, &mut dead_ids, tx).await? {
        if proof.continues {
            // the session in which the first factor was proved was signed out meanwhile, and stays signed out
            return Err(Error::Refused(SESSION_ENDED));
        }
        sessions::start(tx, &renewed, &visit.origin).await?;
        come_back::settle(realm, visit, tx, user_id).await?;
        let is_told = realm.mailer.is_some();
        if is_told && sessions::is_new_device(tx, user_id, &visit.browser_hash(), &renewed.sid).await? {
            notices::tell_of_new_device(realm, visit, tx, user_id).await?;
        }
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

/// The error for a request in a session that ended meanwhile.
pub const SESSION_ENDED: OAuthError =
    OAuthError::new(ErrorCode::AccessDenied, "this session was signed out, so please sign in again");

/// Decides about the sessions that the browser has. Returns the one of the same person, if it is alive. A session that
/// goes on neither under the new id nor beside ends, with all that was granted in it.
async fn make_room(
    realm: &Realm,
    visit: &Visit,
    proof: &Proof<'_>,
    dead_ids: &mut DeadIds,
    tx: &mut database::Tx,
) -> Result<Option<Session>> {
    if let Some(lapsed) = &visit.lapsed {
        dead_ids.append(sign_out::end_in(realm, tx, &lapsed.sid, &lapsed.user_id, "lapsed").await?);
    }
    let is_own = |session: &&Session| session.user_id == proof.user_id;
    if let Some(own) = visit.session.as_ref().filter(is_own) {
        return Ok(Some(own.clone()));
    }
    let others = visit.beside.unended(&mut *tx).await?;
    let own = others.iter().find(is_own);
    if let Some(old) = &visit.session {
        let all = others.len() + [old].len() + usize::from(own.is_none());
        let fits = all <= realm.config.session.accounts_per_browser;
        // who is in this browser already may come to the front again
        let keeps = own.is_some() || proof.adds && fits;
        visit.beside.keep(keeps);
        if !keeps {
            let ended = sign_out::end_in(realm, tx, &old.sid, &old.user_id, "signed_in_as_another").await?;
            dead_ids.append(ended);
        }
    }
    let Some(own) = own else { return Ok(None) };
    visit.beside.forget(&own.id_hash);
    if !own.is_live(realm.now(), realm.config.session.idle) {
        dead_ids.append(sign_out::end_in(realm, tx, &own.sid, &own.user_id, "lapsed").await?);
        return Ok(None);
    }
    Ok(Some(own.clone()))
}

/// Continues the person's session under the new id; returns `false` when a new session has to start.
async fn continue_session(
    own: Option<Session>,
    renewed: &mut Session,
    dead_ids: &mut DeadIds,
    tx: &mut database::Tx,
) -> Result<bool> {
    let Some(old) = own else { return Ok(false) };
    let fresh = std::mem::replace(&mut renewed.sid, old.sid);
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
