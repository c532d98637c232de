//! Sessions at the provider. `sign_out` ends them.
//!
//! * [`establish`]: a session begins, or goes on under a new id with what was proved
//! * [`choice`]: the accounts of one browser, and which of them is in use
//! * `come_back`: a sign-in of somebody who wanted to leave
//! * [`owned`]: the sessions of a person, as that person sees and ends them

pub mod choice;
mod come_back;
pub mod establish;
pub mod owned;
