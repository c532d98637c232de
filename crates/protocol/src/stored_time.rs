//! Stored times that lie ahead of the clock.
//!
//! A clock that ran ahead and was corrected leaves stored times that the correct clock hasn't reached. Such a time must
//! not make anybody wait, and must not disable a protection. This module decides which times are ahead. The code that
//! reads a time decides what follows: a wait is over, a proof is not fresh, a key counts from now on.

/// How far two clocks may differ, in seconds. A stored time that is ahead by less may come from another replica.
pub const LEEWAY: i64 = 60;

/// Whether a stored time (Unix seconds) is ahead of the clock by more than [`LEEWAY`].
pub fn is_ahead(stored: i64, now: i64) -> bool {
    stored > now.saturating_add(LEEWAY)
}

/// How many seconds ago a stored time was. `None` when it [is ahead](is_ahead), because its true age is unknown. A time
/// that is ahead within the leeway has the age 0.
pub fn age(stored: i64, now: i64) -> Option<i64> {
    (!is_ahead(stored, now)).then(|| now.saturating_sub(stored).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn q4_a_time_is_ahead_beyond_the_leeway_and_then_it_has_no_age() {
        for (stored, ahead, aged) in [
            (i64::MIN, false, Some(i64::MAX)),
            (900, false, Some(100)),
            (1000, false, Some(0)),
            (1000 + LEEWAY, false, Some(0)),
            (1001 + LEEWAY, true, None),
            (i64::MAX, true, None),
        ] {
            assert_eq!((is_ahead(stored, 1000), age(stored, 1000)), (ahead, aged), "{stored}");
        }
        assert!(!is_ahead(i64::MAX, i64::MAX));
    }
}
