use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{catalogue, error::OAuthError};

/// A value of `prompt` (OpenID Connect Core section 3.1.2.1; Initiating User Registration).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromptValue {
    /// Show no page.
    None,
    /// Sign in again.
    Login,
    /// Ask for consent again.
    Consent,
    /// Let the person choose the account.
    SelectAccount,
    /// Begin with the registration of an account.
    Create,
}

impl PromptValue {
    /// Every value.
    pub const ALL: [Self; 5] = [Self::None, Self::Login, Self::Consent, Self::SelectAccount, Self::Create];

    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Login => "login",
            Self::Consent => "consent",
            Self::SelectAccount => "select_account",
            Self::Create => "create",
        }
    }
}

/// The values of one `prompt` parameter. `none` is never combined with others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Prompt(BTreeSet<PromptValue>);

impl Prompt {
    /// Reads the space-separated parameter.
    pub fn parse(parameter: Option<&str>) -> Result<Self, OAuthError> {
        let words = parameter.unwrap_or_default().split(' ').filter(|word| !word.is_empty());
        let values = words
            .map(|word| PromptValue::ALL.into_iter().find(|value| value.as_str() == word))
            .collect::<Option<BTreeSet<_>>>()
            .ok_or(catalogue::MALFORMED_PROMPT)?;
        if values.contains(&PromptValue::None) && values.len() > 1 {
            return Err(catalogue::PROMPT_NONE_ALONE);
        }
        Ok(Self(values))
    }

    /// The same values, but beginning with a new sign-in, which also selects the account.
    #[must_use]
    pub fn with_new_sign_in(&self) -> Self {
        let settled = [PromptValue::None, PromptValue::SelectAccount, PromptValue::Create];
        let kept = self.0.iter().copied().filter(|value| !settled.contains(value));
        Self(kept.chain([PromptValue::Login]).collect())
    }

    /// The same values, but beginning with the choice of an account.
    #[must_use]
    pub fn with_choice(&self) -> Self {
        let settled = [PromptValue::None, PromptValue::Login, PromptValue::Create];
        let kept = self.0.iter().copied().filter(|value| !settled.contains(value));
        Self(kept.chain([PromptValue::SelectAccount]).collect())
    }

    /// Whether this value was asked for.
    pub fn has(&self, value: PromptValue) -> bool {
        self.0.contains(&value)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_may_be_combined_but_none_stands_alone() {
        let both = Prompt::parse(Some("login consent")).unwrap();
        assert!(
            both.has(PromptValue::Login) && both.has(PromptValue::Consent) && !both.has(PromptValue::None)
        );
        assert!(Prompt::parse(Some("none")).unwrap().has(PromptValue::None));
        assert_eq!(Prompt::parse(None), Ok(Prompt::default()));
        assert_eq!(Prompt::parse(Some("none login")), Err(catalogue::PROMPT_NONE_ALONE));
    }

    #[test]
    fn another_account_keeps_the_wish_for_consent() {
        let prompt = Prompt::parse(Some("select_account consent")).unwrap().with_new_sign_in();
        assert_eq!(prompt, Prompt::parse(Some("login consent")).unwrap());
    }

    #[test]
    fn another_account_may_be_one_that_is_signed_in() {
        let prompt = Prompt::parse(Some("login consent")).unwrap().with_choice();
        assert_eq!(prompt, Prompt::parse(Some("select_account consent")).unwrap());
    }

    #[test]
    fn unknown_values_are_refused() {
        for text in ["x", "Login", "login,consent", "login x", "signup"] {
            assert_eq!(Prompt::parse(Some(text)), Err(catalogue::MALFORMED_PROMPT), "{text}");
        }
    }

    proptest! {
        #[test]
        fn z13_reading_a_prompt_is_total(text in ".{0,40}", words in "((none|login|consent|create) ?){0,4}") {
            let _ = Prompt::parse(Some(&text));
            if let Ok(prompt) = Prompt::parse(Some(&words)) {
                for value in PromptValue::ALL {
                    prop_assert_eq!(prompt.has(value), words.split(' ').any(|word| word == value.as_str()));
                }
            }
        }
    }
}
