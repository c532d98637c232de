//! A form as a browser filled it in: what tells that it is the same one again.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::{
    params::Params,
    secret::{self, SealingKey},
};

/// The field with the form's token, which every page has anew.
pub const TOKEN: &str = "csrf";
/// A token has as many characters at least.
const TOKEN_LENGTH: usize = 43;

/// The same form, filled in in the same way, by the same browser. Its token and the browser's cookie are known to nobody
/// else, so neither its name nor what is sealed with its key says anything to who reads the database.
#[derive(Clone)]
pub struct Submission {
    /// What its outcome is stored under.
    pub name: String,
    /// What its outcome is sealed with.
    pub key: SealingKey,
    settled: Arc<AtomicBool>,
}
opaque!(Submission);

impl Submission {
    /// What was sent to `path` by the browser with that binding; `None` without a token.
    pub fn of(browser: &str, path: &str, params: &Params) -> Option<Self> {
        let token = params.first(TOKEN).filter(|token| token.len() >= TOKEN_LENGTH)?;
        let filled = params.pairs().iter().filter(|(name, _)| name != TOKEN);
        let parts: Vec<&str> = [browser, path]
            .into_iter()
            .chain(filled.flat_map(|(name, value)| [name.as_str(), value.as_str()]))
            .collect();
        let all = secret::hmac(token.as_bytes(), &parts);
        Some(Self {
            name: URL_SAFE_NO_PAD.encode(secret::hmac(&all, &["name"])),
            key: SealingKey::new(secret::hmac(&all, &["outcome"])),
            settled: Arc::default(),
        })
    }

    /// Notes that this request is the one that has the form's effect.
    pub fn settle(&self) {
        self.settled.store(true, Ordering::Relaxed);
    }

    /// Whether this request is the one that has the form's effect.
    pub fn has_settled(&self) -> bool {
        self.settled.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(browser: &str, path: &str, fields: &[(&str, &str)]) -> Option<String> {
        let params: Params = fields.iter().copied().collect();
        Submission::of(browser, path, &params).map(|submission| submission.name)
    }

    #[test]
    fn q5_a_form_is_the_same_when_everything_in_it_is() {
        let (token, other) = ("t".repeat(60), "u".repeat(60));
        let form = [("csrf", token.as_str()), ("otp", "123456")];
        let same = name("b1", "/a", &form);
        assert!(same.is_some());
        assert_eq!(name("b1", "/a", &[form[1], form[0]]), same);
        for different in [
            name("b2", "/a", &form),
            name("b1", "/b", &form),
            name("b1", "/a", &[("csrf", &other), ("otp", "123456")]),
            name("b1", "/a", &[("csrf", &token), ("otp", "123457")]),
            name("b1", "/a", &[("csrf", &token), ("otp1", "23456")]),
            name("b1", "/a", &[("csrf", &token)]),
            name("b1", "/a", &[("csrf", "short"), ("otp", "123456")]),
            name("b1", "/a", &[("otp", "123456")]),
        ] {
            assert_ne!(different, same);
        }
    }
}
