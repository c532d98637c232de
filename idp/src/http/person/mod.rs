//! What people see: each handler calls one use case and shows what it says. Pages never call each other; after a
//! success the browser goes back to the interaction, whose dispatcher knows what comes next.

pub mod account;
pub mod home;
pub mod interaction;
mod interaction_page;
pub mod register;
pub mod second_factor;
pub mod setup;
pub mod sign_in;
pub mod sign_out;
