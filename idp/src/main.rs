//! `idp`: the provider as a program of its own.

use std::process::ExitCode;

use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    idp::cli::run(idp::cli::Cli::parse()).await
}
