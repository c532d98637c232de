//! Use cases on a realm of their own, without HTTP, and its router without a listener.
#![cfg(test)]

mod app;
mod audit;
mod end_session;
mod harness;
mod pasted;
mod tabs;
mod twice;
