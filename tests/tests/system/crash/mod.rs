//! The program is killed (SIGKILL) in the middle of each flow and started again: nothing that was acknowledged is
//! lost, and nothing that works once works twice.

mod clients;
mod people;
