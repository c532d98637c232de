//! A form as a browser filled it in, and how the same form is recognised when it is sent again.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::{
    params::Params,
    secret::{self, SealingKey},
};

/// The field with the form's token. Each page has a new token.
pub const TOKEN: &str = "csrf";
/// How many characters a token has at least.
const TOKEN_LENGTH: usize = 43;

/// One form, filled in in one way by one browser. Nobody else knows the form's token and the browser's cookie, so a
/// reader of the database learns nothing from the name or from what is sealed with the key.
#[derive(Clone)]
pub struct Submission {
    /// The name under which its outcome is stored.
    pub name: String,
    /// The key with which its outcome is sealed.
    pub key: SealingKey,
    settled: Arc<AtomicBool>,
}
opaque!(Submission);

impl Submission {
    /// The form that was sent to `path` by the browser with that binding; `None` without a token.
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

    /// Notes that this request carried out the form's effect.
    pub fn settle(&self) {
        self.settled.store(true, Ordering::Relaxed);
    }

    /// Whether this request carried out the form's effect.
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
