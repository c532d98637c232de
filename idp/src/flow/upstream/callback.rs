//! Somebody comes back from an upstream. The attempt is used up first, then the answer is judged: it counts once,
//! whatever it is.

use protocol::{params::Params, secret};

use super::{Aim, Attempt};
use crate::{
    flow::Result,
    realm::Realm,
    realm::upstream::{Answer, Assertion, Failed},
    session::Visit,
    store::pending_upstream,
};

/// Why an answer is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// The person has changed their mind there.
    Cancelled,
    /// The upstream can't be reached.
    Unreachable,
    /// The upstream refused, or its answer breaks a rule.
    Refused,
    /// It confirms no fresh sign-in, and one was asked for.
    NotFresh,
}

impl From<Failed> for Problem {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Unreachable => Self::Unreachable,
            Failed::Refused => Self::Refused,
            Failed::NotFresh => Self::NotFresh,
        }
    }
}

/// An answer.
pub enum Judged {
    /// This browser was not sent there with that `state`, or has taken too long and is forgotten.
    Unknown,
    /// It was judged before, or too late: the browser goes on where it led.
    Before(Aim),
    /// It is judged now.
    Now {
        /// What the person was sent for.
        aim: Aim,
        /// The upstream's id.
        upstream: String,
        /// Who the person is there.
        who: std::result::Result<Box<Assertion>, Problem>,
    },
}
opaque!(Judged);

/// Judges the answer that came to the callback of the upstream `id`.
pub async fn judge(realm: &Realm, visit: &Visit, id: &str, params: &Params) -> Result<Judged> {
    let Some(state) = params.first("state") else { return Ok(Judged::Unknown) };
    let state_hash = secret::hash(state);
    let (pending, now) = (&realm.store.pending, realm.now());
    let mut before = None;
    for browser in visit.browser_hashes() {
        if let Some(sealed) = pending_upstream::take(pending, &state_hash, &browser, now).await? {
            let Some(attempt) = Attempt::open(realm, &state_hash, &sealed) else { break };
            return answered(realm, attempt, id, params).await;
        }
        before = pending_upstream::find(pending, &state_hash, &browser).await?;
        if before.is_some() {
            break;
        }
    }
    let attempt = before.and_then(|sealed| Attempt::open(realm, &state_hash, &sealed));
    Ok(attempt.map_or(Judged::Unknown, |attempt| Judged::Before(attempt.aim)))
}

async fn answered(realm: &Realm, attempt: Attempt, id: &str, params: &Params) -> Result<Judged> {
    let who = who(realm, &attempt, id, params).await;
    if let Err(problem) = &who {
        tracing::info!(upstream = attempt.upstream, ?problem, "a sign-in at an upstream provider ended");
    }
    Ok(Judged::Now { who: who.map(Box::new), aim: attempt.aim, upstream: attempt.upstream })
}

async fn who(
    realm: &Realm,
    attempt: &Attempt,
    id: &str,
    params: &Params,
) -> std::result::Result<Assertion, Problem> {
    // each upstream has a callback of its own: the answer of one can't be taken for that of another (RFC 9700 section 4.4)
    let upstream = realm.upstream(id).filter(|_| id == attempt.upstream).ok_or(Problem::Refused)?;
    let code = match (params.first("error"), params.first("code")) {
        (Some("access_denied"), _) => return Err(Problem::Cancelled),
        (Some("server_error" | "temporarily_unavailable"), _) => return Err(Problem::Unreachable),
        (None, Some(code)) => code,
        _ => return Err(Problem::Refused),
    };
    let answer = Answer {
        code,
        iss: params.first("iss"),
        nonce: &attempt.nonce,
        verifier: &attempt.verifier,
        signed_in_since: attempt.signed_in_since,
    };
    Ok(upstream.assertion(realm, answer).await?)
}
