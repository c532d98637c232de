//! Stored times that lie ahead of the clock.
//!
//! A clock that was ahead and was put right leaves times behind that the right clock hasn't reached. No such time may
//! hold a person up, and none may keep a protection off. Here it is decided which times are ahead; whoever reads one
//! says what follows: a wait is over, a proof is not fresh, a key counts from now on.

/// How far two clocks may differ, in seconds. A stored time that is ahead by no more may come from another replica.
pub const LEEWAY: i64 = 60;

/// Whether no clock that may be believed has reached this time yet. Unix seconds.
pub fn is_ahead(stored: i64, now: i64) -> bool {
    stored > now.saturating_add(LEEWAY)
}

/// How many seconds ago that was, for whatever has to be recent; `None` when it [is ahead](is_ahead), since nobody knows
/// how long ago that really was. A time within the leeway is zero seconds ago.
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
