//! What each layer brings along: the packages below it, as cargo resolves them.

use std::{collections::BTreeSet, path::Path, process::Command};

/// The packages that whoever depends on `package` builds, itself included, each with its version.
fn below(package: &str) -> BTreeSet<String> {
    let tree = ["tree", "--locked", "--edges", "normal", "--prefix", "none", "--package", package];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let listed = Command::new(env!("CARGO")).args(tree).current_dir(root).output().unwrap();
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    let lines = String::from_utf8(listed.stdout).unwrap();
    lines.lines().map(|line| line.trim_end_matches(" (*)").to_owned()).collect()
}

fn names(packages: &BTreeSet<String>) -> BTreeSet<&str> {
    packages.iter().filter_map(|line| line.split(' ').next()).collect()
}

#[test]
fn nothing_comes_in_below_a_layer_that_has_no_business_there() {
    let web = ["axum", "hyper", "reqwest", "tower-http"];
    let storage = ["sqlx", "redis"];
    let program = ["clap", "openidconnect", "tikv-jemallocator", "tracing-subscriber"];
    let layers: [(&str, &[&[&str]]); 8] = [
        ("protocol", &[&["axum", "hyper", "reqwest", "tokio"], &storage, &program]),
        ("clock", &[&web, &storage, &program]),
        ("outbound", &[&["axum"], &storage, &program]),
        ("commerce", &[&web, &["redis"], &program]),
        ("resource-server", &[&storage, &program]),
        ("relying-party", &[&["tikv-jemallocator"]]),
        ("service", &[&["tikv-jemallocator"]]),
        ("settings", &[&["axum", "reqwest", "tikv-jemallocator", "openidconnect"]]),
    ];
    for (layer, banned) in layers {
        let packages = below(layer);
        let names = names(&packages);
        assert!(names.contains(layer));
        let found: Vec<&&str> =
            banned.iter().copied().flatten().filter(|name| names.contains(**name)).collect();
        assert!(found.is_empty(), "{layer} brings {found:?} along");
    }
}

#[test]
fn a_resource_server_of_a_stranger_builds_with_fewer_than_200_crates() {
    let packages = below("resource-server");
    assert!(packages.len() < 200, "{} crates: {packages:#?}", packages.len());
    let ours: BTreeSet<_> = packages.iter().filter(|line| line.contains("(/")).cloned().collect();
    let expected = BTreeSet::from(["clock", "outbound", "problem", "protocol", "resource-server"]);
    assert_eq!(names(&ours), expected);
}
