//! Installing and starting an example.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use end_to_end::System;

/// An app starts within this, also a Java program on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// How an example becomes a program.
pub struct Recipe {
    /// Its folder below `docs/integrate/examples`.
    pub folder: &'static str,
    /// Commands that install what it needs, run in a copy of the folder. What is there already is not fetched again.
    pub install: &'static [&'static str],
    /// The command that runs it.
    pub run: &'static str,
}

/// A running example.
pub struct App {
    /// Its address.
    pub home: String,
    process: Child,
}

impl Drop for App {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}

impl Recipe {
    /// Installs the example and starts it as that client of the customer realm.
    pub async fn start(&self, system: &System, client: &str, port: u16) -> App {
        let folder = self.install();
        let log = fs::File::create(folder.join("app.log")).expect("a log file");
        let mut words = self.run.split(' ');
        let mut command = Command::new(words.next().expect("a program"));
        command
            .args(words)
            .current_dir(&folder)
            .env("ISSUER", &system.urls.customer_issuer)
            .env("CLIENT_ID", client)
            .env("CLIENT_SECRET", system.client_secret("customer", client))
            .env("PORT", port.to_string())
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("the same file"))
            .stderr(log);
        let process = command.spawn().unwrap_or_else(|error| panic!("{}: {error}", self.run));
        let mut app = App { home: format!("http://127.0.0.1:{port}"), process };
        app.listens(port, &folder).await;
        app
    }

    /// A copy of the example, with what it needs, where later runs find it.
    fn install(&self) -> PathBuf {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/integrate/examples");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("integrate").join(self.folder);
        copy(&examples.join(self.folder), &folder);
        for line in self.install {
            let output = Command::new("sh").args(["-c", line]).current_dir(&folder).output();
            let output = output.unwrap_or_else(|error| panic!("{line}: {error}"));
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{}: {line}: {told}", self.folder);
        }
        folder
    }
}

impl App {
    async fn listens(&mut self, port: u16, folder: &Path) {
        let looks = PATIENCE.as_millis() / BETWEEN_LOOKS.as_millis();
        for _ in 0..looks {
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return;
            }
            if self.process.try_wait().expect("a child of ours").is_some() {
                break;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        panic!("the app did not start: {}", fs::read_to_string(folder.join("app.log")).unwrap_or_default());
    }
}

/// Copies a folder over another one.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("the example") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
