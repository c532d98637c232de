//! The whole side through its router, against a realm that signs whatever a test wants.

mod access;
mod api_content;
mod api_orders;
mod config;
mod console;
mod console_orders;
mod content_form;
mod operations;
mod paths;
mod words;
mod world;
