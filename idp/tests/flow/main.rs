//! Use cases on a realm of their own, without HTTP, and its router without a listener.
#![cfg(test)]

mod app;
mod audit;
mod clocks;
mod end_session;
mod factors;
mod harness;
mod profile;
mod refusals;
mod round_trips;
mod sessions;
mod throttle;
mod withdrawn;
