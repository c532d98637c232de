//! The pages to sign out.

use askama::Template;

use super::{Frame, filters};

/// Asks before signing out. Posts `csrf` and the fields of `hidden`.
#[derive(Debug, Clone, Template)]
#[template(path = "sign_out.html")]
pub struct SignOutPage {
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    pub csrf: String,
    /// The account that is asked about, if somebody is signed in.
    pub account: Option<String>,
    /// Whether other accounts are signed in to in this browser. A button posts `all`.
    pub has_others: bool,
    /// Where to continue without signing out.
    pub stay_url: String,
    /// Parameters of the request that the post has to carry on: name and value.
    pub hidden: Vec<(String, String)>,
}

/// Says that the person is signed out.
#[derive(Debug, Clone, Template)]
#[template(path = "signed_out.html")]
pub struct SignedOutPage {
    pub frame: Frame,
    /// Back to where the person came from.
    pub continue_url: Option<String>,
    /// Where the accounts are that are still signed in to in this browser.
    pub accounts_url: Option<String>,
}

/// Says that nobody was signed in in this browser.
#[derive(Debug, Clone, Template)]
#[template(path = "not_signed_in.html")]
pub struct NotSignedInPage {
    pub frame: Frame,
    /// Back to the app that sent the person.
    pub continue_url: Option<String>,
}
