//! Leaving.

use askama::Template;

use super::Frame;

/// Asks before signing out. Posts the hidden fields given.
#[derive(Debug, Clone, Template)]
#[template(path = "sign_out.html")]
pub struct SignOutPage {
    /// The shared frame.
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    /// The CSRF token.
    pub csrf: String,
    /// The account in use, if somebody is signed in.
    pub account: Option<String>,
    /// Where to go on without signing out.
    pub stay_url: String,
    /// Parameters of the request that the post has to carry on: name and value.
    pub hidden: Vec<(String, String)>,
}

/// Done.
#[derive(Debug, Clone, Template)]
#[template(path = "signed_out.html")]
pub struct SignedOutPage {
    /// The shared frame.
    pub frame: Frame,
    /// Back to where the person came from.
    pub continue_url: Option<String>,
}

/// There was nobody to sign out in this browser.
#[derive(Debug, Clone, Template)]
#[template(path = "not_signed_in.html")]
pub struct NotSignedInPage {
    /// The shared frame.
    pub frame: Frame,
    /// Back to the app that sent the person.
    pub continue_url: Option<String>,
}
