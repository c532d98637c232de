//! The program as it is called.

#[cfg(test)]
mod report;
#[cfg(test)]
mod surroundings;

#[cfg(test)]
use std::{path::Path, process::Command};

/// The cheapest password hash that a realm may be configured with.
#[cfg(test)]
const CHEAP: &str = "m=19456,t=2,p=1";
#[cfg(test)]
const SHORT: [&str; 6] = ["--duration", "0.2", "--connections", "3", "--argon2", CHEAP];

/// Measures for moments only.
#[cfg(test)]
fn load(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_load"));
    command.args(SHORT).args(arguments).current_dir(folder);
    command
}
