//! What the program takes from where it is started, and what it leaves there.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use super::load;

/// Only the product is started, and discovery measured.
const LITTLE: [&str; 3] = ["--only", "discovery", "--no-check"];

#[test]
fn settings_of_another_installation_do_not_reach_the_product() {
    let folder = tempfile::tempdir().unwrap();
    let facts = folder.path().join("facts.db");
    let mut load = load(folder.path(), &LITTLE);
    load.args(["--storm", "0"]);
    load.env("REALMKEEP_CUSTOMER__DATABASE", format!("sqlite:{}", facts.display()));
    // it would not even start
    load.env("REALMKEEP_ANOTHER__LISTEN", "127.0.0.1:1");
    let output = load.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!facts.exists(), "facts of another installation were written");
}

#[test]
fn sigterm_in_the_middle_of_a_storm_leaves_no_process_and_no_folder() {
    let folder = tempfile::tempdir().unwrap();
    let mut load = load(folder.path(), &LITTLE);
    load.args(["--storm", "8"]).env("TMPDIR", folder.path());
    let mut load = load.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut told = BufReader::new(load.stderr.take().unwrap()).lines().map_while(Result::ok);
    assert!(told.any(|line| line.starts_with("raising a storm")), "it ended before");
    // while threads of their own ask for tokens, for at least three seconds
    std::thread::sleep(Duration::from_secs(4));
    let products = processes_in(folder.path());
    assert_eq!(products.len(), 1, "{products:?}");

    let terminated = Command::new("kill").args(["-TERM", &load.id().to_string()]).status();
    assert!(terminated.unwrap().success());
    assert_eq!(told.collect::<Vec<_>>(), ["interrupted"]);
    assert_eq!(load.wait().unwrap().code(), Some(1));
    assert_eq!(processes_in(folder.path()), [""; 0]);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// The command lines that name something below a folder.
fn processes_in(folder: &Path) -> Vec<String> {
    let below = folder.join("load.").display().to_string();
    let processes = fs::read_dir("/proc").unwrap().map_while(Result::ok);
    let lines = processes.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
    let lines = lines.map(|line| String::from_utf8_lossy(&line).replace('\0', " "));
    lines.filter(|line| line.contains(&below)).collect()
}
