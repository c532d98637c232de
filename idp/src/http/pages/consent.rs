//! Which account, and what a client may do.

use askama::Template;

use super::Frame;

/// Go on as the signed-in account, or use another. Posts `decision`: `continue` or `switch`.
#[derive(Debug, Clone, Template)]
#[template(path = "select_account.html")]
pub struct SelectAccountPage {
    /// The shared frame.
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    /// The CSRF token.
    pub csrf: String,
    /// The account in use.
    pub account: String,
}

/// One permission in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeLine {
    /// What it allows, e.g. "Your e-mail address".
    pub name: String,
    /// One sentence more; may be empty.
    pub description: String,
}

/// Consent for a third-party client (S33). Posts `decision`: `allow`, `deny` or `switch`.
#[derive(Debug, Clone, Template)]
#[template(path = "consent.html")]
pub struct ConsentPage {
    /// The shared frame; its client is the one that asks.
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    /// The CSRF token.
    pub csrf: String,
    /// The host the answer goes to: harder to fake than a name.
    pub client_host: String,
    /// The account in use.
    pub account: String,
    /// What the client asks for.
    pub scopes: Vec<ScopeLine>,
}
