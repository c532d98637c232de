//! Signing in with a password, and registering.

use askama::Template;

use super::{FieldProblem, Frame};

/// Identifier and password. Posts `username`, `password`.
#[derive(Debug, Clone, Template)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    /// The shared frame.
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    /// The CSRF token.
    pub csrf: String,
    /// What was typed before, or the request's login_hint; may be empty.
    pub identifier: String,
    /// Why the last attempt failed; never whether the account exists (S24).
    pub problem: Option<String>,
    /// Where to register, in realms that allow it.
    pub register_url: Option<String>,
    /// Back to the client with access_denied.
    pub cancel_url: Option<String>,
}

/// A new account. Posts `email`, `name`, `password`.
#[derive(Debug, Clone, Template)]
#[template(path = "register.html")]
pub struct RegisterPage {
    /// The shared frame.
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    /// The CSRF token.
    pub csrf: String,
    /// What was typed before; may be empty.
    pub email: String,
    /// What was typed before; may be empty.
    pub name: String,
    /// What has to change; the field is `email`, `name` or `password`.
    pub problem: Option<FieldProblem>,
    /// The shortest password in code points.
    pub min_length: usize,
    /// To the sign-in page.
    pub sign_in_url: String,
    /// Back to the client with access_denied.
    pub cancel_url: String,
}
