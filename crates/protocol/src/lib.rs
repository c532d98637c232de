//! The rules of OAuth 2.0 and OpenID Connect as pure functions: no socket, no database, no clock, no random source.
//!
//! A function of this crate gets what was received and what is stored, and judges it. Times are Unix seconds, and the
//! caller passes `now`. There is no input or output, so every rule can be tested by calling it.
#![warn(missing_docs)]

pub mod access_token;
pub mod acr;
pub mod authorize;
pub mod catalogue;
mod claims;
pub mod client;
pub mod client_auth;
pub mod discovery;
pub mod email;
pub mod end_session;
pub mod error;
pub mod grant;
pub mod id_token;
pub mod jose;
pub mod logout;
pub mod params;
pub mod pkce;
pub mod profile;
pub mod redirect_uri;
pub mod refresh;
pub mod resource;
pub mod scope;
pub mod scope_claims;
pub mod secret;
pub mod standing;
pub mod stored_time;
mod strict_json;
pub mod token;
pub mod typed;
pub mod userinfo;
pub mod username;
