//! How often a person, an address and an account may try to authenticate (W8, W9, MF3). These are pure functions; the
//! store counts.
//!
//! Every attempt takes a place in each of its counters *before* the password is checked, so that parallel guesses can't
//! share a place. A wrong password turns the place into a failure. A right one empties the counters of that person. An
//! attempt that could not be judged gives its place back. Keys are built from the typed identifier, whether or not such
//! an account exists (S24).
//!
//! * [`Bucket`]: what is counted together
//! * [`limits`]: when the next attempt may be made

pub mod limits;
#[cfg(test)]
mod tests;

use std::net::IpAddr;

use language::Message;
use protocol::{email, secret};
use web::client_address::subscriber;

use self::limits::Limits;

/// What is counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bucket {
    /// Attempts at one account by one browser that has signed in to it before. A stranger can't fill it from anywhere
    /// (W9). Once it is closed for good, the browser is treated as a stranger's (W8).
    AccountAndBrowser,
    /// Attempts at one account from one place, by browsers that have never signed in to it. It limits a single
    /// attacker.
    AccountAndSource,
    /// Attempts at one account from anywhere, by browsers that have never signed in to it. It limits many attackers
    /// together.
    Account,
    /// Attempts at any account from one address, by browsers that have never signed in to the account that they try.
    Address,
    /// Other attempts from one address: with a client's secret, or to register.
    Requests,
    /// Mails to one address that somebody asked for.
    Mailbox,
    /// Wrong codes of mails to one address (W8).
    MailedCode,
    /// Notices of one kind to one account.
    Notice,
    /// Attempts at any second factor of one user in one browser (MF3).
    FactorAndBrowser,
    /// Attempts at any second factor of one user by browsers in which none was ever proved (MF3).
    SecondFactor,
}

const HOUR: i64 = 3600;
/// NIST SP 800-63B section 3.2.2: at most 100 failures in a row (W8, MF3).
const STOP: i64 = 100;

impl Bucket {
    /// The limits of this bucket.
    pub const fn limits(self) -> Limits {
        match self {
            // only the owner's own mistakes close it
            Self::AccountAndBrowser => backoff(10, 30, 6 * HOUR),
            // the owner may share the attacker's address, so the longest wait is a minute; after a hundred failures it
            // is closed
            Self::AccountAndSource => backoff(10, 30, 60),
            Self::Account => Limits::Pace { burst: 20, seconds: 12, under_way_seconds: 12 },
            // many people may share one address, and all of them may sign in at nine o'clock
            Self::Address => Limits::Pace { burst: 200, seconds: 30, under_way_seconds: 10 },
            Self::Requests => Limits::Pace { burst: 100, seconds: 30, under_way_seconds: 30 },
            // whoever did not get the first one asks again at once; nobody fills a stranger's mailbox
            Self::Mailbox => Limits::Pace { burst: 4, seconds: 600, under_way_seconds: 600 },
            // whoever has the mail needs no second try; a full counter leaves the links
            Self::MailedCode => backoff(20, 60, HOUR),
            // the owner was told a moment before
            Self::Notice => Limits::Pace { burst: 3, seconds: 300, under_way_seconds: 300 },
            // five attempts at once, then one in a minute and slower
            Self::FactorAndBrowser => backoff(5, 60, 6 * HOUR),
            // the owner may use a new browser
            Self::SecondFactor => backoff(5, 60, 60),
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::AccountAndBrowser => "account-browser",
            Self::AccountAndSource => "account-source",
            Self::Account => "account",
            Self::Address => "address",
            Self::Requests => "requests",
            Self::Mailbox => "mailbox",
            Self::MailedCode => "mailed-code",
            Self::Notice => "notice",
            Self::FactorAndBrowser => "second-factor-browser",
            Self::SecondFactor => "second-factor",
        }
    }
}

const fn backoff(free: i64, first_seconds: i64, cap_seconds: i64) -> Limits {
    Limits::Backoff { free, first_seconds, cap_seconds, stop: STOP }
}

/// How many failures one successful sign-in takes off the counter of its address: at most once a day for each person.
pub const FAILURES_OF_A_SUCCESS: i64 = 10;

/// One counter: its bucket and the opaque key it is stored under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// What is counted, with which limits.
    pub bucket: Bucket,
    /// A hash: neither identifiers nor addresses are stored.
    pub key: String,
    /// The account of these attempts, as a hash. `None` for a counter that many accounts share or that empties by
    /// itself.
    pub account: Option<String>,
}

impl Key {
    fn shared(bucket: Bucket, parts: &[&str]) -> Self {
        Self { bucket, key: hash(bucket, parts), account: None }
    }

    fn of_account(bucket: Bucket, account: &str, rest: &[&str]) -> Self {
        let key = hash(bucket, &[&[account], rest].concat());
        Self { bucket, key, account: Some(account_name(account)) }
    }
}

/// Joins the parts with a control character. None can occur in a checked request, so different lists of parts give
/// different texts.
fn hash(bucket: Bucket, parts: &[&str]) -> String {
    secret::hash(&[&[bucket.label()], parts].concat().join("\u{1f}"))
}

/// The name that all counters of an account have in common. `identifier` is the identifier as typed, or a user's id.
pub fn account_name(identifier: &str) -> String {
    secret::hash(&["of", &email::key(identifier)].join("\u{1f}"))
}

/// The counters of one password attempt by a stranger, for `identifier` as typed.
pub fn stranger_keys(identifier: &str, source: IpAddr) -> Vec<Key> {
    vec![source_key(identifier, source), sign_in_key(source), account_key(identifier)]
}

/// The counter of an account for attempts from anywhere. It empties by itself and is kept no longer than the counters
/// that many accounts share.
pub fn account_key(identifier: &str) -> Key {
    Key::shared(Bucket::Account, &[&email::key(identifier)])
}

/// The counter of an account for attempts from one place.
pub fn source_key(identifier: &str, source: IpAddr) -> Key {
    Key::of_account(Bucket::AccountAndSource, &email::key(identifier), &[&subscriber(source).to_string()])
}

/// The counter of one place for attempts at any account.
pub fn sign_in_key(source: IpAddr) -> Key {
    Key::shared(Bucket::Address, &[&subscriber(source).to_string()])
}

/// The key under which a successful sign-in to an account from one place is remembered.
pub fn success_key(user_id: &str, source: IpAddr) -> Key {
    Key::shared(Bucket::Address, &["success", user_id, &subscriber(source).to_string()])
}

/// The counter of a password attempt by a browser that has signed in to that account before. It is the only one:
/// neither an attack from elsewhere nor one from behind the same address keeps the owner out (W9).
pub fn browser_key(identifier: &str, browser: &str) -> Key {
    Key::of_account(Bucket::AccountAndBrowser, &email::key(identifier), &[browser])
}

/// The counter per address for other attempts by strangers; `what` is e.g. "register".
pub fn address_key(what: &str, source: IpAddr) -> Key {
    Key::shared(Bucket::Requests, &[what, &subscriber(source).to_string()])
}

/// The counters of a mail to `address`, asked for from `source`, whether or not it has an account (S24).
pub fn mail_keys(address: &str, source: IpAddr) -> [Key; 2] {
    [Key::shared(Bucket::Mailbox, &[&email::key(address)]), address_key("mail", source)]
}

/// The counter of a mail that the owner of an account asked for, to the account's own address.
pub fn own_mail_key(user_id: &str) -> Key {
    Key::shared(Bucket::Mailbox, &["own", user_id])
}

/// The counter of wrong codes of mails to `address`, whether or not it has an account.
pub fn mailed_code_key(address: &str) -> Key {
    Key::of_account(Bucket::MailedCode, &email::key(address), &[])
}

/// The counter of notices of one kind to an account.
pub fn notice_key(user_id: &str, kind: &str) -> Key {
    Key::shared(Bucket::Notice, &[user_id, kind])
}

/// The counter of all second factors of a user in one browser (MF3).
pub fn factor_key(user_id: &str, browser: &str) -> Key {
    Key::of_account(Bucket::FactorAndBrowser, user_id, &[browser])
}

/// The counters of an attempt at a second factor, in a browser in which none was ever proved. An attacker who has the
/// password gets no more attempts by using many browsers (MF3).
pub fn strange_factor_keys(user_id: &str, browser: &str) -> Vec<Key> {
    vec![factor_key(user_id, browser), Key::of_account(Bucket::SecondFactor, user_id, &[])]
}

/// The message for a person who has to wait until `open_at` (Unix seconds). It is the same for every account and bucket
/// (S24).
pub fn message(open_at: i64, now: i64) -> Message {
    let minutes = open_at.saturating_sub(now).saturating_add(59) / 60;
    match minutes {
        ..=1 => Message::new("wait-a-minute"),
        2..=90 => Message::new("wait-minutes").with("minutes", minutes),
        91..=720 => Message::new("wait-hours").with("hours", (minutes + 59) / 60),
        _ => Message::new("wait-locked"),
    }
}
