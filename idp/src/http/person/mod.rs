//! The pages for people. Each handler calls one use case and shows its result. Pages never call each other: after a
//! success the browser goes back to the interaction, whose dispatcher decides what comes next.

pub mod account;
pub mod accounts;
pub mod activity;
pub mod address;
pub mod apps;
pub mod ask_mail;
pub mod connections;
pub mod data;
pub mod enrol;
mod first_passkey;
pub mod home;
pub mod interaction;
mod interaction_page;
pub mod language;
pub mod mail_page;
pub mod mailed;
pub mod passkey_offer;
pub mod passkeys;
pub mod password;
pub mod password_advice;
pub mod profile;
pub mod recover;
pub mod register;
mod scopes;
pub mod second_factor;
pub mod sessions;
pub mod setup;
pub mod sign_in;
pub mod sign_out;
mod signals;
pub mod upstream;
mod upstream_page;
