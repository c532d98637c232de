//! The pages on which people choose among the accounts of one browser.

use askama::Template;
use clock::when::When;
use language::Message;

use super::{Frame, filters};

/// An account that is signed in to in this browser.
#[derive(Debug, Clone)]
pub struct AccountLine {
    /// The public name of its session.
    pub sid: String,
    /// Its owner's name; may be empty.
    pub name: String,
    /// Its e-mail address.
    pub email: String,
    /// How its owner signed in.
    pub method: Message,
    /// When its owner signed in.
    pub signed_in: When,
    /// Whether it is the one in use.
    pub is_in_use: bool,
    /// Whether its session is alive. Otherwise its owner has to sign in again.
    pub is_live: bool,
}

impl AccountLine {
    /// The name, or the address of an account without one.
    pub(super) fn title(&self) -> &str {
        if self.name.is_empty() { &self.email } else { &self.name }
    }
}

/// Continue with an account of this browser, or use another. Posts `decision`: `continue` or `switch` where there is one
/// account; otherwise `use` or `end` with `sid`, or `add`.
#[derive(Debug, Clone, Template)]
#[template(path = "select_account.html")]
pub struct SelectAccountPage {
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    pub csrf: String,
    /// The accounts, the one in use first.
    pub accounts: Vec<AccountLine>,
    /// Whether there is only the account in use.
    pub is_alone: bool,
    /// How many accounts fit into this browser, where there is no room for a further one.
    pub full: Option<usize>,
    /// Where the person can leave without choosing.
    pub cancel_url: String,
}

/// The accounts of this browser. Posts `decision`: `use` or `end` with `sid`, `add` or `all`.
#[derive(Debug, Clone, Template)]
#[template(path = "accounts.html")]
pub struct AccountsPage {
    pub frame: Frame,
    /// Where the forms post to.
    pub action: String,
    pub csrf: String,
    /// The accounts, the one in use first.
    pub accounts: Vec<AccountLine>,
    /// How many accounts fit into this browser, where there is no room for a further one.
    pub full: Option<usize>,
    /// The page of the account in use, if one is.
    pub account_url: Option<String>,
}
