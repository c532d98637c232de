//! What a page's handler knows: the realm of its listener and the browser that asks.

use std::sync::Arc;

use crate::{realm::Realm, session::Visit};

/// A browser's request to a page.
#[derive(Debug, Clone)]
pub struct Context {
    /// The realm of the listener that accepted the connection.
    pub realm: Arc<Realm>,
    /// The browser.
    pub visit: Visit,
    /// The path it asks for.
    pub path: String,
    /// Whether the answer may bind the browser. Not to a POST: one from another site comes without our cookies, and must
    /// not replace the binding the browser has.
    pub binds: bool,
}

impl Context {
    /// The token for forms.
    pub fn csrf(&self) -> String {
        self.visit.csrf_token(&self.realm)
    }
}
