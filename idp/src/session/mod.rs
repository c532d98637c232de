//! Who asks: the browser, its session, and what half-finished request it is in.

pub mod copies;
pub mod interaction;
pub mod submission;
mod visit;

pub use crate::store::sessions::{Origin, Session};
pub use visit::{Visit, amr as visit_amr, sibling_suffix};
