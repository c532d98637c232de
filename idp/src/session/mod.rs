//! The browser that sends a request, its session, and its half-finished request.

pub mod beside;
pub mod copies;
pub mod device;
pub mod interaction;
pub mod language;
pub mod submission;
pub mod trust;
mod visit;

pub use crate::store::sessions::{Origin, Session};
pub use beside::own_suffix;
pub use visit::{Visit, amr as visit_amr};
