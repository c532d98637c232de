//! The HTTP edge of a realm.
//!
//! [`routes`] lists every route. `oauth/` answers clients, `person/` answers browsers; both only unpack requests, call
//! one use case of `flow` and render what it says. `error` alone knows status codes of failures.

mod context;
mod error;
mod forms;
mod health;
mod limits;
mod oauth;
pub mod pages;
mod password_form;
mod person;
mod respond;
pub mod routes;
mod words;
