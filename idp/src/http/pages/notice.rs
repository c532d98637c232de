//! When a request can't go on: errors, and interactions that are already over.

use askama::Template;

use super::Frame;

/// The redirect_uri as received and those registered, side by side. Development mode only (D11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedirectComparison {
    /// What the request said.
    pub received: String,
    /// What the client registered.
    pub registered: Vec<String>,
}

/// An error, at the URL that failed (PAGE-2, D11).
#[derive(Debug, Clone, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// The shared frame; its request id is shown.
    pub frame: Frame,
    /// A stable machine word.
    pub code: String,
    /// What happened, in a few words.
    pub heading: String,
    /// What it means and what to do, in a plain sentence.
    pub sentence: String,
    /// Development mode: the same for developers.
    pub detail: Option<String>,
    /// The client, once it is known.
    pub client_name: Option<String>,
    /// Development mode: why the redirect_uri was refused.
    pub comparison: Option<RedirectComparison>,
    /// Where what was under way goes on; without it the way leads to the start page (S7).
    pub continue_url: Option<String>,
}

/// On to a client that no redirect from a form may lead to; it moves on by itself.
#[derive(Debug, Clone, Template)]
#[template(path = "leaving.html")]
pub struct LeavingPage {
    /// The shared frame.
    pub frame: Frame,
    /// Where it leads.
    pub location: String,
}

/// An interaction that is over: finished in another tab, gone back to, or expired (S7).
#[derive(Debug, Clone, Template)]
#[template(path = "completed.html")]
pub struct CompletedPage {
    /// The shared frame.
    pub frame: Frame,
    /// Back to the client.
    pub return_url: Option<String>,
    /// The same request anew.
    pub restart_url: Option<String>,
}
