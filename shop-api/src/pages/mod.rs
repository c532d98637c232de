//! HTML for people: the storefront. Every page works without JavaScript.
//!
//! * [`request`]: who sent a request for a page; [`frame`]: what surrounds every page
//! * [`catalogue`], [`content`], [`cart`], [`checkout`], [`orders`], [`signed_out`]: the pages
//! * [`message`]: pages that say one thing, errors among them
//! * [`words`]: statuses for people

pub mod cart;
pub mod catalogue;
pub mod checkout;
pub mod content;
pub mod frame;
pub mod message;
pub mod orders;
pub mod request;
pub mod signed_out;
pub mod words;

pub use request::{Form, PageRequest};
