//! `docs/requirements.md` has each requirement that names of tests and comments point to, and each is held by a test.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    ids::{self, Mention},
    markdown,
    repository::Repository,
};

const PAGE: &str = "docs/requirements.md";
/// What the line of a requirement says that no test can hold.
const NO_TEST: &str = "No test:";

/// The page.
#[derive(Default)]
struct Requirements {
    /// The kinds, and whether their ids have a hyphen.
    kinds: BTreeMap<String, bool>,
    /// In their order.
    entries: Vec<Entry>,
    /// Beginnings of names that are no ids, such as `utf8_`.
    none: BTreeSet<String>,
}

struct Entry {
    id: (String, u32),
    asks: String,
    /// The kind whose table it stands in.
    table: String,
    paths: Vec<String>,
}

impl Requirements {
    fn read(text: &str) -> Self {
        let page = markdown::Page::read(text);
        let mut read = Self::default();
        for row in &page.rows {
            let Some((kind, _)) = page.heading(row.heading).split_once(": ") else { continue };
            let [id, asks, decided] = row.cells.as_slice() else { continue };
            let hyphen = id.text.contains('-');
            read.kinds.entry(kind.to_owned()).or_insert(hyphen);
            let (letters, number) =
                id.text.split_at(id.text.find(|char: char| !char.is_ascii_uppercase()).unwrap_or(0));
            read.entries.push(Entry {
                id: (letters.to_owned(), number.trim_start_matches('-').parse().unwrap_or(0)),
                asks: asks.text.clone(),
                table: kind.to_owned(),
                paths: decided.code.clone(),
            });
        }
        let none = text.lines().find(|line| line.contains("These are none:")).unwrap_or_default();
        read.none =
            none.split('`').filter(|span| span.ends_with('_') && *span != "_").map(str::to_owned).collect();
        read
    }

    fn spelling(&self, kind: &str, number: u32) -> String {
        let hyphen = if self.kinds.get(kind) == Some(&true) { "-" } else { "" };
        format!("{kind}{hyphen}{number}")
    }

    fn has(&self, mention: &Mention) -> bool {
        self.entries.iter().any(|entry| entry.id == (mention.kind.clone(), mention.number))
    }
}

/// What is wrong with the page, or with the ids of a repository.
fn faults(repository: &Repository) -> Vec<String> {
    let requirements = Requirements::read(repository.text(PAGE).unwrap_or_default());
    let (named, said) = (ids::in_names_of_tests(repository), ids::in_text(repository, PAGE));
    let of_names = named.iter().filter_map(|test| of_name(&requirements, test));
    let of_text = said.iter().filter_map(|mention| of_mention(&requirements, mention));
    let held: BTreeSet<_> = named.iter().map(|test| (test.kind.clone(), test.number)).collect();
    let of_page =
        requirements.entries.iter().flat_map(|entry| of_entry(repository, &requirements, entry, &held));
    let mut faults: Vec<String> =
        of_names.chain(of_text).chain(of_page).chain(of_order(&requirements)).collect();
    faults.sort();
    faults.dedup();
    faults
}

fn of_name(requirements: &Requirements, test: &Mention) -> Option<String> {
    let prefix = format!("{}{}_", test.kind.to_lowercase(), test.number);
    if requirements.has(test) || requirements.none.contains(&prefix) {
        return None;
    }
    let id = requirements.spelling(&test.kind, test.number);
    Some(if requirements.kinds.contains_key(&test.kind) {
        format!("{}: {id} has no line in {PAGE}. Add one to the table of {}.", test.place, test.kind)
    } else {
        format!(
            "{}: {PAGE} has no kind {}. Add a heading with a table, or `{prefix}` to the names that are no ids.",
            test.place, test.kind
        )
    })
}

fn of_mention(requirements: &Requirements, mention: &Mention) -> Option<String> {
    let hyphen = *requirements.kinds.get(&mention.kind)?;
    let id = requirements.spelling(&mention.kind, mention.number);
    if !requirements.has(mention) {
        return Some(format!(
            "{}: {id} has no line in {PAGE}. Add one to the table of {}.",
            mention.place, mention.kind
        ));
    }
    (mention.hyphen != hyphen).then(|| format!("{}: {id} is written in another way.", mention.place))
}

fn of_entry(
    repository: &Repository,
    requirements: &Requirements,
    entry: &Entry,
    held: &BTreeSet<(String, u32)>,
) -> Vec<String> {
    let id = requirements.spelling(&entry.id.0, entry.id.1);
    let mut faults = Vec::new();
    let is_held = held.contains(&entry.id);
    if !is_held && !entry.asks.contains(NO_TEST) {
        let name = id.to_lowercase().replace('-', "");
        faults.push(format!(
            "{PAGE}: no test is named `{name}_…`. Name one so, or write \"{NO_TEST}\" and why to {id}."
        ));
    }
    if is_held && entry.asks.contains(NO_TEST) {
        faults.push(format!("{PAGE}: there is a test for {id}, although its line says that there is none."));
    }
    if entry.paths.is_empty() {
        faults.push(format!("{PAGE}: {id} has no file that decides it."));
    }
    if entry.table != entry.id.0 || entry.id.1 == 0 {
        faults.push(format!("{PAGE}: {id} stands in the table of {}.", entry.table));
    }
    let missing = entry.paths.iter().filter(|path| !repository.has(path));
    faults.extend(missing.map(|path| format!("{PAGE}: {id} is decided in {path}, which isn't there.")));
    faults
}

/// Each table goes up, and no id stands in it twice.
fn of_order(requirements: &Requirements) -> Vec<String> {
    let pairs = requirements.entries.windows(2).filter_map(|pair| {
        let [one, next] = pair else { return None };
        (one.table == next.table && one.id.1 >= next.id.1).then(|| {
            let id = requirements.spelling(&next.id.0, next.id.1);
            format!("{PAGE}: {id} stands behind a higher number, or twice.")
        })
    });
    pairs.collect()
}

#[test]
fn every_id_has_a_line_and_every_line_a_test_and_a_file() {
    let repository = Repository::here();
    let faults = faults(&repository);
    assert!(faults.is_empty(), "requirements:\n{}", faults.join("\n"));
    assert!(
        Requirements::read(repository.text(PAGE).unwrap()).entries.len() > 250,
        "{PAGE} could not be read"
    );
}

#[test]
fn whatever_is_wrong_with_an_id_is_told() {
    let page = "\
        These are none: `utf8_`.\n\n### S: people\n\n| id | asks | in |\n|---|---|---|\n\
        | S2 | Held. | `a.rs` |\n| S1 | Below. | `a.rs` |\n| S4 | Not held. | `gone.rs` |\n| S5 | No test: by hand. | `a.rs` |\n\n\
        ### TOK: tokens\n\n| id | asks | in |\n|---|---|---|\n| TOK-1 | Held. No test: wrong. | `a.rs` |\n| S6 | Elsewhere. | |\n";
    let tests = ["s1_a", "s2_b", "tok1_c", "s3_d", "x1_e", "utf8_f", "s6_g"];
    let tests = tests.map(|name| format!("#[test]\nfn {name}() {{}}\n")).concat();
    let source = format!("// S2, TOK1, S7 and S-1\n{tests}");
    let faults = faults(&Repository::of(&[(PAGE, page), ("a.rs", &source)]));
    let expected = [
        "a.rs, test s3_d: S3 has no line",
        "a.rs, test x1_e: docs/requirements.md has no kind X",
        "a.rs: S1 is written in another way",
        "a.rs: S7 has no line",
        "a.rs: TOK-1 is written in another way",
        "S1 stands behind a higher number",
        "S4 is decided in gone.rs",
        "S6 has no file that decides it",
        "S6 stands in the table of TOK",
        "no test is named `s4_",
        "there is a test for TOK-1",
    ];
    assert_eq!(faults.len(), expected.len(), "{faults:#?}");
    for reported in expected {
        assert!(faults.iter().any(|fault| fault.contains(reported)), "{reported}: {faults:#?}");
    }
}
