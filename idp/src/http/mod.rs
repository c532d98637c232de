//! The HTTP edge of a realm.
//!
//! [`routes`] lists the routes; `health` adds those under `/health` and `/status`. `oauth/` answers clients, `person/`
//! answers browsers. Both parse the request, call one use case of `flow` and render its result. `error` maps failures
//! to status codes.

mod context;
mod error;
mod fallback;
mod health;
mod limits;
mod oauth;
pub mod pages;
mod password_form;
mod person;
mod refusal;
mod request;
mod respond;
pub mod routes;
