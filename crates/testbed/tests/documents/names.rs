//! Pages that explain the code name what is there.

use std::{collections::BTreeSet, path::Path};

use crate::{markdown::Page, repository::Repository};

const ARCHITECTURE: &str = "docs/architecture.md";
/// Pages whose code spans are names of this repository's things.
const EXPLAINING: [&str; 3] = [ARCHITECTURE, "docs/requirements.md", "CONTRIBUTING.md"];

/// What an item begins with.
const KINDS: [&str; 9] = ["fn", "struct", "enum", "trait", "type", "const", "static", "mod", "macro_rules!"];

/// Why a code span names nothing of this repository; `None` when it does, or is no name.
fn fault(repository: &Repository, span: &str) -> Option<String> {
    if let Some(route) = span.strip_prefix("GET ").or(span.strip_prefix("POST ")) {
        let route = format!("\"{}\"", route.split(' ').next().unwrap_or_default());
        let routed = repository.with_ending(".rs").any(|(_, text)| text.contains(&route));
        return (!routed).then(|| "no file names that route".to_owned());
    }
    let is_name = !span.contains([' ', '…', '=', '*', '<']) || span.contains("::");
    if !is_name || span.starts_with(['-', '.']) {
        return None;
    }
    let (path, name) = span.split_once("::").map_or((span, None), |(path, name)| (path, Some(name)));
    if is_path(path) {
        return of_path(repository, path, name);
    }
    match name {
        Some(_) => of_item(repository, span),
        None => (!occurs(repository, span)).then(|| "no file but documents has that word".to_owned()),
    }
}

fn is_path(text: &str) -> bool {
    let endings = ["rs", "toml", "md", "sql", "yml", "html", "css", "js", "svg"];
    !text.starts_with('/')
        && (text.contains('/') || text.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending)))
}

fn of_path(repository: &Repository, path: &str, name: Option<&str>) -> Option<String> {
    let meant = repository.meant_by(path);
    if meant.is_empty() {
        return Some("there is no such file or folder".to_owned());
    }
    let name = name?;
    (!meant.iter().any(|(_, text)| defines(text, name))).then(|| format!("it doesn't define `{name}`"))
}

/// `crate::module::Item`, `module::function`, `Type::Variant`: the last one is defined where the first one is.
fn of_item(repository: &Repository, span: &str) -> Option<String> {
    let plain = span.split(['<', '(']).next().unwrap_or_default().trim_end_matches('!');
    let (first, _) = plain.split_once("::")?;
    let (_, last) = plain.rsplit_once("::")?;
    let package = first.replace('_', "-");
    let place: Vec<_> = match repository.packages().get(package.as_str()) {
        Some(folder) => repository.meant_by(&format!("{folder}/")),
        None => [format!("{first}.rs"), format!("{first}/")]
            .iter()
            .flat_map(|short| repository.meant_by(short))
            .collect(),
    };
    let place = if place.is_empty() {
        repository.with_ending(".rs").filter(|(_, text)| defines(text, first)).collect()
    } else {
        place
    };
    if place.is_empty() {
        return Some(format!("nothing is called `{first}`"));
    }
    (!place.iter().any(|(_, text)| defines(text, last))).then(|| format!("`{first}` has no `{last}`"))
}

/// Whether a source defines an item or a variant of that name, or has a module of it.
fn defines(text: &str, name: &str) -> bool {
    let name = name.trim_end_matches("()");
    let ends = |rest: &str| !rest.starts_with(|char: char| char.is_alphanumeric() || char == '_');
    let is_item = |kind: &&str| {
        let item = format!("{kind} {name}");
        text.match_indices(&item).any(|(at, _)| text.get(at + item.len()..).is_some_and(ends))
    };
    let is_variant = |line: &str| {
        let rest = line.trim_start().strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.trim_start().starts_with([',', '(', '{']))
    };
    KINDS.iter().any(is_item) || text.lines().any(is_variant)
}

fn occurs(repository: &Repository, word: &str) -> bool {
    let is_document = |path| Path::new(path).extension().is_some_and(|ending| ending == "md");
    repository.packages().contains_key(word)
        || repository.all().any(|(path, text)| !is_document(path) && text.contains(word))
}

#[test]
fn every_name_on_the_pages_that_explain_the_code_is_there() {
    let repository = Repository::here();
    let mut wrong = Vec::new();
    for path in EXPLAINING {
        let page = Page::read(repository.text(path).unwrap());
        for span in &page.spans {
            let fault = fault(&repository, span);
            wrong.extend(fault.map(|fault| format!("{path}: `{span}`: {fault}")));
        }
    }
    assert!(wrong.is_empty(), "names that mean nothing any more:\n{}", wrong.join("\n"));
}

#[test]
fn the_map_names_every_crate_of_the_workspace() {
    let repository = Repository::here();
    let page = Page::read(repository.text(ARCHITECTURE).unwrap());
    let lines = page.blocks.first().unwrap().lines();
    let words =
        lines.flat_map(|line| line.split("  ").map(|word| word.trim_matches([' ', '├', '│', '└', '─'])));
    let mapped: BTreeSet<&str> = words.filter(|word| !word.is_empty() && !word.contains(' ')).collect();
    let there: BTreeSet<&str> = repository.packages().into_keys().collect();
    assert_eq!(mapped, there, "the first block of {ARCHITECTURE} lists the crates of the workspace");
}

#[test]
fn the_page_lists_every_table_of_the_schemas_and_no_other() {
    let repository = Repository::here();
    let page = Page::read(repository.text(ARCHITECTURE).unwrap());
    let of_data = page.rows.iter().filter(|row| page.heading(row.heading) == "Data");
    let listed: BTreeSet<&str> =
        of_data.filter_map(|row| row.cells.last()).flat_map(|cell| &cell.code).map(String::as_str).collect();
    let mut there = BTreeSet::new();
    for (_, text) in repository.with_ending(".up.sql") {
        for line in text.lines() {
            let name =
                |prefix| line.strip_prefix(prefix).and_then(|rest: &str| rest.split([' ', ';']).next());
            there.extend(name("CREATE TABLE "));
            if let Some(gone) = name("DROP TABLE ") {
                there.remove(gone);
            }
        }
    }
    assert_eq!(listed, there, "the table under \"Data\" in {ARCHITECTURE} lists what migrations make");
}

#[test]
fn a_name_that_is_gone_is_told() {
    let repository = Repository::of(&[
        ("Cargo.toml", ""),
        ("idp/Cargo.toml", "[package]\nname = \"idp\"\nversion.workspace = true\n"),
        ("idp/src/flow/token.rs", "pub enum Verdict {\n    Kept,\n}\npub async fn redeem() {}\n"),
        ("idp/src/http/routes.rs", ".route(\"/token\", post(x))"),
    ]);
    for right in [
        "flow/token.rs",
        "token.rs::redeem",
        "idp::flow::redeem",
        "Verdict::Kept",
        "flow/",
        "POST /token",
        "idp",
    ] {
        assert_eq!(fault(&repository, right), None, "{right}");
    }
    for wrong in [
        "flow/tokens.rs",
        "token.rs::redeems",
        "idp::flow::gone",
        "Verdict::Lost",
        "flows/",
        "POST /tokens",
        "nobody",
        "oken.rs",
    ] {
        assert!(fault(&repository, wrong).is_some(), "{wrong}");
    }
}
