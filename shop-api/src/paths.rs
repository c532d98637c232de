//! The paths of this service. Routes, redirects, links in templates and tests take them from here.
//!
//! A path with a parameter is a function. With a placeholder such as `"{id}"` as its argument it is the route.

pub use relying_party::paths::{CALLBACK, LOGIN, LOGOUT, SIGNED_OUT};
pub use service::language::PATH as LANGUAGE;

/// The catalogue.
pub const HOME: &str = "/";
/// The cart.
pub const CART: &str = "/cart";
/// Turns the cart into an order.
pub const CHECKOUT: &str = "/checkout";
/// The customer's orders.
pub const ORDERS: &str = "/orders";

/// The page of a product.
pub fn product(slug: &str) -> String {
    format!("/products/{slug}")
}

/// A content page.
pub fn content(slug: &str) -> String {
    format!("/pages/{slug}")
}

/// The page of an order.
pub fn order(id: &str) -> String {
    format!("{ORDERS}/{id}")
}

/// The API.
pub mod api {
    /// The products on sale.
    pub const PRODUCTS: &str = "/api/products";
    /// The caller.
    pub const ME: &str = "/api/me";
    /// The caller's cart.
    pub const CART: &str = "/api/cart";
    /// The caller's orders.
    pub const ORDERS: &str = "/api/orders";

    /// A product.
    pub fn product(id: &str) -> String {
        format!("{PRODUCTS}/{id}")
    }

    /// A product in the caller's cart.
    pub fn cart_item(product_id: &str) -> String {
        format!("{CART}/items/{product_id}")
    }

    /// An order.
    pub fn order(id: &str) -> String {
        format!("{ORDERS}/{id}")
    }
}
