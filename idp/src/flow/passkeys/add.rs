//! Registering a passkey for an account.

use database::{Tx, again};
use language::Message;
use protocol::acr::Amr;

use super::ceremony::{self, Answer, Offered, Purpose, Spent};
use crate::{
    authn::{
        passkey::{self, Owner, Refused, Stored},
        recovery,
    },
    flow::{
        Error, Result, enrol, events,
        notices::{self, Notice},
        once,
        sessions::establish::{self, Proof},
    },
    paths,
    realm::Realm,
    session::{Session, Visit, visit_amr},
    store::{
        audit,
        passkeys::{self, Passkey},
        sessions, users,
    },
    words,
};

/// How many passkeys an account can have.
const MOST: usize = 30;

/// The result of an answer to a registration.
pub enum Outcome {
    /// The account has the passkey, and the session has proved it.
    Added {
        /// The new value of the session cookie.
        cookie: String,
        /// The recovery codes in the clear, for the last time; none when the account got none.
        codes: Vec<String>,
    },
    /// The page is older than the browser may take to answer, or its challenge was answered before.
    Expired,
    /// The authenticator is not one of those that the realm lists.
    Unlisted,
    /// The answer breaks a rule, the passkey is registered already, or the account has as many as it can have.
    Refused,
}
opaque!(Outcome);

/// The ceremony that adds a passkey to the account of a session; `None` when the account can have no more, and in
/// realms without passkeys.
pub async fn offer(realm: &Realm, visit: &Visit, session: &Session) -> Result<Option<Offered>> {
    let facts = &realm.store.facts;
    let Some(user) = users::by_id(facts, &session.user_id).await? else { return Ok(None) };
    let known = passkeys::of_user(facts, &user.id).await?;
    if known.len() >= MOST {
        return Ok(None);
    }
    let known: Vec<String> = known.into_iter().map(|passkey| passkey.credential).collect();
    let owner = Owner { id: &user.id, email: &user.email, name: &user.name() };
    begin(realm, visit, Purpose::Addition(&session.sid), owner, &known)
}

/// Begins the registration of a passkey of `owner`.
pub(in crate::flow) fn begin(
    realm: &Realm,
    visit: &Visit,
    purpose: Purpose<'_>,
    owner: Owner<'_>,
    known: &[String],
) -> Result<Option<Offered>> {
    let Some(relying_party) = &realm.passkeys else { return Ok(None) };
    let begun = ceremony::begun(relying_party.begin_registration(owner, known))?;
    ceremony::offer(realm, visit, purpose, begun).map(Some)
}

/// A registration whose answer passed every rule, and is about to count.
pub(in crate::flow) struct New {
    spent: Spent,
    stored: Stored,
    label: String,
}

impl New {
    /// The methods of authentication with this one added.
    pub(in crate::flow) fn added_to(&self, methods: Amr) -> Amr {
        let methods = methods.with_passkey(self.stored.synced);
        if self.stored.attested_model.is_some() { methods.with_attested_hardware() } else { methods }
    }

    /// Uses the challenge up and gives the account the passkey; `false` when the challenge was used before, or the
    /// passkey is registered already (X11).
    pub(in crate::flow) async fn give_to(&self, tx: &mut Tx, user_id: &str, now: i64) -> Result<bool> {
        let passkey = Passkey {
            credential_id: self.stored.credential_id.clone(),
            user_id: user_id.to_owned(),
            label: self.label.clone(),
            credential: self.stored.credential.clone(),
            sign_count: self.stored.sign_count,
            created_at: now,
            last_used_at: None,
            attested_model: self.stored.attested_model.clone(),
        };
        Ok(self.spent.use_up(tx).await? && passkeys::add(tx, &passkey).await?)
    }
}

/// The name of a new passkey, which its owner may change: its maker, or the word for a passkey in their language.
fn label(visit: &Visit, credential: &str) -> String {
    let maker = passkey::maker(credential).map(str::to_owned);
    maker.unwrap_or_else(|| words::say(visit.language, &Message::new("passkeys-label")))
}

/// Judges the answer to a registration.
pub(in crate::flow) fn judge(
    realm: &Realm,
    visit: &Visit,
    purpose: Purpose<'_>,
    answer: Answer<'_>,
) -> Result<std::result::Result<New, Outcome>> {
    let relying_party = ceremony::relying_party(realm)?;
    let opened = ceremony::open(realm, visit, purpose, answer.ceremony);
    let opened = opened.filter(|(ceremony, _)| relying_party.registers_by(ceremony));
    let Some((ceremony, spent)) = opened else { return Ok(Err(Outcome::Expired)) };
    Ok(match relying_party.registered(&ceremony, answer.credential) {
        Ok(stored) => Ok(New { spent, stored, label: label(visit, answer.credential) }),
        Err(refused) => {
            tracing::info!(error = %refused, "the registration of a passkey was refused");
            Err(if matches!(refused, Refused::Unlisted(_)) { Outcome::Unlisted } else { Outcome::Refused })
        }
    })
}

/// What a new passkey is for.
#[derive(Debug, Clone, Copy)]
pub enum Wish<'a> {
    /// Its owner wants another way to sign in.
    WayIn,
    /// The same, offered after a password. The browser goes on at this path.
    Offered(&'a str),
    /// A second factor is demanded, and the account has none that will do.
    Demanded {
        /// Where the browser goes on.
        path: &'a str,
        /// Whether nothing but a passkey will do. Otherwise the account gets recovery codes too.
        needs_passkey: bool,
    },
}

/// Adds the passkey that the browser answered with to the account of the session.
///
/// # Errors
/// The session has ended; the database can't be reached.
pub async fn add(
    realm: &Realm,
    visit: &Visit,
    session: &Session,
    answer: Answer<'_>,
    wish: Wish<'_>,
) -> Result<Outcome> {
    let new = match judge(realm, visit, Purpose::Addition(&session.sid), answer)? {
        Ok(new) => new,
        Err(outcome) => return Ok(outcome),
    };
    let (user_id, now) = (session.user_id.as_str(), realm.now());
    let amr = new.added_to(visit_amr(session));
    let proof = Proof { user_id, amr: &amr, auth_time: session.auth_time, continues: true, adds: false };
    let (leads_to, codes) = match wish {
        Wish::WayIn => (paths::PASSKEYS, Vec::new()),
        Wish::Offered(path) | Wish::Demanded { path, needs_passkey: true } => (path, Vec::new()),
        Wish::Demanded { path, needs_passkey: false } => (path, recovery::generate(realm.random())),
    };
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        // first the account, as a reset of its factors does: that either sees this passkey or ends the session before
        let is_active = users::hold(&mut tx, user_id).await?;
        if !is_active || !sessions::keep_alive(&mut tx, &session.sid, now).await? {
            return Err(Error::Refused(establish::SESSION_ENDED));
        }
        let has_room = passkeys::of_user(&mut tx, user_id).await?.len() < MOST;
        if !has_room || !new.give_to(&mut tx, user_id, now).await? {
            return Ok(Outcome::Refused);
        }
        if !codes.is_empty() {
            enrol::put_codes_in_place(&mut tx, user_id, &codes).await?;
        }
        let event = events::of_visit(realm, visit, "factor.passkey_added", Some(user_id));
        audit::record(&mut tx, &event).await?;
        notices::tell(realm, visit, &mut tx, user_id, Notice::PasskeyAdded).await?;
        let established = establish::establish_in(realm, visit, &proof, &mut tx).await?;
        let outcome = once::Outcome::to(leads_to).showing(&codes);
        let outcome = outcome.signed_in(&established.sid, &established.value);
        once::settle(realm, visit, &mut tx, &outcome).await?;
        established.dead_ids.commit(realm, tx).await?;
        Result::Ok(Outcome::Added { cookie: established.value, codes: codes.clone() })
    })
}
