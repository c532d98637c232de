//! Strict configuration (E6, E7, D6, P3).
//!
//! Layers, each overriding the one before: an embedded default, the operator's TOML file, values preset by the program,
//! environment variables (`PREFIX__SECTION__KEY`), values set by the program. A [`Reader`] returns typed values and
//! collects mistakes instead of stopping at the first one. [`Reader::finish`] reports all of them, including unknown
//! keys.
//!
//! ```
//! use settings::{Document, Reader};
//!
//! let default = Document::parse("default.toml", "[session]\nidle = \"30m\"\n")?;
//! let file = Document::parse("customer.toml", "issuer = \"https://login.example\"\n[session]\nidle = \"1h\"\n")?;
//! let document = default.overlaid_by(file).with_environment("REALMKEEP_CUSTOMER", std::env::vars_os());
//!
//! let reader = Reader::new(&document);
//! let issuer = reader.public_url("issuer");
//! let idle = reader.table("session").seconds("idle");
//! reader.finish()?;
//! assert_eq!((issuer.as_str(), idle), ("https://login.example", 3600));
//! # Ok::<(), settings::Mistakes>(())
//! ```
//!
//! A message never contains a value: it may be a secret in the wrong place.

pub mod blocked_port;
mod database;
mod document;
mod environment;
mod languages;
mod loopback;
mod mistake;
mod nearest;
mod parse;
mod reader;
mod redis;
mod secret;
pub mod secret_file;
mod secret_text;
mod tree;
mod typed;
mod unknown;
mod weak;

#[cfg(test)]
mod tests;

pub use document::Document;
pub use environment::strangers;
pub use loopback::is_loopback;
pub use mistake::{Mistake, Mistakes};
pub use reader::Reader;
