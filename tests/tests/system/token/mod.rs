//! The token endpoint (TOK, T).

mod clients;
mod codes;
mod parallel;
mod refresh;
mod requests;
mod resources;
