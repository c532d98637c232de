//! Use cases on a realm of their own, without HTTP.
#![cfg(test)]

mod audit;
mod harness;
mod profile;
