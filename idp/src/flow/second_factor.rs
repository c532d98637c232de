//! The second factor of a session that has its first: a TOTP code or a recovery code.

use database::{Tx, again};
use protocol::acr::Amr;

use super::{
    Error, Result, events,
    notices::{self, Notice},
    once, seed,
    sessions::establish,
    throttle::{self, Attempt},
    trusted_browsers,
};
use crate::{
    authn::{recovery, totp},
    realm::Realm,
    session::{Visit, visit_amr},
    store::{audit, factors, sessions::Session},
};

/// The result of the form.
pub enum Outcome {
    /// Proved: the new value of the session cookie.
    Proved(String),
    /// The code does not work now.
    Wrong,
}
opaque!(Outcome);

/// A code as the person typed it.
#[derive(Clone, Copy)]
pub enum Code<'a> {
    /// Of the authenticator app.
    Totp(&'a str),
    /// One of the recovery codes.
    Recovery(&'a str),
}
opaque!(Code<'_>);

/// What the form sends.
#[derive(Clone, Copy)]
pub struct Typed<'a> {
    /// The code.
    pub code: Code<'a>,
    /// Whether the person doesn't want to be asked in this browser for a while.
    pub trusts: bool,
}
opaque!(Typed<'_>);

impl<'a> From<Code<'a>> for Typed<'a> {
    fn from(code: Code<'a>) -> Self {
        Self { code, trusts: false }
    }
}

/// Checks a code and uses it up. The session gets a new id and records its new factor. All of this is one transaction:
/// a code that is used up has signed the person in.
///
/// `leads_to` is the path that the browser goes to afterwards.
pub async fn check(
    realm: &Realm,
    visit: &Visit,
    typed: impl Into<Typed<'_>>,
    leads_to: &str,
) -> Result<Outcome> {
    let Typed { code, trusts } = typed.into();
    let Some(session) = &visit.session else { return Ok(Outcome::Wrong) };
    let user_id = session.user_id.as_str();
    let attempt = count(realm, visit, user_id).await?;
    let judged = async {
        if let Some(code) = judge(realm, user_id, code).await?
            && let Some(cookie) =
                again!(use_up(realm, visit, &code, Proved { session, attempt: &attempt, leads_to, trusts }))?
        {
            return Ok(Outcome::Proved(cookie));
        }
        wrong(realm, visit, user_id, &attempt).await
    };
    throttle::unless_failing(realm, &attempt, judged).await
}

/// Counts a second factor that is not right as a failure.
///
/// # Errors
/// [`Error::Repeated`] when another submission of the same form has just used the right one up: that is no failure.
pub(super) async fn wrong(realm: &Realm, visit: &Visit, user_id: &str, attempt: &Attempt) -> Result<Outcome> {
    if once::beside(realm, visit).await?.is_some() {
        return Err(Error::Repeated);
    }
    let event = events::of_visit(realm, visit, "second_factor.failed", Some(user_id));
    throttle::failed(realm, attempt, &event).await?;
    Ok(Outcome::Wrong)
}

/// A second factor that is right.
#[derive(Clone, Copy)]
pub(super) struct Proved<'a> {
    /// The session in which the first factor was proved.
    pub session: &'a Session,
    /// The attempt at it.
    pub attempt: &'a Attempt,
    /// The path that the browser goes to afterwards.
    pub leads_to: &'a str,
    /// Whether the browser is trusted from now on.
    pub trusts: bool,
}

impl Proved<'_> {
    /// The last part of the transaction that used the factor up: the session gets a new id, and `amr` with the factor.
    /// Returns the new value of the session cookie.
    pub(super) async fn complete(
        self,
        realm: &Realm,
        visit: &Visit,
        amr: &Amr,
        mut tx: Tx,
    ) -> Result<String> {
        let Session { user_id, auth_time, .. } = self.session;
        let proof = establish::Proof { user_id, amr, auth_time: *auth_time, continues: true, adds: false };
        let established = establish::establish_in(realm, visit, &proof, &mut tx).await?;
        events::record_success(realm, visit, &proof, &mut tx).await?;
        if self.trusts {
            trusted_browsers::begin(realm, visit, &mut tx, user_id).await?;
        }
        throttle::factor_succeeded(realm, &mut tx, self.attempt).await?;
        let outcome = once::Outcome::to(self.leads_to).signed_in(&established.sid, &established.value);
        once::settle(realm, visit, &mut tx, &outcome).await?;
        established.dead_ids.commit(realm, tx).await?;
        Ok(established.value)
    }
}

/// Uses a code up and gives the session its second factor; `None` when another request was faster.
async fn use_up(
    realm: &Realm,
    visit: &Visit,
    plausible: &Plausible,
    proved: Proved<'_>,
) -> Result<Option<String>> {
    let session = proved.session;
    let user_id = session.user_id.as_str();
    let mut tx = realm.store.facts.begin().await?;
    // the SQL statement decides: of two requests with one code, only one uses it up (MF1)
    let (used, kind) = match plausible {
        Plausible::Step(step) => {
            let believable = totp::newest_believable_step(realm.now());
            let used = factors::use_totp_step(&mut tx, user_id, *step, believable).await?;
            (used, "second_factor.totp")
        }
        Plausible::Recovery(hash) => {
            let used = factors::use_recovery_code(&mut tx, user_id, hash, realm.now()).await?;
            (used, "second_factor.recovery_code")
        }
    };
    if !used {
        return Ok(None);
    }
    let amr = visit_amr(session).with_one_time_code();
    audit::record(&mut tx, &events::of_visit(realm, visit, kind, Some(user_id))).await?;
    if matches!(plausible, Plausible::Recovery(_)) {
        notices::tell(realm, visit, &mut tx, user_id, Notice::CodeUsed).await?;
    }
    Ok(Some(proved.complete(realm, visit, &amr, tx).await?))
}

/// Counts an attempt at the account's second factor, whichever it is (MF3).
pub(super) async fn count(realm: &Realm, visit: &Visit, user_id: &str) -> Result<Attempt> {
    let counted = throttle::second_factor(realm, visit, user_id).await;
    noting_a_wait(realm, visit, user_id, counted).await
}

/// Counts an attempt to confirm a second factor that is not the account's yet.
pub async fn count_confirmation(realm: &Realm, visit: &Visit, user_id: &str) -> Result<Attempt> {
    let counted = throttle::confirmation(realm, visit, user_id).await;
    noting_a_wait(realm, visit, user_id, counted).await
}

async fn noting_a_wait(
    realm: &Realm,
    visit: &Visit,
    user_id: &str,
    counted: Result<Attempt>,
) -> Result<Attempt> {
    let waits = events::of_visit(realm, visit, "second_factor.throttled", Some(user_id));
    events::noting_a_wait(realm, &waits, counted).await
}

/// What a plausible code uses up: a time step, or the hash of a recovery code.
enum Plausible {
    Step(i64),
    Recovery(String),
}

/// Judges the typed code without using it up; `None` when it can't be right.
async fn judge(realm: &Realm, user_id: &str, typed: Code<'_>) -> Result<Option<Plausible>> {
    let typed = match typed {
        Code::Totp(typed) => typed,
        Code::Recovery(typed) => {
            return Ok(recovery::normalise(typed).map(|code| Plausible::Recovery(recovery::hash(&code))));
        }
    };
    let Some(enrolled) = factors::totp(&realm.store.facts, user_id).await? else { return Ok(None) };
    let seed = seed::open(realm, &enrolled.seed)?;
    Ok(totp::check(&seed, typed, Some(enrolled.last_step), realm.now()).map(Plausible::Step))
}
