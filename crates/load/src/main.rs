//! `load`: what an OpenID provider on this machine does under load, beside what the machine could do at most.
//!
//! * [`arguments`]: what it is told, within bounds; [`http`]: only this machine is called
//! * [`provider`], [`people`]: who is measured, and who uses it; [`product`]: this product, started for it
//! * [`work`]: the engine; [`operations`], [`storm`]: what is measured; [`ceilings`]: what is possible
//! * [`run`]: all of it in its order; [`budget`], [`report`]: what comes of it

mod arguments;
mod budget;
mod ceilings;
mod http;
mod operations;
mod people;
mod process;
mod product;
mod provider;
mod report;
mod run;
mod storm;
mod work;

use std::{fs, process::ExitCode};

use anyhow::Context;
use arguments::{Arguments, Internal};
use clap::Parser;
use runtime::shutdown::Shutdown;
use tokio::runtime::Runtime;

/// The exit code when a budget was missed, or something that was asked for failed.
const MISSED: u8 = 3;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match until_told(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(MISSED),
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Everything, unless SIGINT or SIGTERM come first.
fn until_told(arguments: &Arguments) -> anyhow::Result<bool> {
    let runtime = Runtime::new()?;
    let done = runtime.block_on(async {
        let reported = Shutdown::on_signals()?;
        tokio::select! {
            done = whole(arguments) => done,
            // dropping the run ends every process it started
            () = reported.fired() => Err(anyhow::anyhow!("interrupted")),
        }
    });
    // threads that still ask for something end with this process; waiting for them could take for ever
    runtime.shutdown_background();
    done
}

/// Everything; whether it went as it should.
async fn whole(arguments: &Arguments) -> anyhow::Result<bool> {
    if let Some(Internal::ServeNothing) = arguments.command {
        return ceilings::empty::serve().await.map(|()| true);
    }
    let report = run::run(arguments).await?;
    print!("{}", report::table::render(&report));
    if let Some(path) = &arguments.json {
        let text = serde_json::to_string_pretty(&report)? + "\n";
        fs::write(path, text).with_context(|| path.display().to_string())?;
    }
    if let Some(path) = &arguments.svg {
        fs::write(path, report::svg::render(&report)).with_context(|| path.display().to_string())?;
    }
    let kept = arguments.no_check || budget::all_kept(&report.budgets);
    Ok(kept && report.succeeded())
}
