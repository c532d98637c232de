//! The promises that clients got, and the check of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde_json::Value;

use crate::relying_party::claims;

/// A client's knowledge of a person's session.
#[derive(Debug, Clone)]
pub struct Session {
    /// The person's e-mail address.
    pub email: String,
    /// The browser's cookies at its start.
    pub cookies: String,
    /// The expected state.
    pub state: State,
}

/// The notes of clients.
#[derive(Debug, Default)]
pub struct Ledger {
    /// E-mail addresses of created accounts.
    pub accounts: Vec<String>,
    /// Redeemed grants.
    pub grants: Vec<Grant>,
    /// Started sessions.
    pub sessions: Vec<Session>,
    /// Events that the audit trail must contain: kind and the person's e-mail address.
    pub events: BTreeSet<String>,
    /// Those of `events` that may have happened once before, because an answer was cut off: the trail may have them
    /// twice.
    pub repeated: BTreeSet<String>,
    /// Revoked access tokens without a grant.
    pub revoked: Vec<String>,
    /// How often each code was answered with tokens.
    pub codes: BTreeMap<String, usize>,
    /// Number of answered requests.
    pub answers: usize,
    /// Why other requests had no answer, or only "not now": their effect is unknown.
    pub cuts: Vec<String>,
    /// Broken promises.
    pub broken: Vec<String>,
}

/// A client's knowledge of a grant.
#[derive(Debug, Clone)]
pub struct Grant {
    /// The last access token.
    pub access: String,
    /// The last refresh token.
    pub refresh: String,
    /// The ID token of the redemption.
    pub id_token: String,
    /// The expected state.
    pub state: State,
}

/// The end of a grant or a session at its person's request.
pub const SIGNED_OUT: &str = "signed out";

/// The expected state of a grant or a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// No request ended it.
    Alive,
    /// A request that ends it had no answer.
    Doubtful,
    /// It was revoked, signed out or replayed, and the request was answered.
    Ended(&'static str),
}

/// For each replica, whether userinfo, introspection and a refresh accept a grant's tokens.
pub type Found = [[bool; 3]; 2];

impl Ledger {
    /// Adds the notes of another client.
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

    /// Notes a created account and its session with these cookies.
    pub fn registered(&mut self, email: &str, cookies: String) {
        self.accounts.push(email.to_owned());
        self.sessions.push(Session { email: email.to_owned(), cookies, state: State::Alive });
        self.event("account.registered");
    }

    /// Notes an event of the last session's person, which must be in the audit trail.
    pub fn event(&mut self, kind: &str) {
        self.events.insert(self.named(kind));
    }

    /// Notes that such an event may have happened before without an answer.
    pub fn repeats(&mut self, kind: &str) {
        self.repeated.insert(self.named(kind));
    }

    fn named(&self, kind: &str) -> String {
        let email = self.sessions.last().map(|session| session.email.as_str()).unwrap_or_default();
        format!("{kind} {email}")
    }

    /// Notes that a code was answered with tokens. Returns the index of the grant in the ledger.
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

    /// Checks the issuer of a token.
    pub fn issued(&mut self, token: &str, issuer: &str) {
        let claims = claims(token);
        if claims.get("iss").and_then(Value::as_str) != Some(issuer) {
            self.broken.push(format!("{issuer} issued a token of another realm: {claims}"));
        }
    }

    /// Notes that an ended grant was still accepted.
    pub fn accepted(&mut self, grant: &Grant, by: &str) {
        if let State::Ended(how) = grant.state {
            self.broken
                .push(format!("a grant that was {how} was accepted by {by}: {}", grant_id(&grant.refresh)));
        }
    }

    /// Compares the notes about a grant with the answers of the replicas.
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

/// The id of the grant, which a refresh token contains.
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
