//! Pages for requests that can't continue: errors, and interactions that are already over.

use askama::Template;
use language::Message;

use super::{Frame, filters};

/// The redirect_uri of the request beside the registered ones. Development mode only (D11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedirectComparison {
    /// The redirect_uri of the request.
    pub received: String,
    /// The redirect URIs that the client registered.
    pub registered: Vec<String>,
}

/// An error page, shown at the URL of the failed request (PAGE-2, D11).
#[derive(Debug, Clone, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// The shared frame; its request id is shown.
    pub frame: Frame,
    /// A stable error code for programs.
    pub code: String,
    /// What happened, in a few words.
    pub heading: Message,
    /// What it means and what to do, in a plain sentence.
    pub sentence: Message,
    /// Development mode: the description for developers.
    pub detail: Option<String>,
    /// The client, once it is known.
    pub client_name: Option<String>,
    /// Development mode: why the redirect_uri was refused.
    pub comparison: Option<RedirectComparison>,
    /// Where the person can continue; `None` leads to the start page (S7).
    pub continue_url: Option<String>,
}

/// Leads on to another site that `form-action` can't name: a client's URI, or an upstream provider. The page forwards the browser by itself.
#[derive(Debug, Clone, Template)]
#[template(path = "leaving.html")]
pub struct LeavingPage {
    pub frame: Frame,
    /// Where that is, in a sentence.
    pub lead: Message,
    /// The address.
    pub location: String,
}

/// Shown for an interaction that is over: finished in another tab, opened again by going back, or expired (S7).
#[derive(Debug, Clone, Template)]
#[template(path = "completed.html")]
pub struct CompletedPage {
    pub frame: Frame,
    /// Back to the client.
    pub return_url: Option<String>,
    /// Where to begin the same request again.
    pub restart_url: Option<String>,
}
