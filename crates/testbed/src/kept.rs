//! A server process that ends together with the test program.
//!
//! A small shell script starts it and waits at the end of a pipe. When this process closes the other end, or is killed,
//! the script stops its server by process id and removes the folder.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
};

/// A running server and its folder.
#[derive(Debug)]
pub struct Kept {
    script: Child,
    pipe: Option<ChildStdin>,
    folder: PathBuf,
}

impl Kept {
    /// Runs `script` with a new folder as `$1` and `port` as `$2` until it prints `ready`. Returns `None` if it ends
    /// before, for example because another process uses the port.
    pub fn start(script: &str, port: u16) -> Option<Self> {
        // the script removes the folder, because a server that is shared by all tests of a program is never dropped
        let folder = tempfile::tempdir().expect("a temporary folder").keep();
        let mut process = Command::new("sh")
            .args(["-c", script, "server"])
            .arg(&folder)
            .arg(port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let output = process.stdout.take().expect("the output of the script");
        let ready = BufReader::new(output).lines().map_while(Result::ok).any(|line| line == "ready");
        let kept = Self { pipe: process.stdin.take(), script: process, folder };
        ready.then_some(kept)
    }

    /// The server's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        drop(self.pipe.take());
        // if waiting fails, the script has ended already
        let _ = self.script.wait();
    }
}
