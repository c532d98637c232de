//! Several accounts in one browser: which of them a request is about.

use super::AuthorizationRequest;
use crate::email;

/// An account with a live session in this browser beside the one in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Other<'a> {
    /// Its user.
    pub user_id: &'a str,
    /// Its e-mail address.
    pub email: &'a str,
}

/// What the browser holds beside the session in use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Beside {
    /// No other account.
    #[default]
    Nobody,
    /// Other accounts, and the request names none of them.
    Somebody,
    /// Other accounts, and the request names one of them.
    Named,
}

/// Which of the other accounts the request names: by the subject that it demands (`expected`, from `id_token_hint` or
/// `claims`), else by its `login_hint` (OpenID Connect Core section 3.1.2.1). `None` when it names none of them, or the
/// user whose session is in use.
pub fn named(
    request: &AuthorizationRequest,
    expected: Option<&str>,
    in_use: Option<&str>,
    others: &[Other<'_>],
) -> Option<usize> {
    if let Some(expected) = expected {
        if in_use == Some(expected) {
            return None;
        }
        return others.iter().position(|other| other.user_id == expected);
    }
    let hint = email::key(request.login_hint.as_deref()?);
    others.iter().position(|other| email::key(other.email) == hint)
}
