//! Every path of this service, written once. Routes, redirects, links in templates and tests take them from here.
//!
//! Paths of the console lie below `cookie_path`, which is put in front where a path leaves the program. The path of a
//! single thing is a function. With a parameter such as `"{id}"` in its place it is the route.

pub use relying_party::paths::{CALLBACK, LOGIN, LOGOUT, SIGNED_OUT};

/// The overview.
pub const HOME: &str = "/";
/// The list of content pages.
pub const CONTENT: &str = "/content";
/// The form of a new content page.
pub const NEW_CONTENT: &str = "/content/new";
/// The list of orders.
pub const ORDERS: &str = "/orders";

/// The form of a content page.
pub fn content(id: &str) -> String {
    format!("{CONTENT}/{id}")
}

/// An order.
pub fn order(id: &str) -> String {
    format!("{ORDERS}/{id}")
}

/// Where a form changes an order.
pub fn order_status(id: &str) -> String {
    format!("{ORDERS}/{id}/status")
}

/// Asks before an order is changed.
pub fn order_confirm(id: &str) -> String {
    format!("{ORDERS}/{id}/confirm")
}

/// Where the storefront shows a content page, below its own URL.
pub fn storefront_page(slug: &str) -> String {
    format!("/pages/{slug}")
}

/// The API.
pub mod api {
    /// The caller.
    pub const ME: &str = "/api/me";
    /// The content pages.
    pub const CONTENT: &str = "/api/content";
    /// The orders.
    pub const ORDERS: &str = "/api/orders";

    /// A content page.
    pub fn content(id: &str) -> String {
        format!("{CONTENT}/{id}")
    }

    /// Puts a content page on the storefront.
    pub fn publish(id: &str) -> String {
        format!("{CONTENT}/{id}/publish")
    }

    /// Takes a content page off the storefront.
    pub fn unpublish(id: &str) -> String {
        format!("{CONTENT}/{id}/unpublish")
    }

    /// An order.
    pub fn order(id: &str) -> String {
        format!("{ORDERS}/{id}")
    }

    /// Changes an order.
    pub fn order_status(id: &str) -> String {
        format!("{ORDERS}/{id}/status")
    }
}
