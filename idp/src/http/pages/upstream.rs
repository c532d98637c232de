//! Pages of other providers at which people sign in.

use askama::Template;
use clock::when::When;
use language::Message;

use super::{Frame, filters};

/// A button that leads to another provider. Posts `upstream`.
#[derive(Debug, Clone)]
pub struct UpstreamButton {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

impl UpstreamButton {
    pub(super) fn label(&self) -> Message {
        Message::new("upstream-continue").with("provider", self.name.as_str())
    }
}

/// For somebody who has signed in at another provider and has no account here. Posts `decision`: `create`, or `forget`.
#[derive(Debug, Clone, Template)]
#[template(path = "connect.html")]
pub struct ConnectPage {
    pub frame: Frame,
    /// Where the forms post to.
    pub action: String,
    pub csrf: String,
    /// The provider's name.
    pub provider: String,
    /// The address that it has told.
    pub email: Option<String>,
    /// Whether an account can be made.
    pub creates: bool,
    /// Whether a mail confirms the address before.
    pub mails: bool,
    /// Why the account was not made.
    pub problem: Option<Message>,
    /// Back to the client with access_denied.
    pub cancel_url: String,
}

/// An account at another provider in the list.
#[derive(Debug, Clone)]
pub struct ConnectionLine {
    /// Its id.
    pub id: String,
    /// The provider's name.
    pub provider: String,
    /// The address that the provider told.
    pub email: Option<String>,
    /// Whether people can still sign in there.
    pub is_offered: bool,
    /// When it was connected.
    pub connected: When,
    /// When it was last used.
    pub used: Option<When>,
}

/// A person's accounts at other providers. A form posts `change`, which is `add` (with `upstream`) or `remove` (with `id`).
#[derive(Debug, Clone, Template)]
#[template(path = "connections.html")]
pub struct ConnectionsPage {
    pub frame: Frame,
    /// Where the forms post to.
    pub action: String,
    pub csrf: String,
    /// What went wrong with the last change.
    pub problem: Option<Message>,
    /// The accounts, the oldest first.
    pub connections: Vec<ConnectionLine>,
    /// The providers that can be connected.
    pub upstreams: Vec<UpstreamButton>,
    /// Back to the account.
    pub account_url: String,
}
