//! The content of the realm's database, read directly, and the check of promises against it.

use std::collections::BTreeMap;

use database::sqlx::{self, Connection, PgConnection, SqliteConnection};

use super::ledger::{Grant, Ledger, SIGNED_OUT, State, grant_id};

/// Names, each with a number.
pub type Rows = BTreeMap<String, i64>;

/// The stored data.
#[derive(Debug, Default)]
pub struct Stored {
    /// The accounts by e-mail address, with the time of their creation.
    pub accounts: Rows,
    /// The consents, with their time.
    pub consents: Rows,
    /// The redeemed grants, with their generation.
    pub generations: Rows,
    /// The revoked grants, with the time.
    pub revoked: Rows,
    /// The ended sessions by `sid`, with the time.
    pub ended: Rows,
    /// The audit events by kind and e-mail address, with their number.
    pub events: Rows,
}

impl Stored {
    /// Reads the database with this URL.
    pub async fn at(address: &str) -> Self {
        Self {
            accounts: rows(address, "SELECT email, created_at FROM users").await,
            consents: rows(
                address,
                "SELECT email, granted_at FROM consents JOIN users ON users.id = user_id",
            )
            .await,
            generations: rows(address, "SELECT id, generation FROM grants WHERE redeemed_at IS NOT NULL")
                .await,
            revoked: rows(address, "SELECT id, revoked_at FROM grants WHERE revoked_at IS NOT NULL").await,
            ended: rows(address, "SELECT sid, ended_at FROM sessions WHERE ended_at IS NOT NULL").await,
            events: rows(
                address,
                "SELECT kind || ' ' || email, COUNT(*) FROM audit_events JOIN users ON users.id = user_id \
                 GROUP BY kind, email",
            )
            .await,
        }
    }
}

/// The rows of a query on PostgreSQL or SQLite.
async fn rows(address: &str, query: &'static str) -> Rows {
    let rows: Vec<(String, i64)> = if address.starts_with("sqlite:") {
        let mut file = SqliteConnection::connect(address).await.expect("the file");
        sqlx::query_as(query).fetch_all(&mut file).await.expect("rows of the file")
    } else {
        let mut server = PgConnection::connect(address).await.expect("the server");
        sqlx::query_as(query).fetch_all(&mut server).await.expect("rows of the server")
    };
    rows.into_iter().collect()
}

impl Ledger {
    /// Compares all promises with the stored data.
    pub fn compare_stored(&mut self, stored: &Stored) {
        let mut broken = Vec::new();
        for email in self.accounts.iter().filter(|email| !stored.accounts.contains_key(*email)) {
            broken.push(format!("an account that was made is not stored: {email}"));
        }
        for event in &self.events {
            // each event happens to a person once, or twice if an answer was cut off before
            let times = stored.events.get(event).copied().unwrap_or_default();
            if !(1..=1 + i64::from(self.repeated.contains(event))).contains(&times) {
                broken.push(format!("what was answered is on record {times} times: {event}"));
            }
            let allowed = event.strip_prefix("consent.given ");
            if allowed.is_some_and(|email| !stored.consents.contains_key(email)) {
                broken.push(format!("an allowance is not stored: {event}"));
            }
        }
        // no client here uses a refresh token that it knows to be used up
        for event in stored.events.keys().filter(|event| event.starts_with("refresh_token.reused ")) {
            broken.push(format!("a client that lost an answer was taken for a thief: {event}"));
        }
        for grant in &self.grants {
            broken.extend(
                wrong_with(grant, stored).map(|what| format!("{what}: {}", grant_id(&grant.refresh))),
            );
        }
        self.broken.append(&mut broken);
    }
}

fn wrong_with(grant: &Grant, stored: &Stored) -> Option<&'static str> {
    let id = grant_id(&grant.refresh);
    let reported: Option<i64> = grant.refresh.split('.').nth(1).and_then(|text| text.parse().ok());
    let Some(generation) = stored.generations.get(id) else {
        return Some("there are tokens without a grant");
    };
    let revoked = stored.revoked.contains_key(id);
    match grant.state {
        _ if reported.is_none_or(|reported| reported > *generation) => {
            Some("a rotation that was told is forgotten")
        }
        State::Alive if revoked => Some("a grant that is alive is stored as revoked"),
        State::Ended(_) if !revoked => Some("a grant that ended is not stored as revoked"),
        State::Ended(SIGNED_OUT) if !stored.ended.contains_key(&grant.notice().0) => {
            Some("a session that was signed out is not stored as ended")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    use super::*;

    const WHO: &str = "w@example.org";

    fn grant(state: State) -> Grant {
        let id_token = format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(r#"{"sid":"s1","sub":"u1"}"#));
        Grant { access: String::new(), refresh: "g1.3.mac".to_owned(), id_token, state }
    }

    fn names(names: &[&str]) -> Rows {
        names.iter().map(|name| ((*name).to_owned(), 1)).collect()
    }

    /// The notes and the stored data of a person who signed in, consented and signed out.
    fn signed_out() -> (Ledger, Stored) {
        let mut ledger = Ledger::default();
        ledger.registered(WHO, String::new());
        ledger.event("consent.given");
        ledger.event("session.ended");
        ledger.grants.push(grant(State::Ended(SIGNED_OUT)));
        let events =
            ["account.registered", "consent.given", "session.ended"].map(|kind| format!("{kind} {WHO}"));
        let stored = Stored {
            accounts: names(&[WHO]),
            consents: names(&[WHO]),
            generations: [("g1".to_owned(), 3)].into(),
            revoked: names(&["g1"]),
            ended: names(&["s1"]),
            events: events.map(|event| (event, 1)).into(),
        };
        (ledger, stored)
    }

    fn broken(change: impl FnOnce(&mut Ledger, &mut Stored)) -> usize {
        let (mut ledger, mut stored) = signed_out();
        change(&mut ledger, &mut stored);
        ledger.compare_stored(&stored);
        ledger.broken.len()
    }

    #[test]
    fn z20_what_was_told_and_is_not_stored_is_seen_fact_by_fact() {
        assert_eq!(broken(|_, _| {}), 0);
        assert_eq!(broken(|_, stored| stored.accounts.clear()), 1);
        assert_eq!(broken(|_, stored| stored.consents.clear()), 1);
        assert_eq!(broken(|_, stored| stored.revoked.clear()), 1);
        assert_eq!(broken(|_, stored| stored.ended.clear()), 1);
        for kind in ["account.registered", "consent.given", "session.ended"] {
            let lost = |_: &mut Ledger, stored: &mut Stored| {
                stored.events.remove(&format!("{kind} {WHO}"));
            };
            assert_eq!(broken(lost), 1, "{kind}");
        }
    }

    #[test]
    fn z20_what_was_told_once_and_is_stored_twice_is_seen() {
        assert_eq!(
            broken(|_, stored| *stored.events.get_mut(&format!("session.ended {WHO}")).unwrap() = 2),
            1
        );
    }

    #[test]
    fn z20_what_was_done_once_more_for_an_answer_that_was_cut_off_is_done_twice_at_most() {
        for (times, sound) in [(0, false), (1, true), (2, true), (3, false)] {
            let change = |ledger: &mut Ledger, stored: &mut Stored| {
                ledger.repeats("session.ended");
                *stored.events.get_mut(&format!("session.ended {WHO}")).unwrap() = times;
            };
            assert_eq!(broken(change) == 0, sound, "{times}");
        }
    }

    #[test]
    fn o1_a_family_that_was_revoked_because_an_answer_was_lost_is_seen() {
        let reused = |_: &mut Ledger, stored: &mut Stored| {
            stored.events.insert(format!("refresh_token.reused {WHO}"), 1);
        };
        assert_eq!(broken(reused), 1);
        let alive = |ledger: &mut Ledger, _: &mut Stored| ledger.grants[0].state = State::Alive;
        assert_eq!(broken(alive), 1, "it is stored as revoked");
    }

    #[test]
    fn z20_a_token_without_a_stored_grant_and_a_forgotten_rotation_are_seen() {
        for (generation, sound) in [(Some(3), true), (Some(4), true), (Some(2), false), (None, false)] {
            let change = |ledger: &mut Ledger, stored: &mut Stored| {
                ledger.grants[0].state = State::Doubtful;
                stored.generations =
                    generation.map(|generation| ("g1".to_owned(), generation)).into_iter().collect();
            };
            assert_eq!(broken(change) == 0, sound, "{generation:?}");
        }
    }
}
