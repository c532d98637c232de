//! `admin-api`: the staff side as a program of its own.

use std::process::ExitCode;
use std::sync::Arc;

use admin_api::Config;
use clap::Parser;
use service::clock::SystemClock;
use service::program;
use service::random::OsRandom;

/// The staff side: console and API for content and orders.
#[derive(Debug, Parser)]
#[command(version)]
struct Program {
    #[command(flatten)]
    arguments: program::Arguments,
}

#[tokio::main]
async fn main() -> ExitCode {
    let read = |file| Config::read(file, std::env::vars_os());
    program::run(Program::parse().arguments, read, run).await
}

async fn run(config: Config) -> anyhow::Result<()> {
    let (listener, shutdown) =
        program::prepare(config.listen, config.log_format).map_err(anyhow::Error::from_boxed)?;
    let app = admin_api::start(config, Arc::new(SystemClock), Arc::new(OsRandom)).await?;
    let jobs = app.run_background(shutdown.clone());
    Ok(program::serve_with_jobs((listener, shutdown.clone()), (app.router.clone(), app.limits.clone()), jobs)
        .await?)
}
