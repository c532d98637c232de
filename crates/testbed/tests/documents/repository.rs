//! The files of this repository, as git knows them.

use std::{collections::BTreeMap, path::Path, process::Command};

/// Text files with their content, by their paths from the root. Files that aren't text have no content.
pub struct Repository {
    files: BTreeMap<String, String>,
}

impl Repository {
    /// This one: what is tracked and what is new, without what is ignored.
    pub fn here() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
        let listed = Command::new("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard"])
            .current_dir(&root)
            .output()
            .unwrap();
        assert!(listed.status.success(), "git can't list the files: {listed:?}");
        let listed = String::from_utf8(listed.stdout).unwrap();
        let there = |path: &&str| root.join(path).is_file();
        let read = |path: &str| (path.to_owned(), content(&root.join(path)));
        Self { files: listed.lines().filter(there).map(read).collect() }
    }

    /// A made-up one.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
        Self { files: files.iter().map(owned).collect() }
    }

    /// A file's content; empty when it isn't text.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// All files whose path ends so, with their content.
    pub fn with_ending<'a>(&'a self, ending: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.all().filter(move |(path, _)| path.ends_with(ending))
    }

    /// All files with their content.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Whether there is such a file or folder, counted from the root.
    pub fn has(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        path.is_empty() || self.files.keys().any(|file| file == path || file.starts_with(&folder))
    }

    /// The files that a short path means: `flow/token.rs` is `idp/src/flow/token.rs`, and a folder is all that lies in it.
    pub fn meant_by(&self, short: &str) -> Vec<(&str, &str)> {
        let (short, is_folder) = (format!("/{}", short.trim_end_matches('/')), short.ends_with('/'));
        let inside = format!("{short}/");
        let means = |path: &str| {
            let path = format!("/{path}");
            (!is_folder && path.ends_with(&short)) || path.contains(&inside)
        };
        self.all().filter(|(path, _)| means(path)).collect()
    }

    /// The packages of the workspace with their folders.
    pub fn packages(&self) -> BTreeMap<&str, &str> {
        self.with_ending("/Cargo.toml").filter_map(member).collect()
    }
}

/// Name and folder of a package, when it is a member of the workspace: then it takes its version from there.
fn member<'r>((path, text): (&'r str, &'r str)) -> Option<(&'r str, &'r str)> {
    let name = text.split_once("[package]\nname = \"")?.1.split('"').next()?;
    let folder = path.strip_suffix("/Cargo.toml")?;
    text.contains("version.workspace = true").then_some((name, folder))
}

fn content(path: &Path) -> String {
    String::from_utf8(std::fs::read(path).unwrap()).unwrap_or_default()
}
