//! The staff console: pages that work without JavaScript. Tokens stay on the server; the browser has a session cookie
//! with SameSite=Strict.
//!
//! * [`request`]: the caller of a request for a page; [`frame`]: the frame of every page; [`message`]: errors, and the
//!   invitation to sign in
//! * [`home`], [`content_list`], [`content_edit`], [`orders`], [`order_page`]: the pages; [`order_confirm`]: the
//!   confirmation of changes that can't be undone; [`step_up`]: actions that need a fresh sign-in
//! * [`content_form`]: the data of the form on [`content_page`]; [`unsaved`]: text that can't be saved now
//! * [`people`]: names of people; [`order_words`], [`content_words`]: statuses in words and colours;
//!   [`mod@language`]: the choice of a language

mod address;
pub mod content_edit;
pub mod content_form;
pub mod content_list;
pub mod content_page;
pub mod content_words;
pub mod frame;
pub mod home;
pub mod language;
pub mod message;
pub mod order_confirm;
pub mod order_page;
pub mod order_words;
pub mod orders;
pub mod people;
pub mod request;
pub mod step_up;
pub mod unsaved;

pub use request::{Form, PageRequest};

use web::params::ParamsRejection;

use crate::error::Error;

/// One entry of a drop-down list.
#[derive(Debug)]
pub struct Choice {
    value: &'static str,
    name: &'static str,
    selected: bool,
}

impl Choice {
    /// An entry for the value `this`; `chosen` is the selected value.
    fn new<T: PartialEq>(value: &'static str, name: &'static str, this: &T, chosen: &T) -> Choice {
        Choice { value, name, selected: this == chosen }
    }
}

/// The error for a malformed query string.
fn bad_query(rejection: &ParamsRejection) -> Error {
    tracing::info!(code = rejection.code(), "a query string was refused");
    Error::BadQuery("query")
}
