use std::collections::HashMap;

use proptest::prelude::*;
use protocol::stored_time::LEEWAY;

use super::{
    limits::{Decision, Standing, TURN_SECONDS, decide},
    *,
};
use crate::words;

const DAY: i64 = 86_400;
const NOW: i64 = 1_800_000_000;

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn after(count: i64, last_at: i64) -> Standing {
    Standing { count, last_at, under_way: 0 }
}

/// The counters of one account, with no attempt between decision and result.
#[derive(Debug, Default)]
struct Counters(HashMap<(Bucket, usize), Standing>);

impl Counters {
    /// A stranger's wrong password from that source. Returns whether it was checked.
    fn guess(&mut self, source: usize, now: i64) -> Decision {
        let keys = [(Bucket::AccountAndSource, source), (Bucket::Account, 0)];
        let held = keys.map(|key| (key.0, self.0.get(&key).copied().unwrap_or_default()));
        let decision = decide(&held, now);
        let put = |counters: &mut Self, key, (count, last_at)| {
            counters.0.insert(key, after(count, last_at));
        };
        match decision {
            Decision::Wait(_) => {}
            Decision::Promised(at) => {
                put(self, keys[0], (0, at));
                put(self, keys[1], Bucket::Account.limits().after_promise(&held[1].1, now));
            }
            Decision::Admitted { in_turn } => {
                let paid = if in_turn { 1 } else { 2 };
                for (key, (bucket, standing)) in keys.into_iter().zip(held).take(paid) {
                    put(self, key, bucket.limits().after_failure(&standing, now));
                }
            }
        }
        decision
    }
}

fn is_admitted(decision: Decision) -> bool {
    matches!(decision, Decision::Admitted { .. })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// NIST SP 800-63B section 3.2.2: attackers who try all the time, from any number of addresses.
    #[test]
    fn w8_many_attackers_make_a_bounded_number_of_guesses_a_day(sources in 1_usize..400, every in 1_i64..20) {
        let (mut counters, mut guesses) = (Counters::default(), vec![0; sources]);
        let mut source = 0;
        for now in (NOW..NOW + DAY).step_by(usize::try_from(every).unwrap()) {
            for _ in 0..5 {
                source = (source + 1) % sources;
                if is_admitted(counters.guess(source, now)) {
                    guesses[source] += 1;
                }
            }
        }
        prop_assert!(guesses.iter().all(|of_one| *of_one <= STOP), "{:?}", guesses.iter().max());
        let all: i64 = guesses.iter().sum();
        prop_assert!(all <= 20 + DAY / 12 + TURN_SECONDS / 12, "{}", all);
    }

    /// The attackers try every second, from addresses that have all failed at this account. The owner comes at any
    /// time.
    #[test]
    fn w9_the_owner_comes_in_within_a_minute_however_hard_others_try(
        sources in 1_usize..60,
        comes in 60_i64..4000,
    ) {
        let mut counters = Counters::default();
        let attack = |counters: &mut Counters, now| {
            for source in 0..sources {
                counters.guess(source, now);
            }
        };
        // all of them fail once before; the next property covers addresses that have not failed yet
        for second in (0..sources * 12).map(|second| i64::try_from(second).unwrap()) {
            attack(&mut counters, NOW + second);
        }
        let begin = NOW + i64::try_from(sources * 12).unwrap();
        for now in begin..begin + comes {
            attack(&mut counters, now);
        }
        let now = begin + comes;
        let owner = 1000;
        match counters.guess(owner, now) {
            Decision::Admitted { .. } => {}
            Decision::Promised(at) => {
                prop_assert!(at - now <= TURN_SECONDS);
                for second in now..at {
                    attack(&mut counters, second);
                    prop_assert!(!is_admitted(counters.guess(owner, second)), "before the turn");
                }
                attack(&mut counters, at);
                prop_assert!(is_admitted(counters.guess(owner, at)), "in turn");
            }
            Decision::Wait(until) => prop_assert!(false, "no turn before {}", until - now),
        }
    }

    #[test]
    fn w9_no_stranger_waits_more_than_a_minute_before_a_hundred_failures(
        count in 0..STOP, passed in 0_i64..200, under_way in 0_i64..30,
        (level, shared_under_way) in (0_i64..6100, 0_i64..30),
    ) {
        let source = Standing { count, last_at: NOW - passed, under_way };
        let shared = Standing { count: level, last_at: NOW - passed, under_way: shared_under_way };
        for bucket in [Bucket::Account, Bucket::Address] {
            let held = [(Bucket::AccountAndSource, source), (bucket, shared)];
            match decide(&held, NOW) {
                Decision::Admitted { .. } => {}
                Decision::Wait(until) | Decision::Promised(until) => {
                    prop_assert!(until > NOW && until <= NOW + TURN_SECONDS, "{}", until - NOW);
                }
            }
        }
    }

    /// Q4: the count was stored by a clock that was ahead, of this replica or another one.
    #[test]
    fn q4_no_count_of_a_time_ahead_keeps_anybody_waiting(
        count in 0..STOP, level in 0_i64..6000, ahead in LEEWAY + TURN_SECONDS + 1..10 * DAY,
    ) {
        for bucket in [
            Bucket::AccountAndBrowser, Bucket::AccountAndSource, Bucket::FactorAndBrowser,
            Bucket::SecondFactor, Bucket::Account, Bucket::Address, Bucket::Requests,
        ] {
            let count = if matches!(bucket.limits(), Limits::Pace { .. }) { level } else { count };
            let standing = after(count, NOW + ahead);
            let decision = decide(&[(bucket, standing)], NOW);
            prop_assert!(is_admitted(decision), "{:?}", bucket);
            let (count, last_at) = bucket.limits().after_failure(&standing, NOW);
            prop_assert!(last_at == NOW && count >= standing.count.min(6000), "{:?} is dated anew", bucket);
        }
    }
}

#[test]
fn w8_ten_failures_are_free_then_waiting_doubles_up_to_a_minute() {
    let limits = Bucket::AccountAndSource.limits();
    let wait = |failures| limits.open_at(&after(failures, NOW), NOW) - NOW;
    assert_eq!([0, 9, 10, 11, 12, 13].map(wait), [0, 0, 30, 60, 60, 60]);
    assert_eq!([20, 21, 99].map(wait), [60; 3]);
    let own = Bucket::AccountAndBrowser.limits();
    let wait = |failures| own.open_at(&after(failures, NOW), NOW) - NOW;
    assert_eq!([9, 10, 11, 20, 99].map(wait), [0, 30, 60, 6 * HOUR, 6 * HOUR]);
}

#[test]
fn w8_mf3_a_hundred_failures_in_a_row_need_a_reset() {
    for bucket in
        [Bucket::AccountAndBrowser, Bucket::AccountAndSource, Bucket::FactorAndBrowser, Bucket::SecondFactor]
    {
        let open_at = |count| bucket.limits().open_at(&after(count, 0), NOW);
        assert!(open_at(99) < i64::MAX, "{bucket:?}");
        assert_eq!(open_at(100), i64::MAX, "{bucket:?}");
        let kept = bucket.limits().after_failure(&after(9, 0), NOW + 365 * DAY);
        assert_eq!(kept, (10, NOW + 365 * DAY), "{bucket:?} must not forget by itself");
        assert_eq!(decide(&[(bucket, after(100, 0))], NOW), Decision::Wait(i64::MAX));
    }
}

#[test]
fn w8_what_is_under_way_counts_like_a_failure_of_now() {
    let limits = Bucket::AccountAndSource.limits();
    let standing = |count, under_way| Standing { count, last_at: NOW - 1000, under_way };
    assert_eq!(limits.open_at(&standing(0, 9), NOW), NOW);
    assert_eq!(limits.open_at(&standing(0, 10), NOW), NOW + 30);
    assert_eq!(limits.open_at(&standing(12, 0), NOW), NOW - 1000 + 60, "the wait is over");
    assert_eq!(limits.open_at(&standing(12, 1), NOW), NOW + 60, "one at a time");
    assert_eq!(
        limits.open_at(&standing(99, 1), NOW),
        NOW + 60,
        "no hundredth before the ninety-ninth is known"
    );
}

#[test]
fn w9_what_many_share_forgets_two_failures_a_minute_under_traffic_as_at_rest() {
    let shared = Bucket::Address.limits();
    let failures = |n: i64| n * 30;
    assert_eq!(shared.after_failure(&after(failures(110), 1000), 1000), (failures(111), 1000));
    assert_eq!(shared.after_failure(&after(failures(110), 1000), 1060), (failures(109), 1060));
    assert_eq!(shared.after_failure(&after(failures(110), 1000), 1000 + HOUR), (30, 1000 + HOUR));
    let back = shared.after_failure(&after(failures(110), 1000), 990);
    assert_eq!(back, (failures(111), 1000), "a clock that goes back forgives nothing");
    assert_eq!(shared.open_at(&after(failures(199), 1000), 1000), 1000);
    assert_eq!(shared.open_at(&after(failures(200), 1000), 1000), 1030);
    assert_eq!(
        shared.after_failure(&after(failures(200), 1000), 1000),
        (failures(200), 1000),
        "never more than full"
    );
    let once_every = |seconds: i64| {
        (1..=HOUR / seconds).fold(after(0, 0), |standing, n| {
            let (count, last_at) = shared.after_failure(&standing, n * seconds);
            after(count, last_at)
        })
    };
    assert!(once_every(30).count <= failures(1), "two a minute fill nothing");
    assert!(once_every(29).count <= failures(6), "a little more fills it slowly");
    assert!(once_every(15).count >= failures(110), "twice as many fill it");
}

#[test]
fn w9_hundreds_behind_one_address_come_in_at_once_while_few_of_them_fail() {
    let shared = Bucket::Address.limits();
    let crowd = |count, under_way| shared.open_at(&Standing { count, last_at: NOW, under_way }, NOW);
    assert_eq!(crowd(0, 500), NOW);
    assert!(crowd(200 * 30 - 30, 1) > NOW, "where nearly all fail, one at a time");
}

#[test]
fn w9_one_promise_is_one_attempt_and_stands_for_a_minute() {
    let full = (Bucket::Account, after(20 * 12, NOW));
    let at = |source| decide(&[(Bucket::AccountAndSource, source), full], NOW);
    assert_eq!(at(after(0, 0)), Decision::Promised(NOW + 12));
    assert_eq!(at(after(0, NOW + 12)), Decision::Wait(NOW + 12));
    assert_eq!(at(after(0, NOW)), Decision::Admitted { in_turn: true });
    assert_eq!(at(after(0, NOW - 60)), Decision::Admitted { in_turn: true });
    assert_eq!(at(after(0, NOW - 61)), Decision::Promised(NOW + 12), "it ran out");
    let under_way = Standing { count: 0, last_at: NOW, under_way: 1 };
    assert_eq!(at(under_way), Decision::Wait(NOW + 12), "it is used already");
    assert_eq!(at(after(1, NOW)), Decision::Wait(NOW + 12), "who failed here is promised nothing");
    let in_line =
        |level| decide(&[(Bucket::AccountAndSource, after(0, 0)), (Bucket::Account, after(level, NOW))], NOW);
    assert_eq!(in_line(20 * 12 + 48), Decision::Promised(NOW + 60));
    assert_eq!(in_line(20 * 12 + 49), Decision::Wait(NOW + 60), "the line is as long as a minute");
}

#[test]
fn mf3_second_factors_allow_five_wrong_codes_a_minute() {
    let wait = |bucket: Bucket, count| bucket.limits().open_at(&after(count, 1000), 1000) - 1000;
    assert_eq!([4, 5, 6].map(|count| wait(Bucket::FactorAndBrowser, count)), [0, 60, 120]);
    assert_eq!([4, 5, 6, 99].map(|count| wait(Bucket::SecondFactor, count)), [0, 60, 60, 60]);
}

#[test]
fn mf3_a_browser_that_proved_the_factor_has_a_count_of_its_own_and_all_others_share_one_more() {
    let buckets = |keys: &[Key]| keys.iter().map(|key| key.bucket).collect::<Vec<_>>();
    let (one, other) = (strange_factor_keys("u1", "b1"), strange_factor_keys("u1", "b2"));
    assert_eq!(buckets(&one), [Bucket::FactorAndBrowser, Bucket::SecondFactor]);
    assert_eq!(one[0], factor_key("u1", "b1"));
    assert_ne!(one[0], other[0]);
    assert_eq!(one[1], other[1]);
    assert_ne!(one[1], strange_factor_keys("u2", "b1")[1]);
}

#[test]
fn w9_a_familiar_browser_does_not_wait_for_strangers() {
    let here = address("192.0.2.1");
    let buckets = |keys: Vec<Key>| keys.iter().map(|key| key.bucket).collect::<Vec<_>>();
    let strange = stranger_keys("ada@example.com", here);
    let familiar = browser_key("ada@example.com", "b1");
    assert_eq!(familiar.bucket, Bucket::AccountAndBrowser);
    assert_eq!(buckets(strange.clone()), [Bucket::AccountAndSource, Bucket::Address, Bucket::Account]);
    assert_eq!(strange[1], stranger_keys("grace@example.com", here)[1], "what many share is shared by all");
    assert_ne!(familiar, browser_key("ada@example.com", "b2"));
    assert_eq!(familiar, browser_key("Ada@example.com", "b1"));
}

#[test]
fn h9_every_counter_of_an_account_that_lasts_bears_its_name_and_no_other() {
    let here = address("192.0.2.1");
    let mut keys = stranger_keys(" Ada@example.com", here);
    keys.push(browser_key("ada@example.com", "b1"));
    let name = account_name("ada@example.com");
    for key in keys {
        let lasts = matches!(key.bucket.limits(), Limits::Backoff { .. });
        assert_eq!(key.account.as_ref() == Some(&name), lasts, "{key:?}");
    }
    assert_eq!(account_key(" Ada@example.com"), stranger_keys("ada@example.com", here)[2]);
    for key in strange_factor_keys("u1", "b1") {
        assert_eq!(key.account, Some(account_name("u1")));
    }
    assert_ne!(account_name("grace@example.com"), name);
}

#[test]
fn w8_spelling_and_address_form_do_not_give_new_counters() {
    let keys = |name, source| stranger_keys(name, address(source));
    let ada = keys("ada@example.com", "192.0.2.1");
    assert_eq!(keys(" Ada@Example.COM ", "::ffff:192.0.2.1"), ada);
    assert_eq!(keys("ada", "2001:db8:1:2::1"), keys("ada", "2001:db8:1:2:ffff::9"));
    assert_ne!(keys("ada", "2001:db8:1:2::1"), keys("ada", "2001:db8:1:3::1"));
    assert_ne!(keys("grace@example.com", "192.0.2.1"), ada);
}

#[test]
fn w8_each_kind_of_attempt_has_its_own_counter_per_address() {
    let source = address("192.0.2.1");
    let sign_in = sign_in_key(source);
    assert_ne!(sign_in, address_key("register", source));
    assert_ne!(address_key("client", source), address_key("register", source));
    assert_ne!(address_key("client", source), address_key("client", address("192.0.2.2")));
    assert_ne!(success_key("u1", source), success_key("u2", source));
}

#[test]
fn w8_keys_name_neither_account_nor_address() {
    for key in stranger_keys("ada@example.com", address("192.0.2.1")) {
        assert!(!key.key.contains("ada") && !key.key.contains("192"), "{key:?}");
    }
    assert_ne!(factor_key("ada", "b1").key, factor_key("grace", "b1").key);
}

#[test]
fn s24_the_text_tells_how_long_and_nothing_else() {
    for (seconds, text) in [
        (0, "Wait a minute"),
        (60, "Wait a minute"),
        (61, "in 2 minutes"),
        (5400, "in 90 minutes"),
        (5401, "in 2 hours"),
        (21_600, "in 6 hours"),
    ] {
        let said = words::in_english(&message(1000 + seconds, 1000));
        assert!(said.contains(text), "{seconds}: {said}");
    }
    assert!(words::in_english(&message(i64::MAX, 1000)).contains("locked"));
}
