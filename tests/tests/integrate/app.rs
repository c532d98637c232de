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

/// The examples of the documents.
const EXAMPLES: &str = "docs/integrate/examples";

/// How an example becomes a program.
pub struct Recipe {
    /// Its folder, below `docs/integrate/examples` unless it is started from elsewhere.
    pub folder: &'static str,
    /// Commands of a shell that install what it needs, run in a copy of the folder. They run once for each state of the
    /// example: a later run of the tests finds everything in the target folder.
    pub install: &'static [&'static str],
    /// The command of a shell that becomes the app: it `exec`s the program, so that this one is the process that ends.
    pub run: &'static str,
}

/// A setting of an example: the environment variable and its value.
pub type Setting<'a> = (&'a str, &'a str);

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
        let secret = system.client_secret("customer", client);
        let settings = [("CLIENT_ID", client), ("CLIENT_SECRET", &*secret)];
        self.start_with(system, port, &settings).await
    }

    /// Installs the example and starts it for the customer realm with these settings.
    pub async fn start_with(&self, system: &System, port: u16, settings: &[Setting<'_>]) -> App {
        let realm = [("ISSUER", system.urls.customer_issuer.as_str())];
        self.start_below(EXAMPLES, port, &[realm.as_slice(), settings].concat()).await
    }

    /// Installs a program of another folder of the repository and starts it with these settings.
    pub async fn start_below(&self, root: &str, port: u16, settings: &[Setting<'_>]) -> App {
        let folder = self.install(root);
        let log = folder.join(format!("app-{port}.log"));
        let output = fs::File::create(&log).expect("a log file");
        let process = Command::new("sh")
            .args(["-c", self.run])
            .current_dir(&folder)
            .env("PORT", port.to_string())
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(output.try_clone().expect("the same file"))
            .stderr(output)
            .spawn();
        let process = process.unwrap_or_else(|error| panic!("{}: {error}", self.run));
        let mut app = App { home: format!("http://127.0.0.1:{port}"), process };
        app.listens(port, &log).await;
        app
    }

    /// A copy of the example, with what it needs, where later runs find it.
    fn install(&self, root: &str) -> PathBuf {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(root).join(self.folder);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("integrate").join(self.folder);
        let state = format!("{:?}\n{}", self.install, contents(&example));
        let installed = folder.join("installed");
        if fs::read_to_string(&installed).is_ok_and(|before| before == state) {
            return folder;
        }
        copy(&example, &folder);
        for line in self.install {
            let output = Command::new("sh").args(["-c", line]).current_dir(&folder).output();
            let output = output.unwrap_or_else(|error| panic!("{line}: {error}"));
            let reported = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{}: {line}: {reported}", self.folder);
        }
        fs::write(installed, state).expect("a note of what is installed");
        folder
    }
}

impl App {
    async fn listens(&mut self, port: u16, log: &Path) {
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
        panic!("the app did not start: {}", fs::read_to_string(log).unwrap_or_default());
    }
}

/// Copies a folder over another one.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for path in entries(from) {
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(path, target).expect("a copy");
        }
    }
}

/// All files of a folder as one text.
fn contents(folder: &Path) -> String {
    let of = |path: PathBuf| {
        if path.is_dir() {
            return contents(&path);
        }
        format!("{}\n{}\n", path.display(), fs::read_to_string(&path).expect("a file of text"))
    };
    entries(folder).into_iter().map(of).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the example");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}
