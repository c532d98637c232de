//! Use cases on a realm of their own, without HTTP.
#![cfg(test)]

mod audit;
mod clocks;
mod factors;
mod harness;
mod profile;
mod throttle;
