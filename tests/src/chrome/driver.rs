//! The chromedriver process, shared by all tests of a program that run at the same time.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpStream},
    process::{Child, ChildStdout, Command, Stdio},
    sync::{Arc, Mutex, Weak},
};

/// A running chromedriver. When the last test drops it, it ends together with every browser that it started.
#[derive(Debug)]
pub struct Driver {
    port: u16,
    process: Child,
    // the pipe of its output; chromedriver would end with its next line if the pipe were closed
    _output: BufReader<ChildStdout>,
}

static SHARED: Mutex<Weak<Driver>> = Mutex::new(Weak::new());

impl Driver {
    /// The running chromedriver, or a new one.
    pub fn shared() -> Arc<Self> {
        let mut shared = SHARED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(running) = shared.upgrade() {
            return running;
        }
        let driver = Arc::new(Self::start());
        *shared = Arc::downgrade(&driver);
        driver
    }

    /// The URL that it listens on.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn start() -> Self {
        let path = super::program("CHROMEDRIVER", "/usr/bin/chromedriver");
        let mut process = Command::new(&path)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{path}: {error}; CHROMEDRIVER names another one"));
        let mut output = BufReader::new(process.stdout.take().expect("its output"));
        let port = port(&mut output);
        Self { port, process, _output: output }
    }

    /// Requests its end, which also ends its browsers.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        connection.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        connection.read_to_end(&mut Vec::new()).map(|_| ())
    }
}

/// Reads the free port that it has chosen from its output.
fn port(output: &mut impl BufRead) -> u16 {
    for line in output.lines() {
        let line = line.expect("its output");
        let digits = line.split("started successfully on port ").nth(1);
        if let Some(port) = digits.and_then(|text| text.trim_end_matches('.').parse().ok()) {
            return port;
        }
    }
    panic!("chromedriver ended before it listened");
}

impl Drop for Driver {
    fn drop(&mut self) {
        if self.shut_down().is_err() {
            // kills it by its process id; a failure here can't be handled
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }
}
