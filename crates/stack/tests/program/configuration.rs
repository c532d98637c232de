//! The program's configuration, through the program itself.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use idp::realm::config::{ADMIN, CUSTOMER};
use tempfile::TempDir;

const BAD_CONFIG: i32 = 2;
const SECRET: &str = "T6wq2ZcV9sLk8nHe5oO4cQ1yAqX9Yp0dJm";
const PEPPER: &str = "Zt2VbW7sLk8nHe5oO4cQ1yAqX9Yp0dJmRw";

/// `realmkeep` on a folder and free ports, with an environment of its own.
fn realmkeep(folder: &Path, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_realmkeep"));
    command.env_clear().envs(variables.iter().copied()).current_dir(folder);
    command.args(["--data", "data", "--base-port", "0", "--json"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What it says when it doesn't start.
fn refused(variables: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    refusal(&realmkeep(folder.path(), variables).output().unwrap())
}

fn refusal(output: &Output) -> String {
    let reported = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(BAD_CONFIG), "{reported}");
    reported
}

#[test]
fn e6_a_variable_of_a_realm_that_is_not_there_is_told() {
    let reported = refused(&[("REALMKEEP_CUSTOMR__TOKENS__ACCESS", "5m")]);
    assert!(reported.contains("did you mean `REALMKEEP_CUSTOMER__TOKENS__ACCESS`?"), "{reported}");
}

#[test]
fn h1_the_two_realms_never_share_what_keeps_them_apart() {
    let reported = refused(&[("REALMKEEP_ADMIN__SESSION__PREFIX", "customer")]);
    assert!(reported.contains("`session.prefix`: realm `customer` has the same"), "{reported}");
}

#[test]
fn p3_the_mistakes_of_all_four_parts_are_told_together() {
    let folder = tempfile::tempdir().unwrap();
    let realms = folder.path().join("realms");
    fs::create_dir(&realms).unwrap();
    for (name, text) in [("customer", CUSTOMER), ("admin", ADMIN)] {
        fs::write(realms.join(format!("{name}.toml")), text.replace("prefix", "prefx")).unwrap();
    }
    let wrong = [
        ("SHOP_API__PRODUKT", "x"),
        ("ADMIN_API__LISTEN", "127.0.0.1:1"),
        ("ADMIN_API__SESSION__IDLE", "1y"),
    ];
    let reported = refusal(&realmkeep(folder.path(), &wrong).output().unwrap());
    for part in [
        "customer.toml:6: `session.prefx`",
        "admin.toml:8: `session.prefx`",
        "SHOP_API__PRODUKT",
        "ADMIN_API__LISTEN: realmkeep listens where --base-port says",
        "ADMIN_API__SESSION__IDLE",
    ] {
        assert!(reported.contains(part), "{part}\n{reported}");
    }
}

/// A program at work, until it is dropped.
struct Running(Child);

impl Running {
    fn start(folder: &TempDir, variables: &[(&str, &str)]) -> Self {
        let cheap = ["CUSTOMER", "ADMIN"].map(|realm| format!("REALMKEEP_{realm}__PASSWORDS__"));
        let mut command = realmkeep(folder.path(), variables);
        for realm in cheap {
            command.envs([(format!("{realm}MEMORY_KIB"), "19456"), (format!("{realm}ITERATIONS"), "2")]);
        }
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        if line.is_empty() {
            let mut reported = String::new();
            child.stderr.take().unwrap().read_to_string(&mut reported).unwrap();
            panic!("{reported}");
        }
        Self(child)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn d6_a_secret_of_the_environment_comes_over_the_one_in_the_data_folder() {
    let folder = tempfile::tempdir().unwrap();
    drop(Running::start(&folder, &[]));
    // what is not used is not read: as a pepper it would be refused
    let pepper = folder.path().join("data/secrets/customer.pepper");
    fs::write(&pepper, "short\n").unwrap();
    let reported = refusal(&realmkeep(folder.path(), &[]).output().unwrap());
    assert!(reported.contains("too short"), "{reported}");
    drop(Running::start(&folder, &[("REALMKEEP_CUSTOMER__SECRETS__PEPPER", PEPPER)]));
}

#[test]
fn d6_the_sides_sign_in_with_the_secret_that_the_realm_was_given() {
    let folder = tempfile::tempdir().unwrap();
    drop(Running::start(&folder, &[]));
    let secret = folder.path().join("data/secrets/customer.storefront.secret");
    fs::write(&secret, "short\n").unwrap();
    let reported = refusal(&realmkeep(folder.path(), &[]).output().unwrap());
    assert!(reported.contains("too short"), "{reported}");
    drop(Running::start(&folder, &[("REALMKEEP_CUSTOMER__CLIENTS__0__SECRET", SECRET)]));
}

#[test]
fn d6_the_sides_know_the_issuer_that_the_realm_was_given() {
    // both sides ask that the issuers differ: were the old one still known, this would start
    let issuer = "https://id.example.com";
    let reported = refused(&[("REALMKEEP_CUSTOMER__ISSUER", issuer), ("SHOP_API__STAFF__ISSUER", issuer)]);
    assert!(reported.contains("is the customer realm's issuer"), "{reported}");
}
