//! `idp`: the provider as a program of its own.

use std::process::ExitCode;

use clap::Parser;
use tikv_jemallocator::Jemalloc;

/// Gives free memory back to the system at once. It is set up in `.cargo/config.toml`.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

#[tokio::main]
async fn main() -> ExitCode {
    idp::cli::run(idp::cli::Cli::parse()).await
}
