//! What every server of the product needs: configuration, time and randomness as values, telemetry, the HTTP
//! edge (limits, request ids, security headers, cookies, CSRF), health, graceful shutdown and the guarded client
//! for outbound calls, memory and open files. It knows nothing of OAuth: the rules are in `protocol`.

pub mod clock;
pub mod config;
pub mod descriptors;
pub mod health;
pub mod http;
mod memory;
pub mod outbound;
pub mod problem;
pub mod program;
pub mod random;
mod repeats;
pub mod secret_file;
mod secret_text;
pub mod shutdown;
pub mod telemetry;
pub mod terminal;
pub mod when;
pub mod words;
