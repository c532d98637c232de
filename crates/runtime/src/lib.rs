//! What a server needs as a process: its command line and exit codes, logs, signals, open files, and words for whoever
//! started it.

pub mod descriptors;
pub mod program;
mod repeats;
pub mod shutdown;
pub mod telemetry;
pub mod terminal;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
