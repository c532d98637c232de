//! The staff console: pages that work without JavaScript. Tokens stay on the server; the browser holds a session
//! cookie that only this origin's own pages can send.
//!
//! - [`desk`]: what every page request brings along; [`fault`]: how a page says no;
//!   [`as_pages`]: refusals on the way; [`frame`]: what every page shows.
//! - [`home`], [`content_list`], [`content_edit`], [`orders`], [`order_page`]: the pages; [`order_confirm`] asks before
//!   something that can't be taken back; [`unsaved`]: text that can't be saved now.
//! - [`people`]: what to call whom; [`order_words`]: statuses in words and colours.

pub mod as_pages;
pub mod content_edit;
pub mod content_form;
pub mod content_list;
pub mod desk;
pub mod fault;
pub mod frame;
pub mod home;
pub mod order_confirm;
pub mod order_page;
pub mod order_words;
pub mod orders;
pub mod people;
pub mod unsaved;

pub use desk::{Desk, Form};

/// One entry of a drop-down list.
#[derive(Debug)]
pub struct Choice {
    value: &'static str,
    name: &'static str,
    selected: bool,
}

impl Choice {
    /// An entry; `chosen` is the one in force.
    fn new<T: PartialEq>(value: &'static str, name: &'static str, this: &T, chosen: &T) -> Choice {
        Choice { value, name, selected: this == chosen }
    }
}

/// A query string that breaks the rules of parameters.
fn bad_query(rejection: &web::params::ParamsRejection) -> crate::error::Fault {
    tracing::info!(code = rejection.code(), "a query string was refused");
    crate::error::Fault::BadQuery("query")
}
