//! Tests through the real router, with a realm that signs any token that a test needs.

mod api_cart;
mod api_orders;
mod checkout;
mod config;
mod credentials;
mod edge;
mod headers;
mod languages;
mod pages;
mod words;
mod world;
