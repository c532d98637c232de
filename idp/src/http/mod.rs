//! The HTTP edge of a realm.
//!
//! [`routes`] lists the routes, `health` those under `/health` and `/status`. `oauth/` answers clients, `person/` answers
//! browsers; both unpack requests, call one use case of `flow` and render what it says. `error` makes status codes of
//! failures.

mod context;
mod error;
mod health;
mod limits;
mod oauth;
pub mod pages;
mod password_form;
mod person;
mod request;
mod respond;
pub mod routes;
mod words;
