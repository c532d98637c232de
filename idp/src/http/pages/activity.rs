//! What apps and people did with an account.

use askama::Template;
use clock::when::When;
use language::Message;

use super::{ClientCard, Frame, ScopeLine, filters};

/// An app that has access.
#[derive(Debug, Clone)]
pub struct AppLine {
    /// Its client.
    pub client_id: String,
    /// Its name and home page.
    pub app: ClientCard,
    /// Whether it is ours, and never asks.
    pub is_ours: bool,
    /// What it may do.
    pub scopes: Vec<ScopeLine>,
    /// When it was first used, as far as that is on record.
    pub first: Option<When>,
    /// When it was last used.
    pub last: Option<When>,
}

/// The connected apps. A form posts `client_id`.
#[derive(Debug, Clone, Template)]
#[template(path = "apps.html")]
pub struct AppsPage {
    pub frame: Frame,
    /// Where the forms post to.
    pub action: String,
    pub csrf: String,
    /// The apps.
    pub apps: Vec<AppLine>,
    /// Back to the account.
    pub account_url: String,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct EventLine {
    /// What, in plain words.
    pub what: Message,
    /// The app concerned.
    pub app: Option<String>,
    /// When.
    pub when: When,
    /// The network address it came from.
    pub address: Option<String>,
    /// Whether somebody else than the owner did it.
    pub by_operator: bool,
}

/// What happened to the account.
#[derive(Debug, Clone, Template)]
#[template(path = "activity.html")]
pub struct ActivityPage {
    pub frame: Frame,
    /// The events, the newest first.
    pub events: Vec<EventLine>,
    /// Whether it is the first page.
    pub is_first: bool,
    /// The next page.
    pub older_url: Option<String>,
    /// Back to the account.
    pub account_url: String,
}
