//! Realm files: the shipped ones are right, every mistake of an operator's is told with its place, and a program with
//! mistakes in its realm files does not start (D6, E6, E7, P3).

#![cfg(test)]

mod clients;
mod environment;
mod factors;
mod folder;
mod harness;
mod secrets;
mod shipped;
mod theme;
mod upstreams;
mod values;
