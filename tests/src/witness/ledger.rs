//! What was promised, and what is a broken promise.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde_json::Value;

use crate::relying_party::claims;

/// What a client knows of a person's session.
#[derive(Debug, Clone)]
pub struct Session {
    /// The address of whoever has it.
    pub email: String,
    /// The browser's cookies when it began.
    pub cookies: String,
    /// How it should stand.
    pub state: State,
}

/// What clients wrote down.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Addresses whose account was made.
    pub accounts: Vec<String>,
    /// Grants that were redeemed.
    pub grants: Vec<Grant>,
    /// Sessions that began.
    pub sessions: Vec<Session>,
    /// What has to be in the audit trail: what happened, and the address of whom it happened to.
    pub events: BTreeSet<String>,
    /// What of that had been done before, perhaps, when an answer was cut off: it may be on record once more.
    pub repeated: BTreeSet<String>,
    /// Access tokens without a grant that were revoked.
    pub revoked: Vec<String>,
    /// How often a code was answered with tokens.
    pub codes: BTreeMap<String, usize>,
    /// How many requests were answered.
    pub answers: usize,
    /// Why others were not, or with "not now": what came of them is unknown.
    pub cuts: Vec<String>,
    /// Promises that were broken.
    pub broken: Vec<String>,
}

/// What a client knows of a grant.
#[derive(Debug, Clone)]
pub struct Grant {
    /// The last access token.
    pub access: String,
    /// The last refresh token.
    pub refresh: String,
    /// The ID token of the redemption.
    pub id_token: String,
    /// How it should stand.
    pub state: State,
}

/// How a grant or a session ends by its person's wish.
pub const SIGNED_OUT: &str = "signed out";

/// How a grant or a session should stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing was done that ends it.
    Alive,
    /// Something was, and nobody answered.
    Doubtful,
    /// Revoked, signed out or replayed, and answered.
    Ended(&'static str),
}

/// What each replica says about a grant afterwards: whether userinfo, introspection and a refresh accept it.
pub type Found = [[bool; 3]; 2];

impl Ledger {
    /// Adds another client's.
    pub fn add(&mut self, other: Self) {
        self.accounts.extend(other.accounts);
        self.grants.extend(other.grants);
        self.sessions.extend(other.sessions);
        self.events.extend(other.events);
        self.repeated.extend(other.repeated);
        self.revoked.extend(other.revoked);
        for (code, times) in other.codes {
            *self.codes.entry(code).or_default() += times;
        }
        self.answers += other.answers;
        self.cuts.extend(other.cuts);
        self.broken.extend(other.broken);
    }

    /// An account was made, and a session began that has these cookies.
    pub fn registered(&mut self, email: &str, cookies: String) {
        self.accounts.push(email.to_owned());
        self.sessions.push(Session { email: email.to_owned(), cookies, state: State::Alive });
        self.event("account.registered");
    }

    /// Something happened to whoever has the last session, and has to be on record.
    pub fn event(&mut self, kind: &str) {
        self.events.insert(self.named(kind));
    }

    /// The same may have happened to them before, unanswered.
    pub fn repeats(&mut self, kind: &str) {
        self.repeated.insert(self.named(kind));
    }

    fn named(&self, kind: &str) -> String {
        let email = self.sessions.last().map(|session| session.email.as_str()).unwrap_or_default();
        format!("{kind} {email}")
    }

    /// A code was answered with tokens. The answer is where the grant stands in the ledger.
    pub fn redeemed(&mut self, code: &str, tokens: &Value, issuer: &str) -> usize {
        let times = self.codes.entry(code.to_owned()).or_default();
        *times += 1;
        if *times > 1 {
            self.broken.push("a code was redeemed twice".to_owned());
        }
        let text = |name: &str| tokens.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        self.issued(&text("access_token"), issuer);
        self.issued(&text("id_token"), issuer);
        let (access, refresh, id_token) = (text("access_token"), text("refresh_token"), text("id_token"));
        self.grants.push(Grant { access, refresh, id_token, state: State::Alive });
        self.grants.len() - 1
    }

    /// A token was issued, by whom it says.
    pub fn issued(&mut self, token: &str, issuer: &str) {
        let claims = claims(token);
        if claims.get("iss").and_then(Value::as_str) != Some(issuer) {
            self.broken.push(format!("{issuer} issued a token of another realm: {claims}"));
        }
    }

    /// A grant that had come to its end was still good for something.
    pub fn accepted(&mut self, grant: &Grant, by: &str) {
        if let State::Ended(how) = grant.state {
            self.broken
                .push(format!("a grant that was {how} was accepted by {by}: {}", grant_id(&grant.refresh)));
        }
    }

    /// Compares what a client knows of a grant with what the replicas say.
    pub fn compare(&mut self, grant: &Grant, found: Found) {
        let (any, all) = (found.as_flattened().contains(&true), !found.as_flattened().contains(&false));
        let id = grant_id(&grant.refresh);
        match grant.state {
            State::Alive if !all => {
                self.broken.push(format!("a grant that is alive is refused: {id} {found:?}"));
            }
            State::Ended(how) if any => {
                self.broken.push(format!("a grant that was {how} is alive: {id} {found:?}"));
            }
            State::Doubtful if any != all => {
                self.broken.push(format!("the replicas don't agree about a grant: {id} {found:?}"));
            }
            _ => {}
        }
    }
}

/// The grant of a refresh token, which names it.
pub(super) fn grant_id(refresh_token: &str) -> &str {
    refresh_token.split('.').next().unwrap_or_default()
}

impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count =
            |wanted: fn(&State) -> bool| self.grants.iter().filter(|grant| wanted(&grant.state)).count();
        write!(
            f,
            "{} answers, {} cut off; {} accounts; {} grants alive, {} ended, {} in doubt; {} sign-outs; {} tokens revoked",
            self.answers,
            self.cuts.len(),
            self.accounts.len(),
            count(|state| *state == State::Alive),
            count(|state| matches!(state, State::Ended(_))),
            count(|state| *state == State::Doubtful),
            self.sessions.iter().filter(|session| session.state == State::Ended(SIGNED_OUT)).count(),
            self.revoked.len()
        )
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    use serde_json::json;

    use super::*;

    const ISSUER: &str = "https://id.example";

    fn token(issuer: &str) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(json!({ "iss": issuer }).to_string()))
    }

    fn tokens(issuer: &str) -> Value {
        json!({ "access_token": token(issuer), "id_token": token(issuer), "refresh_token": "g1.3.mac" })
    }

    fn grant(state: State) -> Grant {
        Grant { access: String::new(), refresh: "g1.3.mac".to_owned(), id_token: String::new(), state }
    }

    fn broken(state: State, found: Found) -> bool {
        let mut ledger = Ledger::default();
        ledger.compare(&grant(state), found);
        !ledger.broken.is_empty()
    }

    #[test]
    fn z20_a_code_that_is_redeemed_twice_is_seen_even_by_two_clients() {
        let mut ledger = Ledger::default();
        ledger.redeemed("code", &tokens(ISSUER), ISSUER);
        assert!(ledger.broken.is_empty());
        ledger.redeemed("code", &tokens(ISSUER), ISSUER);
        assert_eq!(ledger.broken.len(), 1);
    }

    #[test]
    fn z20_a_token_of_another_realm_is_seen() {
        let mut ledger = Ledger::default();
        ledger.redeemed("code", &tokens("https://staff-id.example"), ISSUER);
        assert_eq!(ledger.broken.len(), 2, "access token and ID token");
    }

    #[test]
    fn z20_a_lost_grant_and_a_risen_one_are_seen_at_either_replica() {
        let (yes, no) = ([true; 3], [false; 3]);
        assert!(!broken(State::Alive, [yes, yes]) && !broken(State::Ended("revoked"), [no, no]));
        for at in 0..6 {
            let (mut one_refuses, mut one_accepts) = ([yes, yes], [no, no]);
            one_refuses[at / 3][at % 3] = false;
            one_accepts[at / 3][at % 3] = true;
            assert!(broken(State::Alive, one_refuses), "{one_refuses:?}");
            assert!(broken(State::Ended("revoked"), one_accepts), "{one_accepts:?}");
            assert!(broken(State::Doubtful, one_accepts) && broken(State::Doubtful, one_refuses));
        }
        assert!(!broken(State::Doubtful, [yes, yes]) && !broken(State::Doubtful, [no, no]));
    }

    #[test]
    fn z20_an_ended_grant_that_works_is_seen_at_once() {
        let mut ledger = Ledger::default();
        ledger.accepted(&grant(State::Alive), "userinfo");
        ledger.accepted(&grant(State::Doubtful), "userinfo");
        assert!(ledger.broken.is_empty());
        ledger.accepted(&grant(State::Ended("signed out")), "userinfo");
        assert_eq!(ledger.broken.len(), 1);
    }
}
