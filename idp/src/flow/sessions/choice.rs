//! Several accounts in one browser (ACC-14): which there are, going on with another one, and signing out of one or all.
//!
//! Nobody is signed in here: a session that comes to the front is as old as it was, and proves what it proved.

use database::again;
use protocol::{
    acr::Amr,
    authorize::{AuthorizationRequest, Beside, Other, named},
};

use crate::{
    flow::{
        Result, once,
        sign_out::{self, DeadIds},
    },
    paths,
    realm::Realm,
    session::{Session, Visit, interaction::Interaction, visit_amr},
    store::{pending, sessions, users},
};

/// Why sessions end here, in the audit trail.
const REASON: &str = "signed_out";

/// An account of this browser.
#[derive(Debug)]
pub struct Listed {
    /// The public name of its session.
    pub sid: String,
    /// The account's id.
    pub user_id: String,
    /// The e-mail address.
    pub email: String,
    /// The name to show; may be empty.
    pub name: String,
    /// How the person signed in.
    pub amr: Amr,
    /// When the person signed in, Unix seconds.
    pub auth_time: i64,
    /// Whether it is the one in use.
    pub is_in_use: bool,
    /// Whether its session is alive: one that has idled out needs a new sign-in.
    pub is_live: bool,
}

/// The accounts of this browser: the one in use first, then the most recently used.
pub async fn list(realm: &Realm, visit: &Visit) -> Result<Vec<Listed>> {
    let in_use = visit.to_end().cloned();
    let others = visit.beside.unended(&realm.store.facts).await?;
    let mut listed = Vec::new();
    for session in in_use.into_iter().chain(others) {
        // the account may just have been deleted
        let Some(user) = users::by_id(&realm.store.facts, &session.user_id).await? else { continue };
        listed.push(Listed {
            name: user.name(),
            email: user.email,
            amr: visit_amr(&session),
            auth_time: session.auth_time,
            is_in_use: visit.session.as_ref().is_some_and(|in_use| in_use.sid == session.sid),
            is_live: session.is_live(realm.now(), realm.config.session.idle),
            sid: session.sid,
            user_id: user.id,
        });
    }
    Ok(listed)
}

/// Whether the person may sign in to a further account beside these.
pub fn has_room(realm: &Realm, listed: &[Listed]) -> bool {
    listed.len() < realm.config.session.accounts_per_browser
}

/// The live sessions of this browser beside the one in use, the most recently used first.
pub async fn others(realm: &Realm, visit: &Visit) -> Result<Vec<Session>> {
    let mut found = visit.beside.unended(&realm.store.facts).await?;
    found.retain(|session| session.is_live(realm.now(), realm.config.session.idle));
    Ok(found)
}

/// What the browser holds beside the session in use, and the session of the account that the request names, if that is
/// another one (OpenID Connect Core section 3.1.2.1).
pub async fn named_by(
    realm: &Realm,
    visit: &Visit,
    request: &AuthorizationRequest,
    expected: Option<&str>,
) -> Result<(Beside, Option<Session>)> {
    let mut others = others(realm, visit).await?;
    if others.is_empty() {
        return Ok((Beside::Nobody, None));
    }
    let mut addresses = Vec::new();
    for session in &others {
        let by_address = expected.is_none() && request.login_hint.is_some();
        let user = if by_address { users::by_id(&realm.store.facts, &session.user_id).await? } else { None };
        addresses.push(user.map(|user| user.email).unwrap_or_default());
    }
    let candidates: Vec<Other<'_>> = others
        .iter()
        .zip(&addresses)
        .map(|(session, email)| Other { user_id: &session.user_id, email })
        .collect();
    let in_use = visit.session.as_ref().map(|session| session.user_id.as_str());
    Ok(match named(request, expected, in_use, &candidates) {
        Some(place) => (Beside::Named, Some(others.swap_remove(place))),
        None => (Beside::Somebody, None),
    })
}

/// What came of the wish to go on with an account.
pub enum Chosen {
    /// It was in use already.
    Same,
    /// It is in use now: the value of the session cookie.
    InUse(String),
    /// Its session is over. Its owner signs in again, at this address.
    SignIn(String),
    /// This browser has no such account.
    Unknown,
}
opaque!(Chosen);

/// Puts the session of that public name in use, if this browser has it. The one that was in use goes on beside it, if it
/// is kept: one whose sign-in was not complete is not. Leads to the interaction in which this was chosen, or to the
/// account.
pub async fn go_on_with(
    realm: &Realm,
    visit: &Visit,
    sid: &str,
    keeps: bool,
    interaction: Option<&Interaction>,
) -> Result<Chosen> {
    let leads_to = interaction.map_or_else(|| paths::ACCOUNT.to_owned(), Interaction::path);
    if let Some(session) = visit.session.as_ref().filter(|session| session.sid == sid) {
        if let Some(interaction) = interaction {
            select(realm, interaction, session).await?;
        }
        return Ok(Chosen::Same);
    }
    let others = others(realm, visit).await?;
    let found = others.iter().find(|session| session.sid == sid);
    let Some((session, value)) =
        found.and_then(|session| Some((session, visit.beside.value_of(&session.id_hash)?)))
    else {
        return over(realm, visit, sid).await;
    };
    let is_alive = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        if !sessions::keep_alive(&mut tx, sid, realm.now()).await? {
            return Ok(false);
        }
        let before = visit.session.as_ref().filter(|_| !keeps);
        let dead = match before {
            Some(old) => {
                sign_out::end_in(realm, &mut tx, &old.sid, &old.user_id, "signed_in_as_another").await?
            }
            None => DeadIds::default(),
        };
        visit.beside.keep(before.is_none() && visit.to_end().is_some());
        once::settle(realm, visit, &mut tx, &once::Outcome::to(leads_to.as_str()).signed_in(sid, value))
            .await?;
        if let Some(interaction) = interaction {
            select(realm, interaction, session).await?;
        }
        dead.commit(realm, tx).await?;
        Result::Ok(true)
    })?;
    if is_alive { Ok(Chosen::InUse(value.to_owned())) } else { over(realm, visit, sid).await }
}

/// For a session of this browser that is over: whose it was.
async fn over(realm: &Realm, visit: &Visit, sid: &str) -> Result<Chosen> {
    for value in visit.beside.all() {
        let id_hash = protocol::secret::hash(value);
        if let Some(user_id) = sessions::account_of(&realm.store.facts, &id_hash, sid).await? {
            let user = users::by_id(&realm.store.facts, &user_id).await?;
            return Ok(user.map_or(Chosen::Unknown, |user| Chosen::SignIn(user.email)));
        }
    }
    Ok(Chosen::Unknown)
}

/// Continues an interaction with the account of this session (`prompt=select_account`).
pub async fn select(realm: &Realm, interaction: &Interaction, session: &Session) -> Result<()> {
    Ok(pending::selected(&realm.store.pending, &interaction.id_hash(), &session.user_id).await?)
}

/// What a sign-out ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The session in use, or nothing.
    InUse,
    /// Another session of this browser.
    Other,
}

/// Ends the session of that public name, if this browser has it, with all that was granted in it.
pub async fn end(realm: &Realm, visit: &Visit, sid: &str, leads_to: &str) -> Result<Ended> {
    if let Some(session) = visit.to_end().filter(|session| session.sid == sid) {
        sign_out::by_form(realm, visit, session, REASON, leads_to).await?;
        return Ok(Ended::InUse);
    }
    let others = visit.beside.unended(&realm.store.facts).await?;
    let Some(session) = others.iter().find(|session| session.sid == sid) else { return Ok(Ended::Other) };
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let dead = sign_out::end_in(realm, &mut tx, &session.sid, &session.user_id, REASON).await?;
        once::settle(realm, visit, &mut tx, &once::Outcome::to(leads_to)).await?;
        dead.commit(realm, tx).await
    })?;
    visit.beside.forget(&session.id_hash);
    Ok(Ended::Other)
}

/// Ends every session of this browser, with all that was granted in them.
pub async fn end_all(realm: &Realm, visit: &Visit, leads_to: &str) -> Result<()> {
    let others = visit.beside.unended(&realm.store.facts).await?;
    let all: Vec<&Session> = visit.to_end().into_iter().chain(&others).collect();
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let mut dead = DeadIds::default();
        for session in &all {
            dead.append(sign_out::end_in(realm, &mut tx, &session.sid, &session.user_id, REASON).await?);
        }
        once::settle(realm, visit, &mut tx, &once::Outcome::to(leads_to).signed_out()).await?;
        dead.commit(realm, tx).await
    })?;
    for session in &others {
        visit.beside.forget(&session.id_hash);
    }
    Ok(())
}
