//! The rotation of signing keys (K13): next (published, so that every cache knows it) → active (it signs) → retired
//! (published until its last token has expired) → removed. Each algorithm rotates on its own (KEY-1).

use super::{Algorithm, MAX_KEYS};
use crate::stored_time::is_ahead;

/// The most published keys of one algorithm, so that all keys of a realm fit into one set.
pub const MOST: usize = MAX_KEYS / 2;

/// The state of a signing key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// Published, not signing.
    Next,
    /// Published and signing; one for each algorithm.
    Active,
    /// Published, not signing any more.
    Retired,
}

impl KeyState {
    /// The word it is stored as.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Next => "next",
            Self::Active => "active",
            Self::Retired => "retired",
        }
    }

    /// The state that is stored as this word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Next, Self::Active, Self::Retired].into_iter().find(|state| state.as_str() == word)
    }
}

/// Facts about a signing key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFacts {
    /// Its id in the JWKS.
    pub kid: String,
    /// The one algorithm it signs with.
    pub algorithm: Algorithm,
    /// Its state.
    pub state: KeyState,
    /// Since when it has this state, Unix seconds.
    pub since: i64,
}

/// A realm's rotation policy, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RotationPolicy {
    /// How long a key signs.
    pub rotate_after: i64,
    /// How long a key is published before it signs. This is longer than any cache keeps the JWKS.
    pub publish_ahead: i64,
    /// How long a retired key stays published: until every token that it signed has expired.
    pub keep_retired: i64,
}

/// An action that is due for an algorithm's keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// Make a key in that state.
    Make(Algorithm, KeyState),
    /// Let the next key take over.
    Rotate(Rotation),
    /// Remove a retired key.
    Forget(String),
    /// Set the time of a key's state to now, because the stored time is ahead of the clock.
    Date(String),
}

/// One key takes over from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    /// The key that stops signing.
    pub from: String,
    /// The key that signs from now on.
    pub to: String,
}

/// Why a rotation is not possible now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotNow {
    /// There is no active key or no next key yet; it is being made.
    NoSuccessor,
    /// Caches may not know the next key yet. The number is how many seconds to wait.
    TooFresh(i64),
    /// The most keys are published already: a retired one has to be removed first.
    TooMany,
}

/// The actions that are due for one algorithm at `now`. When there is no active key, making one is the only action.
pub fn due(algorithm: Algorithm, keys: &[KeyFacts], policy: &RotationPolicy, now: i64) -> Vec<Due> {
    let Some(active) = find(algorithm, keys, KeyState::Active) else {
        return vec![Due::Make(algorithm, KeyState::Active)];
    };
    let mut due = Vec::new();
    if find(algorithm, keys, KeyState::Next).is_none() {
        due.push(Due::Make(algorithm, KeyState::Next));
    }
    if now - active.since >= policy.rotate_after {
        due.extend(rotation(algorithm, keys, policy, now).map(Due::Rotate));
    }
    for key in keys.iter().filter(|key| key.algorithm == algorithm) {
        if is_ahead(key.since, now) {
            due.push(Due::Date(key.kid.clone()));
        } else if is_over(key, policy, now) {
            due.push(Due::Forget(key.kid.clone()));
        }
    }
    due
}

/// The rotation of one algorithm, if it is possible at `now` without any valid token being refused.
pub fn rotation(
    algorithm: Algorithm,
    keys: &[KeyFacts],
    policy: &RotationPolicy,
    now: i64,
) -> Result<Rotation, NotNow> {
    let active = find(algorithm, keys, KeyState::Active).ok_or(NotNow::NoSuccessor)?;
    let next = find(algorithm, keys, KeyState::Next).ok_or(NotNow::NoSuccessor)?;
    // the key that becomes next afterwards needs a place
    if keys.iter().filter(|key| key.algorithm == algorithm).count() >= MOST {
        return Err(NotNow::TooMany);
    }
    // a time ahead of the clock counts as now
    let since = if is_ahead(next.since, now) { now } else { next.since };
    let wait = since + policy.publish_ahead - now;
    if wait > 0 {
        return Err(NotNow::TooFresh(wait));
    }
    Ok(Rotation { from: active.kid.clone(), to: next.kid.clone() })
}

/// The rotation of one algorithm that took place between `from` and `to` (Unix seconds), if there was one.
pub fn rotated_between(algorithm: Algorithm, keys: &[KeyFacts], from: i64, to: i64) -> Option<Rotation> {
    let then = from..=to;
    let retired = keys.iter().filter(|key| key.algorithm == algorithm && key.state == KeyState::Retired);
    let last = retired.filter(|key| then.contains(&key.since)).max_by_key(|key| key.since)?;
    let active = find(algorithm, keys, KeyState::Active)?;
    Some(Rotation { from: last.kid.clone(), to: active.kid.clone() })
}

fn find(algorithm: Algorithm, keys: &[KeyFacts], state: KeyState) -> Option<&KeyFacts> {
    keys.iter().find(|key| key.algorithm == algorithm && key.state == state)
}

fn is_over(key: &KeyFacts, policy: &RotationPolicy, now: i64) -> bool {
    key.state == KeyState::Retired && now - key.since >= policy.keep_retired
}

#[cfg(test)]
mod tests {
    use KeyState::{Active, Next, Retired};

    use super::*;

    const ES: Algorithm = Algorithm::ES256;
    const POLICY: RotationPolicy =
        RotationPolicy { rotate_after: 1000, publish_ahead: 100, keep_retired: 300 };

    fn key(kid: &str, state: KeyState, since: i64) -> KeyFacts {
        KeyFacts { kid: kid.into(), algorithm: ES, state, since }
    }

    fn rotate() -> Vec<Due> {
        vec![Due::Rotate(Rotation { from: "a".into(), to: "n".into() })]
    }

    #[test]
    fn k13_the_key_that_signs_is_made_first_and_then_its_successor() {
        assert_eq!(due(ES, &[], &POLICY, 0), [Due::Make(ES, Active)]);
        assert_eq!(due(ES, &[key("n", Next, 0)], &POLICY, 0), [Due::Make(ES, Active)]);
        assert_eq!(due(ES, &[key("a", Active, 0)], &POLICY, 0), [Due::Make(ES, Next)]);
        assert_eq!(due(ES, &[key("a", Active, 0), key("n", Next, 0)], &POLICY, 999), []);
    }

    #[test]
    fn k13_a_key_takes_over_by_age_but_never_before_every_cache_knows_it() {
        let keys = [key("a", Active, 0), key("n", Next, 0)];
        assert_eq!(due(ES, &keys, &POLICY, 1000), rotate());
        let fresh = [key("a", Active, 0), key("n", Next, 950)];
        assert_eq!(due(ES, &fresh, &POLICY, 1049), []);
        assert_eq!(due(ES, &fresh, &POLICY, 1050), rotate());
    }

    #[test]
    fn k13_a_retired_key_stays_until_its_last_token_is_dead() {
        let keys = [key("a", Active, 500), key("n", Next, 500), key("r", Retired, 500)];
        assert_eq!(due(ES, &keys, &POLICY, 799), []);
        assert_eq!(due(ES, &keys, &POLICY, 800), [Due::Forget("r".into())]);
    }

    #[test]
    fn q4_a_key_that_a_clock_ahead_has_dated_is_in_its_state_since_now() {
        let ahead = 10_000;
        let keys = [key("a", Active, ahead), key("n", Next, ahead), key("r", Retired, ahead)];
        let dated = ["a", "n", "r"].map(|kid| Due::Date(kid.into()));
        assert_eq!(due(ES, &keys, &POLICY, 5000), dated);
        assert_eq!(
            rotation(ES, &keys, &POLICY, 5000),
            Err(NotNow::TooFresh(100)),
            "no longer than from now on"
        );
        let leeway = crate::stored_time::LEEWAY;
        assert_eq!(due(ES, &keys, &POLICY, ahead - leeway), [], "another replica may be so far ahead");
    }

    #[test]
    fn key1_each_algorithm_rotates_on_its_own() {
        let keys = [key("a", Active, 0), key("n", Next, 0)];
        assert_eq!(due(Algorithm::RS256, &keys, &POLICY, 5000), [Due::Make(Algorithm::RS256, Active)]);
    }

    #[test]
    fn key1_on_demand_it_is_refused_with_the_time_that_is_left() {
        let keys = [key("a", Active, 0), key("n", Next, 40)];
        assert_eq!(rotation(ES, &keys, &POLICY, 90), Err(NotNow::TooFresh(50)));
        assert_eq!(
            rotation(ES, &keys, &POLICY, 140).map(Due::Rotate).into_iter().collect::<Vec<_>>(),
            rotate()
        );
        assert_eq!(rotation(ES, &keys[..1], &POLICY, 140), Err(NotNow::NoSuccessor));
        assert_eq!(rotation(ES, &keys[1..], &POLICY, 140), Err(NotNow::NoSuccessor));
    }

    #[test]
    fn key1_a_rotation_of_that_time_is_found_whoever_did_it() {
        let keys = [key("old", Retired, 10), key("r", Retired, 50), key("a", Active, 50), key("n", Next, 51)];
        let found = |from, to| rotated_between(ES, &keys, from, to).map(|it| (it.from, it.to));
        assert_eq!(found(50, 60), Some(("r".into(), "a".into())));
        assert_eq!(found(51, 60), None, "it was before");
        assert_eq!(found(40, 49), None, "a clock that is ahead makes no rotation of now");
        assert_eq!(rotated_between(ES, &keys[2..], 0, 60), None, "a first key follows none");
        assert_eq!(rotated_between(Algorithm::RS256, &keys, 0, 60), None);
    }

    #[test]
    fn k14_no_more_keys_are_published_than_a_set_may_have() {
        let mut keys = vec![key("a", Active, 0), key("n", Next, 0)];
        keys.extend((3..MOST).map(|n| key(&format!("r{n}"), Retired, 0)));
        assert!(rotation(ES, &keys, &POLICY, 1000).is_ok());
        keys.push(key("r", Retired, 0));
        assert_eq!(rotation(ES, &keys, &POLICY, 1000), Err(NotNow::TooMany));
        assert!(keys.len() * 2 <= MAX_KEYS, "both algorithms");
    }

    #[test]
    fn a_state_is_stored_as_its_word() {
        for state in [Next, Active, Retired] {
            assert_eq!(KeyState::parse(state.as_str()), Some(state));
        }
        assert_eq!(KeyState::parse("ACTIVE"), None);
    }
}
