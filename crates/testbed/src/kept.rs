//! A server whose end is tied to ours.
//!
//! It runs under a small shell script that waits at the end of a pipe. When this process lets go of the other end,
//! also by being killed, the script stops its server by process id and removes the folder.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
};

/// A running server and the folder it works in.
#[derive(Debug)]
pub struct Kept {
    script: Child,
    pipe: Option<ChildStdin>,
    folder: PathBuf,
}

impl Kept {
    /// Runs `script` with a fresh folder as `$1` and `port` as `$2` until it prints `ready`; `None` when it ends
    /// before, as it does when somebody else took the port.
    pub fn start(script: &str, port: u16) -> Option<Self> {
        // the script removes it, since nobody drops what a test program keeps for all its tests
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

    /// The folder the server works in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        drop(self.pipe.take());
        // it ended by itself if this fails
        let _ = self.script.wait();
    }
}
