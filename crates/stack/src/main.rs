//! `realmkeep`: the whole system with one command.

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::bail;
use clap::{Parser, Subcommand};
use clock::{SystemClock, random::OsRandom};
use runtime::{
    program,
    telemetry::Format,
    terminal::{answer, complain},
};
use serde_json::{Value, json};
use settings::Mistakes;
use stack::{Options, Running, Welcome};
use tikv_jemallocator::Jemalloc;

/// Both realms, both APIs, storefront and console in one process, on loopback.
#[derive(Debug, Parser)]
#[command(name = "realmkeep", version)]
struct Arguments {
    /// Where databases and secrets are kept.
    #[arg(long, default_value = "data", value_name = "DIR")]
    data: PathBuf,
    /// The first port; 0 takes free ones.
    #[arg(long, default_value_t = 7001, value_name = "N")]
    base_port: u16,
    /// The folder with customer.toml and admin.toml; `realms` if it is there, else the shipped ones.
    #[arg(long, value_name = "DIR")]
    realms: Option<PathBuf>,
    /// Print where everything is, or what a command answers, as one JSON document.
    #[arg(long, global = true)]
    json: bool,
    /// What is logged, to standard error.
    #[arg(long, default_value = "warn", value_name = "FILTER")]
    log: String,
    #[command(subcommand)]
    command: Option<Inside>,
}

#[derive(Debug, Subcommand)]
enum Inside {
    /// Run a command of `idp` on the realms of this data folder, also while they are served.
    Idp {
        #[command(subcommand)]
        command: idp::cli::Command,
    },
}

/// The exit code for a configuration that can't be used.
const BAD_CONFIG: u8 = 2;

/// Gives free memory back to the system at once. It is set up in `.cargo/config.toml`.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(code) => code,
        Err(error) => {
            complain(format_args!("{error:#}"));
            if error.is::<Mistakes>() { ExitCode::from(BAD_CONFIG) } else { ExitCode::FAILURE }
        }
    }
}

async fn run(mut arguments: Arguments) -> anyhow::Result<ExitCode> {
    match arguments.command.take() {
        None => serve(arguments).await.map(|()| ExitCode::SUCCESS),
        Some(Inside::Idp { command: idp::cli::Command::Serve { .. } }) => {
            bail!("realmkeep serves its realms by itself: leave `idp serve` away")
        }
        Some(Inside::Idp { command }) => {
            let json = arguments.json;
            let realms = stack::realms_of(&options(arguments))?;
            Ok(idp::cli::execute(command, realms, json).await)
        }
    }
}

async fn serve(arguments: Arguments) -> anyhow::Result<()> {
    let signals = program::begin(Format::Json, &arguments.log).map_err(anyhow::Error::from_boxed)?;
    let json = arguments.json;
    let running = Box::pin(stack::start(options(arguments))).await?;
    let welcome = running.welcome().await?;
    let written =
        if json { answer(as_json(&running, &welcome)) } else { answer(as_text(&running, &welcome)) };
    if let Err(error) = written {
        tracing::warn!(%error, "the addresses could not be printed");
    }
    running.until(signals).await
}

fn options(arguments: Arguments) -> Options {
    let beside = PathBuf::from("realms");
    let realms = arguments.realms.or_else(|| beside.join("customer.toml").is_file().then_some(beside));
    Options {
        data: arguments.data,
        base_port: arguments.base_port,
        realms,
        overrides: Vec::new(),
        clock: Arc::new(SystemClock),
        random: Arc::new(OsRandom),
    }
}

fn as_json(running: &Running, welcome: &Welcome) -> Value {
    json!({
        "customer_issuer": running.urls.customer_issuer,
        "admin_issuer": running.urls.admin_issuer,
        "storefront": running.urls.storefront,
        "console": running.urls.console,
        "mailbox": format!("{}{}", running.urls.mailbox, stack::mailbox::PATH),
        "data": running.files.folder(),
        "setup_link": welcome.setup_link,
        "demo_customer": welcome.demo_customer,
    })
}

fn as_text(running: &Running, welcome: &Welcome) -> String {
    let urls = &running.urls;
    let places = [
        ("Storefront and shop API", urls.storefront.as_str()),
        ("Staff console and API", &urls.console),
        ("Customer realm (issuer)", &urls.customer_issuer),
        ("Staff realm (issuer)", &urls.admin_issuer),
        ("Mailbox of this trial", &format!("{}{}", urls.mailbox, stack::mailbox::PATH)),
        ("Data and client secrets", &running.files.folder().display().to_string()),
    ];
    let mut lines = vec![String::new(), "Realmkeep is ready.".to_owned(), String::new()];
    lines.extend(places.map(|(what, place)| format!("  {what:<26} {place}")));
    if let Some(link) = &welcome.setup_link {
        lines.push(format!("\n  Make the first staff account (works once, for a day):\n    {link}"));
    }
    if let Some(demo) = &welcome.demo_customer {
        lines.push(format!("\n  A customer to try, shown only now:\n    {}  {}", demo.email, demo.password));
    }
    lines.join("\n") + "\n"
}
