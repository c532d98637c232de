//! The other sessions of a browser (ACC-14): each has a cookie of its own beside that of the session in use.
//!
//! A cookie each, and where there are several also for the one in use, so that tabs which change them at the same moment
//! don't overwrite each other's. Nothing but the cookies
//! says which sessions belong to one browser: who has one of them learns nothing of the others.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use database::On;
use http::HeaderMap;
use protocol::secret;

use crate::{
    realm::Realm,
    store::sessions::{self, MOST_ACCOUNTS, Session},
};

/// How many characters of its value the name of a cookie has that has a name of its own.
const OWN_SUFFIX: usize = 8;

/// The cookies of a browser's other sessions, and what this request changes about them.
#[derive(Clone, Default)]
pub struct Beside {
    /// The values of the cookies.
    values: Vec<String>,
    /// The value of the cookie of the session in use.
    in_use: Option<String>,
    /// Whether the session in use has a cookie of its own as well.
    has_double: bool,
    changes: Arc<Changes>,
}
opaque!(Beside);

#[derive(Default)]
struct Changes {
    keeps: AtomicBool,
    dead: Mutex<Vec<String>>,
}

impl Beside {
    /// The cookies that the browser sent. A cookie that is not named after its value is none of ours.
    pub fn read(realm: &Realm, headers: &HeaderMap, in_use: Option<String>) -> Self {
        let cookie = &realm.cookies.session;
        // some may be over, until an answer takes them away
        let suffixes = cookie.suffixes(headers, 2 * MOST_ACCOUNTS);
        let ours = suffixes.iter().filter_map(|suffix| {
            let value = cookie.suffixed(suffix).read(headers)?;
            (value.len() == 43 && own_suffix(&value) == suffix).then_some(value)
        });
        let (doubles, mut values): (Vec<_>, Vec<_>) = ours.partition(|value| in_use.as_ref() == Some(value));
        values.truncate(MOST_ACCOUNTS);
        Self { values, in_use, has_double: !doubles.is_empty(), changes: Arc::default() }
    }

    /// Whether the browser has no session but the one in use.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The sessions that nobody ended, the most recently used first, live or not. What the other cookies name is gone:
    /// the answer takes them away.
    pub async fn unended(&self, on: impl Into<On<'_>>) -> database::Result<Vec<Session>> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        let mut id_hashes: [String; MOST_ACCOUNTS] = std::array::from_fn(|_| String::new());
        for (id_hash, value) in id_hashes.iter_mut().zip(&self.values) {
            *id_hash = secret::hash(value);
        }
        let found = sessions::unended_among(on, &id_hashes).await?;
        for (id_hash, value) in id_hashes.iter().zip(&self.values) {
            if !found.iter().any(|session| session.id_hash == *id_hash) {
                self.mark(value);
            }
        }
        Ok(found)
    }

    /// The values of all cookies of sessions, that of the session in use first.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.in_use.iter().chain(&self.values).map(String::as_str)
    }

    /// The cookie of a session that is not the one in use.
    pub fn value_of(&self, id_hash: &str) -> Option<&str> {
        self.values.iter().map(String::as_str).find(|value| secret::hash(value) == id_hash)
    }

    /// Says whether the session in use goes on beside the one that takes its place.
    pub fn keep(&self, keeps: bool) {
        self.changes.keeps.store(keeps, Ordering::Relaxed);
    }

    /// The cookie of the session in use, if that goes on beside another.
    pub fn kept(&self) -> Option<&str> {
        self.in_use.as_deref().filter(|_| self.changes.keeps.load(Ordering::Relaxed))
    }

    /// The cookie of its own that the session in use has.
    pub fn double(&self) -> Option<&str> {
        self.in_use.as_deref().filter(|_| self.has_double)
    }

    /// Has the answer take away the cookie of a session that has ended, or has another id now.
    pub fn forget(&self, id_hash: &str) {
        if let Some(value) = self.value_of(id_hash) {
            self.mark(value);
        }
    }

    fn mark(&self, value: &str) {
        if let Ok(mut dead) = self.changes.dead.lock()
            && !dead.iter().any(|known| known == value)
        {
            dead.push(value.to_owned());
        }
    }

    /// The cookies that the answer takes away.
    pub fn dead(&self) -> Vec<String> {
        self.changes.dead.lock().map(|dead| dead.clone()).unwrap_or_default()
    }
}

/// The suffix of the name of a cookie that has a name of its own: the beginning of its value.
pub fn own_suffix(browser: &str) -> &str {
    browser.get(..OWN_SUFFIX).unwrap_or_default()
}
