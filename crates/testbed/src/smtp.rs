//! A mail server.

use std::path::PathBuf;

use crate::{kept::Kept, port::Port};

const SCRIPT: &str = include_str!("smtp.sh");
const SERVER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/smtp.py");
const TRIES: usize = 5;

/// A mail server that asks for TLS and a login. It refuses `refused@…` for good and `later@…` for now.
#[derive(Debug)]
pub struct Smtp {
    kept: Kept,
    port: Port,
}

impl Smtp {
    /// The user that may send.
    pub const USER: &str = "realm";
    /// Its password.
    pub const PASSWORD: &str = "may-send";

    /// Starts a server.
    ///
    /// # Panics
    /// When it can't be started. It needs the packages `python3-aiosmtpd` and `openssl`.
    pub fn start() -> Self {
        for _ in 0..TRIES {
            let port = Port::reserve();
            if let Some(kept) = Kept::start(&format!("SERVER='{SERVER}'\n{SCRIPT}"), port.number()) {
                return Self { kept, port };
            }
        }
        panic!("the mail server does not start")
    }

    /// The port on which `STARTTLS` comes first.
    pub fn starttls(&self) -> u16 {
        self.port.number()
    }

    /// The port with TLS from the first byte.
    pub fn tls(&self) -> u16 {
        self.port.number() + 1
    }

    /// The certificate of the authority that signed the server's one.
    pub fn authority(&self) -> PathBuf {
        self.kept.folder().join("ca.pem")
    }

    /// What it has received, as it arrived, the oldest first.
    ///
    /// # Panics
    /// When a mail can't be read.
    pub fn received(&self) -> Vec<String> {
        let folder = std::fs::read_dir(self.kept.folder().join("received"));
        let files = folder.into_iter().flatten().filter_map(Result::ok).map(|file| file.path());
        let mut files: Vec<_> =
            files.filter(|path| path.extension().is_some_and(|end| end == "eml")).collect();
        files.sort();
        files.iter().map(|path| std::fs::read_to_string(path).expect("a mail")).collect()
    }
}
