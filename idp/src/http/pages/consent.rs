//! The page that asks what a client may do.

use askama::Template;
use language::Message;

use super::{Frame, filters};

/// One permission in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeLine {
    /// What it allows, e.g. "Your e-mail address".
    pub name: Message,
    /// A further sentence about it.
    pub description: Option<Message>,
}

/// Consent for a third-party client (S33). Posts `decision`: `allow`, `deny` or `switch`.
#[derive(Debug, Clone, Template)]
#[template(path = "consent.html")]
pub struct ConsentPage {
    /// The shared frame; its client is the one that asks.
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    pub csrf: String,
    /// The host that the answer goes to: harder to fake than a client's name.
    pub client_host: Message,
    /// The account in use.
    pub account: String,
    /// What the client asks for.
    pub scopes: Vec<ScopeLine>,
}
