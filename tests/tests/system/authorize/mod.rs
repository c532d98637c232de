//! The authorization endpoint (AUTH, A).

mod errors;
mod expected_person;
mod people;
mod prompts;
mod redirect_uris;
mod values;
