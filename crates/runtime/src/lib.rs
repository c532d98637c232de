//! What a server needs as a process: command line, exit codes, logs, signals, the limit of open files, and messages on
//! the terminal.

pub mod descriptors;
pub mod program;
mod repeats;
pub mod shutdown;
pub mod telemetry;
pub mod terminal;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
