//! The token endpoint (protocol.md TOK, security.md T).

mod clients;
mod codes;
mod parallel;
mod refresh;
mod requests;
mod resources;
