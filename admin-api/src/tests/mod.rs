//! Tests of the whole service through its router, with a realm that signs any token that a test needs.

mod access;
mod api_content;
mod api_orders;
mod config;
mod console;
mod console_orders;
mod content_form;
mod languages;
mod operations;
mod paths;
mod step_up;
mod words;
mod world;
