//! Malformed and hostile requests over raw sockets: refused as they should be, and never a 5xx.

mod headers;
mod parameters;
mod raw;
mod requests;
