//! `admin-api`: the service of the staff realm as a program of its own.

use std::{path::Path, process::ExitCode, sync::Arc};

use admin_api::Config;
use clap::Parser;
use clock::{SystemClock, random::OsRandom};
use runtime::program;
use settings::Document;
use tikv_jemallocator::Jemalloc;

/// The staff side: console and API for content and orders.
#[derive(Debug, Parser)]
#[command(version)]
struct Program {
    #[command(flatten)]
    arguments: program::Arguments,
}

/// Gives free memory back to the system at once. It is set up in `.cargo/config.toml`.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let read = |file: &Path| Document::read(file).and_then(|file| Config::read(file, std::env::vars_os()));
    program::run(Program::parse().arguments, read, run).await
}

async fn run(config: Config) -> anyhow::Result<()> {
    let service = &config.service;
    let (listener, shutdown) =
        program::prepare(service.listen, service.log_format).map_err(anyhow::Error::from_boxed)?;
    let app = admin_api::start(config, Arc::new(SystemClock), Arc::new(OsRandom)).await?;
    Ok(app.serve(listener, shutdown).await?)
}
