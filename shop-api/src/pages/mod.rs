//! HTML for people: the storefront. Every page works without JavaScript.
//!
//! * [`request`]: the caller and the cart of a request for a page; [`frame`]: the frame of every page
//! * [`catalogue`], [`content`], [`cart`], [`checkout`], [`orders`], [`signed_out`],
//!   [`mod@language`]: the pages
//! * [`message`]: pages with one message, such as errors
//! * [`words`]: statuses in words

pub mod cart;
pub mod catalogue;
pub mod checkout;
pub mod content;
pub mod frame;
pub mod language;
pub mod message;
pub mod orders;
pub mod request;
pub mod signed_out;
pub mod words;

pub use request::{Form, PageRequest};
