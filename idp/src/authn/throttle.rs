//! How often a person, an address and an account may try (W8, W9, MF3). Pure: counting is the store's business.
//!
//! Every attempt takes a place in each of its buckets *before* the password is looked at, in one statement guarded
//! by [`Limits::open_at`], so that parallel guesses can't share a place; success empties the buckets again. Keys
//! are built from what was typed, whether or not such an account exists (S24).

use std::net::{IpAddr, Ipv6Addr};

use protocol::{email, secret};

/// What is counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bucket {
    /// One account tried by one browser that has signed in to it before. No stranger can fill it, wherever they are
    /// (W9); once it is closed for good the browser is a stranger too (W8).
    AccountAndBrowser,
    /// One account tried from one place, by browsers that have never signed in to it.
    AccountAndSource,
    /// One account tried from anywhere, by browsers that have never signed in to it.
    Account,
    /// Any account tried from one address.
    Address,
    /// Every second factor of one user together (MF3).
    SecondFactor,
}

/// How one bucket slows down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Failures in a row that cost no waiting.
    pub free: i64,
    /// Seconds to wait after the first failure beyond those; each further one doubles it.
    pub first_seconds: i64,
    /// The longest wait in seconds.
    pub cap_seconds: i64,
    /// Failures in a row after which only a reset (another way in, or an administrator) helps.
    pub hard: Option<i64>,
    /// Seconds after which one failure no longer counts, again and again: what many people share fills only by more
    /// failures than that. Such a bucket counts the seconds until it is empty, so that no moment is lost however
    /// often it is looked at; the others count failures.
    pub leak_seconds: Option<i64>,
}

const HOUR: i64 = 3600;
/// NIST SP 800-63B section 3.2.2: at most 100 failures in a row for one account (W8, MF3).
const HARD: Option<i64> = Some(100);

impl Bucket {
    /// The limits of this bucket.
    pub const fn limits(self) -> Limits {
        match self {
            Self::AccountAndBrowser | Self::AccountAndSource => {
                Limits { free: 10, first_seconds: 30, cap_seconds: 6 * HOUR, hard: HARD, leak_seconds: None }
            }
            Self::Account => {
                Limits { free: 20, first_seconds: 30, cap_seconds: 6 * HOUR, hard: HARD, leak_seconds: None }
            }
            // Many people may share one address: roomy, and it forgets two failures a minute.
            Self::Address => Limits {
                free: 100,
                first_seconds: 5,
                cap_seconds: HOUR / 4,
                hard: None,
                leak_seconds: Some(30),
            },
            // Five a minute, then one a minute and slower.
            Self::SecondFactor => {
                Limits { free: 5, first_seconds: 60, cap_seconds: 6 * HOUR, hard: HARD, leak_seconds: None }
            }
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::AccountAndBrowser => "account-browser",
            Self::AccountAndSource => "account-source",
            Self::Account => "account",
            Self::Address => "address",
            Self::SecondFactor => "second-factor",
        }
    }
}

impl Limits {
    /// What one failure adds to a count.
    pub fn weight(&self) -> i64 {
        self.leak_seconds.unwrap_or(1)
    }

    /// What is left at `now` of a count as it was at `last_at`.
    pub fn left(&self, count: i64, last_at: i64, now: i64) -> i64 {
        match self.leak_seconds {
            Some(_) => count.saturating_sub(now.saturating_sub(last_at).max(0)).max(0),
            None => count,
        }
    }

    /// When (Unix seconds) the next attempt is allowed with that count, the last one at `last_at`; `i64::MAX` when only
    /// a reset helps.
    pub fn open_at(&self, count: i64, last_at: i64) -> i64 {
        let failures = count / self.weight().max(1);
        if self.hard.is_some_and(|hard| failures >= hard) {
            return i64::MAX;
        }
        last_at.saturating_add(self.wait(failures))
    }

    /// Seconds to wait after `failures` in a row.
    fn wait(&self, failures: i64) -> i64 {
        let beyond = failures - self.free;
        if beyond < 0 {
            return 0;
        }
        // 2^40 seconds are beyond every cap; the bound keeps the shift defined.
        self.first_seconds.saturating_mul(1 << beyond.min(40)).min(self.cap_seconds)
    }
}

/// One counter: its bucket and the opaque key it is stored under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// What is counted, with which limits.
    pub bucket: Bucket,
    /// A hash: neither identifiers nor addresses are stored.
    pub key: String,
    /// Whose attempts these are, as a hash; none for what many accounts share.
    pub account: Option<String>,
}

impl Key {
    fn shared(parts: &[&str]) -> Self {
        Self { bucket: Bucket::Address, key: hash(Bucket::Address, parts), account: None }
    }

    fn of_account(bucket: Bucket, account: &str, rest: &[&str]) -> Self {
        let key = hash(bucket, &[&[account], rest].concat());
        Self { bucket, key, account: Some(account_name(account)) }
    }
}

/// A control character can't occur in what passed the edge, so no two lists of parts look the same.
fn hash(bucket: Bucket, parts: &[&str]) -> String {
    secret::hash(&[&[bucket.label()], parts].concat().join("\u{1f}"))
}

/// What every counter of an account has in common: of an identifier as typed, or of a user's id.
pub fn account_name(identifier: &str) -> String {
    secret::hash(&["of", &email::key(identifier)].join("\u{1f}"))
}

/// The counters of one password attempt for `identifier` as typed by a stranger.
pub fn stranger_keys(identifier: &str, source: IpAddr) -> Vec<Key> {
    let from_here = Key::of_account(Bucket::AccountAndSource, &email::key(identifier), &[&place(source)]);
    vec![from_here, Key::shared(&[&place(source)]), account_key(identifier)]
}

/// The counters of one password attempt by a browser that has signed in to that account before, so that neither an
/// attack from elsewhere nor one from behind the same address keeps its owner out (W9).
pub fn familiar_keys(identifier: &str, source: IpAddr, browser: &str) -> Vec<Key> {
    vec![browser_key(identifier, browser), Key::shared(&[&place(source)])]
}

/// The counter of an account tried by a browser it knows.
pub fn browser_key(identifier: &str, browser: &str) -> Key {
    Key::of_account(Bucket::AccountAndBrowser, &email::key(identifier), &[browser])
}

/// The counter of something else that strangers may try, per address: `what` is e.g. "register".
pub fn address_key(what: &str, source: IpAddr) -> Key {
    Key::shared(&[what, &place(source)])
}

/// The counter of an account tried from anywhere.
pub fn account_key(identifier: &str) -> Key {
    Key::of_account(Bucket::Account, &email::key(identifier), &[])
}

/// The one counter that all second factors of a user share (MF3).
pub fn second_factor_key(user_id: &str) -> Key {
    Key::of_account(Bucket::SecondFactor, user_id, &[])
}

/// An IPv4 address, or the /64 that one IPv6 subscriber owns.
pub fn place(source: IpAddr) -> String {
    match source.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
        }
    }
}

/// What a person reads who has to wait until `open_at`; the same for every account and bucket (S24).
pub fn message(open_at: i64, now: i64) -> String {
    let minutes = open_at.saturating_sub(now).saturating_add(59) / 60;
    match minutes {
        ..=1 => "Too many attempts. Wait a minute, then try again.".to_owned(),
        2..=90 => format!("Too many attempts. Try again in {minutes} minutes."),
        91..=720 => format!("Too many attempts. Try again in {} hours.", (minutes + 59) / 60),
        _ => "Too many attempts. Sign-in is locked for now: ask for help to get back in.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn w8_ten_failures_are_free_then_waiting_doubles_up_to_hours() {
        let limits = Bucket::AccountAndSource.limits();
        let wait = |failures| limits.open_at(failures, 1000) - 1000;
        assert_eq!([0, 9, 10, 11, 12, 13].map(wait), [0, 0, 30, 60, 120, 240]);
        assert_eq!([20, 21, 99].map(wait), [6 * HOUR; 3]);
    }

    #[test]
    fn w8_a_hundred_failures_in_a_row_need_a_reset() {
        for bucket in
            [Bucket::AccountAndBrowser, Bucket::AccountAndSource, Bucket::Account, Bucket::SecondFactor]
        {
            assert!(bucket.limits().open_at(99, 0) < i64::MAX, "{bucket:?}");
            assert_eq!(bucket.limits().open_at(100, 0), i64::MAX, "{bucket:?}");
            assert_eq!(bucket.limits().leak_seconds, None, "{bucket:?} must not forget by itself");
        }
        assert_eq!(
            Bucket::Address.limits().open_at(i64::MAX, 0),
            HOUR / 4,
            "an address is never locked for good"
        );
    }

    #[test]
    fn w9_what_many_share_forgets_two_failures_a_minute_and_an_account_none() {
        let shared = Bucket::Address.limits();
        let failures = |n| n * shared.weight();
        assert_eq!(shared.left(failures(110), 1000, 1000), failures(110));
        assert_eq!(shared.left(failures(110), 1000, 1060), failures(108));
        assert_eq!(shared.left(failures(110), 1000, 1000 + HOUR), 0);
        assert_eq!(
            shared.left(failures(110), 1000, 0),
            failures(110),
            "a clock that goes back forgives nothing"
        );
        assert_eq!(shared.open_at(failures(99), 1000), 1000);
        assert_eq!(shared.open_at(failures(100), 1000), 1005);
        assert_eq!(Bucket::Account.limits().left(9, 0, 365 * 24 * HOUR), 9);
    }

    #[test]
    fn w9_what_many_share_forgets_as_much_under_traffic_as_at_rest() {
        let shared = Bucket::Address.limits();
        let once_every = |seconds: i64| {
            let times = (HOUR / seconds).max(1);
            (1..=times)
                .fold(0, |count, n| shared.left(count, (n - 1) * seconds, n * seconds) + shared.weight())
        };
        assert!(once_every(30) <= shared.weight(), "two a minute fill nothing");
        assert!(once_every(29) <= 6 * shared.weight(), "a little more fills it slowly: {}", once_every(29));
        assert!(once_every(15) >= 110 * shared.weight(), "twice as many fill it");
    }

    #[test]
    fn mf3_second_factors_allow_five_wrong_codes_a_minute() {
        let limits = Bucket::SecondFactor.limits();
        assert_eq!(limits.open_at(4, 1000), 1000);
        assert_eq!(limits.open_at(5, 1000), 1060);
        assert_eq!(limits.open_at(6, 1060), 1180);
    }

    #[test]
    fn w9_a_familiar_browser_does_not_wait_for_strangers() {
        let here = address("192.0.2.1");
        let buckets = |keys: Vec<Key>| keys.iter().map(|key| key.bucket).collect::<Vec<_>>();
        let familiar = familiar_keys("ada@example.com", here, "b1");
        let strange = stranger_keys("ada@example.com", here);
        assert_eq!(buckets(familiar.clone()), [Bucket::AccountAndBrowser, Bucket::Address]);
        assert_eq!(buckets(strange.clone()), [Bucket::AccountAndSource, Bucket::Address, Bucket::Account]);
        assert_eq!(familiar[1], strange[1], "what many share is shared by all");
        assert_ne!(familiar[0], familiar_keys("ada@example.com", here, "b2")[0]);
        assert_eq!(familiar[0], familiar_keys("Ada@example.com", address("198.51.100.9"), "b1")[0]);
    }

    #[test]
    fn h9_every_counter_of_an_account_bears_its_name_and_no_other() {
        let here = address("192.0.2.1");
        let mut keys = stranger_keys(" Ada@example.com", here);
        keys.extend(familiar_keys("ada@example.com", here, "b1"));
        let name = account_name("ada@example.com");
        for key in keys {
            assert_eq!(key.account.as_ref() == Some(&name), key.bucket != Bucket::Address, "{key:?}");
        }
        assert_eq!(second_factor_key("u1").account, Some(account_name("u1")));
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
        let sign_in = familiar_keys("ada@example.com", source, "b1").pop().unwrap();
        assert_eq!(sign_in.bucket, address_key("register", source).bucket);
        assert_ne!(sign_in, address_key("register", source));
        assert_ne!(address_key("client", source), address_key("register", source));
        assert_ne!(address_key("client", source), address_key("client", address("192.0.2.2")));
    }

    #[test]
    fn w8_keys_name_neither_account_nor_address() {
        for key in stranger_keys("ada@example.com", address("192.0.2.1")) {
            assert!(!key.key.contains("ada") && !key.key.contains("192"), "{key:?}");
        }
        assert_ne!(second_factor_key("ada").key, second_factor_key("grace").key);
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
            assert!(
                message(1000 + seconds, 1000).contains(text),
                "{seconds}: {}",
                message(1000 + seconds, 1000)
            );
        }
        assert!(message(i64::MAX, 1000).contains("locked"));
    }
}
