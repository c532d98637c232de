//! The promises about sessions and the notices of their end, and the check of them.

use std::collections::BTreeSet;

use super::ledger::{Grant, Ledger, SIGNED_OUT, Session, State};
use crate::relying_party::claims;

/// The content of a notice: `sid` and `sub`.
pub type Notice = (String, String);

impl Ledger {
    /// Compares the notes about a session with the answer of each replica to its cookies: a person is signed in, nobody
    /// is, or neither is known.
    pub fn compare_session(&mut self, session: &Session, found: [Option<bool>; 2]) {
        let broken = match session.state {
            State::Alive => found != [Some(true); 2],
            State::Ended(_) => found != [Some(false); 2],
            State::Doubtful => found[0].is_none() || found[0] != found[1],
        };
        if broken {
            self.broken.push(format!(
                "the session of {} that is {:?} is something else: {found:?}",
                session.email, session.state
            ));
        }
    }

    /// The answered sign-outs that have no notice.
    pub fn untold(&self, notices: &BTreeSet<Notice>) -> Vec<Notice> {
        let ended = self.grants.iter().filter(|grant| grant.state == State::Ended(SIGNED_OUT));
        ended.map(Grant::notice).filter(|notice| !notices.contains(notice)).collect()
    }

    /// Compares the notes with all received notices. There must be no notice for a session that goes on.
    pub fn compare_notices(&mut self, notices: &BTreeSet<Notice>) {
        for (sid, _) in self.untold(notices) {
            self.broken.push(format!("a sign-out that was answered was told nobody: {sid}"));
        }
        for grant in &self.grants {
            let goes_on = !matches!(grant.state, State::Doubtful | State::Ended(SIGNED_OUT));
            let sid = grant.notice().0;
            if goes_on && notices.iter().any(|notice| notice.0 == sid) {
                self.broken.push(format!("the client was told that a session ended that goes on: {sid}"));
            }
        }
    }
}

impl Grant {
    /// The notice that the client will get when the session of this grant has ended.
    pub fn notice(&self) -> Notice {
        let claims = claims(&self.id_token);
        let text =
            |name: &str| claims.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        (text("sid"), text("sub"))
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    use super::*;

    #[test]
    fn z20_a_lost_session_and_a_risen_one_are_seen_at_either_replica() {
        let broken = |state, found| {
            let mut ledger = Ledger::default();
            ledger.compare_session(&Session { email: String::new(), cookies: String::new(), state }, found);
            !ledger.broken.is_empty()
        };
        let states = [State::Alive, State::Ended(SIGNED_OUT), State::Doubtful];
        let said = [Some(true), Some(false), None];
        for (at, state) in states.into_iter().enumerate() {
            for one in said {
                for other in said {
                    let sound = one == other && one.is_some() && (at == 2 || one == said[at]);
                    assert_eq!(broken(state, [one, other]), !sound, "{state:?} {one:?} {other:?}");
                }
            }
        }
    }

    #[test]
    fn z20_l2_a_sign_out_that_nobody_was_told_and_a_notice_of_a_live_session_are_seen() {
        let id_token = format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(r#"{"sid":"s","sub":"u"}"#));
        let broken = |state, notices: &[(&str, &str)]| {
            let grant =
                Grant { access: String::new(), refresh: String::new(), id_token: id_token.clone(), state };
            let mut ledger = Ledger { grants: vec![grant], ..Ledger::default() };
            ledger
                .compare_notices(&notices.iter().map(|(sid, sub)| ((*sid).into(), (*sub).into())).collect());
            !ledger.broken.is_empty()
        };
        let (none, other, ours): (&[_], &[_], &[_]) = (&[], &[("s", "other"), ("other", "u")], &[("s", "u")]);
        for state in [State::Alive, State::Ended("revoked")] {
            assert!(!broken(state, none) && broken(state, ours), "{state:?}");
        }
        let ended = State::Ended(SIGNED_OUT);
        assert!(broken(ended, none) && broken(ended, other) && !broken(ended, ours));
        assert!(!broken(State::Doubtful, none) && !broken(State::Doubtful, ours));
    }
}
