//! The recipes promise programs of at most 40 lines.

use std::{fs, path::Path};

const MOST_LINES: usize = 40;

/// What people write themselves: no manifests, locks or settings.
fn is_program(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("cfg" | "conf" | "go" | "html" | "java" | "js" | "py" | "rs"))
}

/// The programs of a folder that are longer, and how many there are in all.
fn look(folder: &Path, long: &mut Vec<String>) -> usize {
    let mut programs = 0;
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            programs += look(&path, long);
        } else if is_program(&path) {
            programs += 1;
            let lines = fs::read_to_string(&path).expect("a program").lines().count();
            long.extend((lines > MOST_LINES).then(|| format!("{}: {lines} lines", path.display())));
        }
    }
    programs
}

#[test]
fn d15_no_program_of_a_recipe_has_more_than_40_lines() {
    let mut long = Vec::new();
    let programs = look(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/integrate/examples"), &mut long);
    assert!(programs >= 14, "only {programs} programs were found");
    assert!(long.is_empty(), "{long:?}");
}
