//! `.env.example`, as an operator takes it over: the three programs apart, on the folder that the whole system made.

use std::{fs, os::unix::fs::symlink, path::Path, process::Command};

use end_to_end::{System, program::binaries};
use tempfile::TempDir;

type Variables = Vec<(String, String)>;

const BAD_CONFIG: i32 = 2;
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Where the example is used: the project's folder, with `data` in it. APIs get nothing from a file.
fn place(data: &Path) -> TempDir {
    let place = tempfile::tempdir().unwrap();
    symlink(data, place.path().join("data")).unwrap();
    symlink(Path::new(ROOT).join("realms"), place.path().join("realms")).unwrap();
    fs::write(place.path().join("empty.toml"), "").unwrap();
    place
}

/// Its variables: those that are set, then those that are shown, without the Redis that replicas share.
fn variables() -> (Variables, Variables) {
    let text = fs::read_to_string(Path::new(ROOT).join(".env.example")).unwrap();
    let pair = |line: &str| {
        let (name, value) = line.split_once('=')?;
        let is_name =
            name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        (is_name && !name.is_empty()).then(|| (name.to_owned(), value.to_owned()))
    };
    let set = text.lines().filter_map(pair).collect();
    let shown = text.lines().filter_map(|line| line.strip_prefix("# ")).filter_map(pair);
    (set, shown.filter(|(name, _)| !name.contains("__REDIS")).collect())
}

fn check(place: &Path, words: &str, variables: &[(String, String)]) -> (Option<i32>, String) {
    let mut words = words.split(' ');
    let output = Command::new(binaries().join(words.next().unwrap()))
        .args(words)
        .current_dir(place)
        .env_clear()
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[tokio::test]
async fn the_example_of_the_environment_is_all_that_each_program_needs() {
    let system = System::start().await;
    let place = place(system.data());
    let (set, shown) = variables();
    let of = |prefix: &str| -> Variables {
        shown.iter().filter(|(name, _)| name.starts_with(prefix)).cloned().collect()
    };
    for (words, variables) in [
        ("idp --realms realms check-config", set),
        ("shop-api --config empty.toml --check-config", of("SHOP_API__")),
        ("admin-api --config empty.toml --check-config", of("ADMIN_API__")),
    ] {
        let (code, reported) = check(place.path(), words, &variables);
        assert_eq!(code, Some(0), "{words}: {reported}");
        for wrong in 0..variables.len() {
            let mut changed = variables.clone();
            let mistyped = format!("{}X", changed[wrong].0);
            changed[wrong].0.clone_from(&mistyped);
            let (code, reported) = check(place.path(), words, &changed);
            assert_eq!(code, Some(BAD_CONFIG), "{mistyped}: {reported}");
            assert!(!reported.contains("panicked"), "{reported}");
        }
    }
}

#[tokio::test]
async fn the_example_files_of_the_apis_are_accepted_as_they_are() {
    let system = System::start().await;
    let place = place(system.data());
    for program in ["shop-api", "admin-api"] {
        let file = Path::new(ROOT).join(program).join(format!("{program}.example.toml"));
        let (code, reported) =
            check(place.path(), &format!("{program} --config {} --check-config", file.display()), &[]);
        assert_eq!(code, Some(0), "{program}: {reported}");
    }
}
