//! The program against the product, for moments only: that everything is measured, never how fast it is.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use serde_json::Value;

fn load(folder: &Path, arguments: &[&str]) -> Output {
    let told = ["--no-check", "--json", "report.json", "--svg", "report.svg"];
    super::load(folder, &told).args(arguments).output().unwrap()
}

fn report(folder: &Path, output: &Output) -> Value {
    let told = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}\n{errors}");
    serde_json::from_str(&std::fs::read_to_string(folder.join("report.json")).unwrap()).unwrap()
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
    let output = load(folder.path(), &["--storm", "12", "--database", &database]);
    let report = report(folder.path(), &output);
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
    let storms = report["storms"].as_array().unwrap();
    assert_eq!(storms.len(), 3);
    for storm in storms {
        assert!(storm["signed_in"] == 12 && storm["failures"] == serde_json::json!({}), "{storm}");
    }
    let budgets = report["budgets"].as_array().unwrap();
    let (of_storm, others): (Vec<_>, Vec<_>) =
        budgets.iter().partition(|budget| budget["budget"].as_str().unwrap().contains("storm"));
    assert!(others.len() == 6 && others.iter().all(|budget| budget["measured"].is_f64()), "{others:?}");
    assert!(of_storm.len() == 3 && of_storm.iter().all(|budget| budget["kept"].is_null()), "a small storm");
    let svg = std::fs::read_to_string(folder.path().join("report.svg")).unwrap();
    assert!(svg.contains(">password-sign-in</text>"), "{svg}");
}

/// The product as somebody else's provider.
struct Elsewhere(Child);

impl Drop for Elsewhere {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Elsewhere {
    fn start(folder: &Path) -> (Self, Value) {
        let program = PathBuf::from(env!("CARGO_BIN_EXE_load")).with_file_name("realmkeep");
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
        (Self(child), serde_json::from_str(&line).unwrap())
    }
}

#[test]
fn any_provider_is_measured_by_its_discovery_and_a_client() {
    let folder = tempfile::tempdir().unwrap();
    let (provider, told) = Elsewhere::start(folder.path());
    std::fs::write(folder.path().join("password"), told["demo_customer"]["password"].as_str().unwrap())
        .unwrap();
    let pid = provider.0.id().to_string();
    let client = [
        ["--issuer", told["customer_issuer"].as_str().unwrap()],
        ["--client-id", "demo-web"],
        ["--client-secret-file", "data/secrets/customer.demo-web.secret"],
    ];
    let person = [["--user", "demo@example.com"], ["--password-file", "password"], ["--pid", &pid]];

    let everything = load(folder.path(), &[client.as_flattened(), person.as_flattened()].concat());
    let told = report(folder.path(), &everything);
    assert_eq!(measured(&told).len(), 9);
    assert!(told["budgets"].as_array().unwrap().is_empty(), "budgets are this product's");
    assert!(told["rows"][0]["rss_mb"].is_f64(), "of the process that was named");

    std::fs::write(folder.path().join("password"), "not hers").unwrap();
    let refused = load(folder.path(), &[client.as_flattened(), person.as_flattened()].concat());
    let told = String::from_utf8(refused.stdout).unwrap();
    assert!(told.contains("! demo@example.com could not be signed in"), "{told}");
    assert_eq!(refused.status.code(), Some(3), "nothing of a person was measured, although it was asked for");

    let nobody = load(folder.path(), client.as_flattened());
    let told = report(folder.path(), &nobody);
    assert_eq!(measured(&told), ["discovery", "jwks", "client-credentials"]);
}

#[test]
fn a_provider_that_is_not_there_is_told_without_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("secret"), "s").unwrap();
    let told = |issuer: &str| {
        let arguments = ["--issuer", issuer, "--client-id", "c", "--client-secret-file", "secret"];
        let output = load(folder.path(), &arguments);
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(told("http://localhost:1").contains("discovery: connection: connection refused"));
    assert!(told("http://id.example.com").contains("not on this machine"));
}
