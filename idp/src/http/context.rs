//! The context of a request to a page: the realm of the listener, and the browser.

use std::sync::Arc;

use crate::{realm::Realm, session::Visit};

/// A browser's request to a page.
#[derive(Debug, Clone)]
pub struct Context {
    /// The realm of the listener that accepted the connection.
    pub realm: Arc<Realm>,
    /// The browser.
    pub visit: Visit,
    /// The path of the request.
    pub path: String,
    /// The path of the page, with its query: where a person comes back to who chooses another language there.
    pub here: String,
    /// Whether the answer may set the cookie that binds the browser. Not for a POST: from another site it comes without
    /// cookies, and must not replace the binding that the browser has.
    pub binds: bool,
}

impl Context {
    /// The CSRF token for the forms of this page.
    pub fn csrf(&self) -> String {
        self.visit.csrf_token(&self.realm)
    }
}
