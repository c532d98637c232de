//! The program as it is called, for moments only: that everything is measured, never how fast it is.

#![cfg(test)]

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

/// The cheapest password hash that a realm may be configured with.
const CHEAP: [&str; 4] = ["--connections", "2", "--argon2", "m=19456,t=2,p=1"];

/// Measures for moments only.
fn load(folder: &Path, arguments: &[&str]) -> Command {
    load_for("0.1", folder, arguments)
}

fn load_for(seconds: &str, folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_load"));
    command.args(["--duration", seconds]).args(CHEAP).args(arguments).current_dir(folder);
    command
}

fn report(folder: &Path, output: &Output) -> Value {
    let reported = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{reported}\n{errors}");
    serde_json::from_str(&fs::read_to_string(folder.join("report.json")).unwrap()).unwrap()
}

/// The operations that were measured; each succeeded, and nothing failed.
fn measured(report: &Value) -> Vec<&str> {
    let rows = report["rows"].as_array().unwrap();
    let good =
        |row: &Value| row["rate"].as_f64() > Some(0.0) && row["failures"].as_object().unwrap().is_empty();
    for row in rows {
        assert!(good(row) || row["not_offered"] == true, "{row}");
    }
    rows.iter().filter(|row| good(row)).map(|row| row["operation"].as_str().unwrap()).collect()
}

#[test]
fn every_operation_of_the_product_succeeds_and_every_budget_is_judged() {
    let folder = tempfile::tempdir().unwrap();
    let database = std::env::var("REALMKEEP_TEST_DATABASE").unwrap_or_else(|_| "sqlite".to_owned());
    let reported = ["--no-check", "--json", "report.json", "--svg", "report.svg", "--storm", "0"];
    let mut load = load(folder.path(), &[&reported[..], &["--database", &database]].concat());
    // settings of another installation do not reach the product: with the second one it would not even start
    let facts = folder.path().join("facts.db");
    load.env("REALMKEEP_CUSTOMER__DATABASE", format!("sqlite:{}", facts.display()));
    load.env("REALMKEEP_ANOTHER__LISTEN", "127.0.0.1:1");
    let report = report(folder.path(), &load.output().unwrap());
    assert!(!facts.exists(), "facts of another installation were written");
    assert_eq!(
        measured(&report),
        [
            "discovery",
            "jwks",
            "client-credentials",
            "introspection",
            "userinfo",
            "code-flow",
            "code-exchange",
            "refresh",
            "password-sign-in"
        ]
    );
    for operation in ["code-exchange", "refresh"] {
        // one each, and now and then one for the events of many
        let commits = report["commits"][operation].as_f64().unwrap();
        assert!((1.0..1.5).contains(&commits), "{operation}: {commits}");
    }
    for ceiling in ["empty", "es256", "rs256", "argon2", "sqlite"] {
        assert!(report["ceilings"][ceiling].as_f64() > Some(0.0), "{ceiling}");
    }
    let budgets = report["budgets"].as_array().unwrap();
    let (of_storm, others): (Vec<_>, Vec<_>) =
        budgets.iter().partition(|budget| budget["budget"].as_str().unwrap().contains("storm"));
    assert!(others.len() == 6 && others.iter().all(|budget| budget["measured"].is_f64()), "{others:?}");
    assert!(of_storm.len() == 3 && of_storm.iter().all(|budget| budget["kept"].is_null()), "no storm");
    let svg = fs::read_to_string(folder.path().join("report.svg")).unwrap();
    assert!(svg.contains(">password-sign-in</text>"), "{svg}");
}

#[test]
fn sigterm_in_the_middle_leaves_no_process_and_no_folder() {
    let folder = tempfile::tempdir().unwrap();
    let mut load = load_for("60", folder.path(), &["--only", "discovery", "--storm", "0"]);
    load.env("TMPDIR", folder.path());
    let mut load = load.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut reported = BufReader::new(load.stderr.take().unwrap()).lines().map_while(Result::ok);
    assert!(reported.any(|line| line == "measuring the machine"), "it ended before");
    let products = processes_in(folder.path());
    assert_eq!(products.len(), 1, "{products:?}");

    let terminated = Command::new("kill").args(["-TERM", &load.id().to_string()]).status();
    assert!(terminated.unwrap().success());
    assert_eq!(reported.collect::<Vec<_>>(), ["interrupted"]);
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

/// `realmkeep` as somebody else's provider, and what it printed.
struct Elsewhere(std::process::Child, Value);

impl Elsewhere {
    fn start(folder: &Path) -> Self {
        let program = Path::new(env!("CARGO_BIN_EXE_load")).with_file_name("realmkeep");
        let mut command = Command::new(&program);
        command
            .args(["--data", "data", "--base-port", "0", "--json"])
            .current_dir(folder)
            .stdout(Stdio::piped());
        for (key, value) in [("MEMORY_KIB", "19456"), ("ITERATIONS", "2")] {
            command.env(format!("REALMKEEP_CUSTOMER__PASSWORDS__{key}"), value);
        }
        let started = command.spawn();
        let mut child = started.unwrap_or_else(|_| panic!("{}: cargo build -p stack", program.display()));
        let line = BufReader::new(child.stdout.take().unwrap()).lines().next().unwrap().unwrap();
        Self(child, serde_json::from_str(&line).unwrap())
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn any_provider_is_measured_by_its_discovery_and_a_client() {
    let folder = tempfile::tempdir().unwrap();
    let provider = Elsewhere::start(folder.path());
    let reported = &provider.1;
    let password = folder.path().join("password");
    fs::write(&password, reported["demo_customer"]["password"].as_str().unwrap()).unwrap();
    let pid = provider.0.id().to_string();
    let client = [
        ["--issuer", reported["customer_issuer"].as_str().unwrap()],
        ["--client-id", "demo-web"],
        ["--client-secret-file", "data/secrets/customer.demo-web.secret"],
        ["--json", "report.json"],
    ];
    let person = [["--user", "demo@example.com"], ["--password-file", "password"], ["--pid", &pid]];

    let everything = [client.as_flattened(), person.as_flattened()].concat();
    let reported = report(folder.path(), &load(folder.path(), &everything).output().unwrap());
    assert_eq!(measured(&reported).len(), 9);
    assert!(reported["budgets"].as_array().unwrap().is_empty(), "budgets are this product's");
    assert!(reported["rows"][0]["rss_mb"].is_f64(), "of the process that was named");

    fs::write(&password, "not hers").unwrap();
    let refused =
        load(folder.path(), &[&everything[..], &["--only", "jwks,userinfo"]].concat()).output().unwrap();
    let reported = String::from_utf8(refused.stdout).unwrap();
    assert!(reported.contains("! demo@example.com could not be signed in"), "{reported}");
    assert_eq!(refused.status.code(), Some(3), "nothing of a person was measured, although it was asked for");

    let nobody = load(folder.path(), client.as_flattened()).output().unwrap();
    let reported = report(folder.path(), &nobody);
    assert_eq!(measured(&reported), ["discovery", "jwks", "client-credentials"]);
}

#[test]
fn a_provider_that_is_not_there_is_told_without_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("secret"), "s").unwrap();
    let reported = |issuer: &str| {
        let arguments = ["--issuer", issuer, "--client-id", "c", "--client-secret-file", "secret"];
        let output = load(folder.path(), &arguments).output().unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(reported("http://localhost:1").contains("discovery: connection: connection refused"));
    assert!(reported("http://id.example.com").contains("not on this machine"));
}
