//! Sessions at the provider. `sign_out` ends them.
//!
//! * [`establish`]: a session begins, or goes on under a new id with what was proved
//! * [`owned`]: the sessions of a person, as that person sees and ends them

pub mod establish;
pub mod owned;
