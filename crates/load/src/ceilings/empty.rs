//! HTTP with nothing behind it: an axum handler in a process of its own, so that client and server share the cores as
//! they do when a provider is measured.

use std::{
    io::{BufRead, BufReader},
    net::Ipv4Addr,
    process::{Child, Command, Stdio},
};

use anyhow::Context;
use axum::{Router, routing::get};
use tokio::net::TcpListener;
use url::Url;

use crate::{
    http::{Client, loopback},
    operations::{Setting, clients::Reader},
    work,
};

/// The subcommand that serves it.
pub const COMMAND: &str = "serve-nothing";

/// Serves until this process ends. Prints its address first.
pub async fn serve() -> anyhow::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    println!("http://{}/", listener.local_addr()?);
    // the other end of the pipe is gone when whoever measures is, however that ended
    std::thread::spawn(|| {
        let _ = std::io::stdin().lines().next();
        std::process::exit(0);
    });
    Ok(axum::serve(listener, Router::new().route("/", get(async || "nothing"))).await?)
}

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Requests per second of as many callers as a provider is measured with.
pub async fn rate(setting: &Setting) -> anyhow::Result<f64> {
    let mut command = Command::new(std::env::current_exe()?);
    let command = command.arg(COMMAND).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut server = Server(command.spawn()?);
    let output = server.0.stdout.take().context("the server of nothing has no output")?;
    let line = BufReader::new(output).lines().next().context("the server of nothing says nothing")??;
    let url = Url::parse(&line)?;
    let readers = (0..setting.connections)
        .map(|n| Reader::new(Client::from(loopback::source(n)), url.clone()))
        .collect();
    work::measure(readers, setting.duration, None).await.flawless_rate().context("the empty handler")
}
