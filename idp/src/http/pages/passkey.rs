//! Passkeys: the form that a script fills in, and the list of a person's passkeys.

use askama::Template;
use clock::when::When;
use language::Message;

use super::{Frame, filters};
use crate::flow::passkeys::ceremony::Offered;

/// A form that the script fills in with the browser's answer. Posts `ceremony` and `credential`. It stays hidden in
/// browsers without passkeys, and without scripts.
#[derive(Debug, Clone)]
pub struct PasskeyForm {
    /// Where the form posts to.
    pub action: String,
    pub csrf: String,
    /// What the script hands to the browser, as JSON.
    pub options: String,
    /// The ceremony, sealed.
    pub ceremony: String,
}

impl PasskeyForm {
    /// The form for a ceremony.
    pub fn new(action: String, csrf: String, offered: Offered) -> Self {
        Self { action, csrf, options: offered.options, ceremony: offered.ceremony }
    }
}

/// The offer of a passkey after a sign-in with a password.
#[derive(Debug, Clone, Template)]
#[template(path = "passkey_offer.html")]
pub struct PasskeyOfferPage {
    pub frame: Frame,
    /// Making one.
    pub passkey: PasskeyForm,
    /// Whether the browser makes it by itself, and goes on when it doesn't.
    pub is_quiet: bool,
    /// Where to go on without one.
    pub continue_url: String,
    /// What went wrong with the last attempt.
    pub problem: Option<Message>,
}

/// A passkey in the list.
#[derive(Debug, Clone)]
pub struct PasskeyLine {
    /// Its id.
    pub id: String,
    /// What its owner calls it.
    pub label: String,
    /// Whether it can exist on several devices.
    pub synced: bool,
    /// When it was registered.
    pub created: When,
    /// When it was last used.
    pub used: Option<When>,
}

/// A person's passkeys. A form posts `id` and `change`, which is `rename` (with `label`) or `remove`.
#[derive(Debug, Clone, Template)]
#[template(path = "passkeys.html")]
pub struct PasskeysPage {
    pub frame: Frame,
    /// Where the forms post to.
    pub action: String,
    pub csrf: String,
    /// What went wrong with the last change.
    pub problem: Option<Message>,
    /// The passkeys, the oldest first.
    pub passkeys: Vec<PasskeyLine>,
    /// Adding another one; `None` when the account has as many as it can have.
    pub add: Option<PasskeyForm>,
    /// The account and its passkeys as JSON, for the browser's own list.
    pub accepted: String,
    /// Where to sign out everywhere else.
    pub sessions_url: String,
    /// Back to the account.
    pub account_url: String,
}
