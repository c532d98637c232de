//! `shop-api`: the customer side as a program of its own.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use clock::SystemClock;
use clock::random::OsRandom;
use runtime::program;
use settings::Document;
use shop_api::Config;
use tikv_jemallocator::Jemalloc;

/// The customer side: storefront and API for the catalogue, carts and orders.
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
    let (listener, shutdown) =
        program::prepare(config.listen, config.log_format).map_err(anyhow::Error::from_boxed)?;
    let app = shop_api::start(config, Arc::new(SystemClock), Arc::new(OsRandom)).await?;
    let jobs = app.run_background(shutdown.clone());
    Ok(web::server::serve_with_jobs(
        (listener, shutdown.clone()),
        (app.router.clone(), app.limits.clone()),
        jobs,
    )
    .await?)
}
