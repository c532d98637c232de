//! Through the real router with a realm that signs what a test wants.

mod api_cart;
mod api_orders;
mod checkout;
mod config;
mod credentials;
mod edge;
mod headers;
mod pages;
mod words;
mod world;
