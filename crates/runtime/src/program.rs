//! A server as a program of its own: one configuration file, one listener, and exit codes.

use std::{
    fmt::Display,
    io,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use crate::{
    descriptors,
    shutdown::Shutdown,
    telemetry::{self, Format},
    terminal,
};

/// The exit code when the configuration can't be used.
const BAD_CONFIG: u8 = 2;

/// The command line of every such program.
#[derive(Debug, Clone, Args)]
pub struct Arguments {
    /// The TOML file to read; environment variables override it.
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
    /// Only say what is wrong with the configuration.
    #[arg(long)]
    check_config: bool,
}

/// Reads the configuration and runs the program, or prints every mistake in the configuration. Returns the exit code.
pub async fn run<C, M, E, R>(
    arguments: Arguments,
    read: impl FnOnce(&Path) -> Result<C, M>,
    work: R,
) -> ExitCode
where
    M: Display,
    R: AsyncFnOnce(C) -> Result<(), E>,
    E: Display,
{
    match read(&arguments.config) {
        Err(mistakes) => {
            terminal::complain(mistakes);
            ExitCode::from(BAD_CONFIG)
        }
        Ok(_) if arguments.check_config => {
            // a failure to print is ignored: the exit code says the same
            let _ = terminal::answer(format_args!("{}: ok", arguments.config.display()));
            ExitCode::SUCCESS
        }
        Ok(config) => match work(config).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                terminal::complain(format_args!("{error:#}"));
                ExitCode::FAILURE
            }
        },
    }
}

/// The first steps of a server: starts logging, raises the limit of open files, and installs the signal handlers, which
/// fire the returned switch.
///
/// # Errors
/// `filter` isn't valid, or the signal handlers can't be installed.
pub fn begin(format: Format, filter: &str) -> Result<Shutdown, Box<dyn std::error::Error + Send + Sync>> {
    telemetry::init(format, filter)?;
    descriptors::take_all();
    Ok(Shutdown::on_signals()?)
}

/// The program can't listen on this address.
#[derive(Debug, thiserror::Error)]
#[error("nobody can listen on {address}: {error}{advice}")]
pub struct BadAddress {
    address: SocketAddr,
    error: io::Error,
    advice: &'static str,
}

/// Listens on an address.
///
/// # Errors
/// [`BadAddress`] names the address and says what to do.
pub fn listen(address: SocketAddr) -> Result<TcpListener, BadAddress> {
    TcpListener::bind(address).map_err(|error| {
        let advice = match error.kind() {
            io::ErrorKind::AddrInUse => ". Stop the program that has it, or change `listen`",
            io::ErrorKind::AddrNotAvailable => ". No interface of this machine has it: change `listen`",
            io::ErrorKind::PermissionDenied => ". Ports below 1024 need a privilege: change `listen`",
            _ => "",
        };
        BadAddress { address, error, advice }
    })
}

/// Starts logging, and returns the listener and the switch that signals fire.
///
/// # Errors
/// The address can't be listened on, or the signal handlers can't be installed.
pub fn prepare(
    listen: SocketAddr,
    log_format: &str,
) -> Result<(TcpListener, Shutdown), Box<dyn std::error::Error + Send + Sync>> {
    let format = if log_format == "json" { Format::Json } else { Format::Pretty };
    let shutdown = begin(format, "info")?;
    let listener = self::listen(listen)?;
    tracing::info!(address = %listen, "listening");
    Ok((listener, shutdown))
}
