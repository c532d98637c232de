//! Rules for the texts of a crate: nothing is missing, and nothing is there that no code names (S30).
#![expect(
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "for tests: a rule that is broken is a failed test"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use crate::{Catalogue, Language, Texts};

/// The messages of some files with the variables of each.
pub fn messages(files: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in files.iter().flat_map(|text| text.lines()).filter(|line| !line.starts_with('#')) {
        if let Some((id, _)) =
            line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
        {
            id.clone_into(&mut current);
            assert!(messages.insert(current.clone(), BTreeSet::new()).is_none(), "{id} is there twice");
        }
        let variables = line.split("{ $").skip(1).filter_map(|rest| rest.split([' ', '}']).next());
        messages.entry(current.clone()).or_default().extend(variables.map(str::to_owned));
    }
    messages.remove("");
    messages
}

/// Fails when a file has a mistake, or when a language lacks a message or one of its variables.
pub fn same_in_every_language(texts: &Texts) {
    assert_eq!(Catalogue::read(texts).1, Vec::<String>::new());
    same_messages(texts);
    assert_eq!(breaking_spaces(texts), Vec::<&str>::new());
}

/// Lines of the French texts that could break before a punctuation mark or inside quotation marks: French has a space
/// there, which must be U+00A0.
fn breaking_spaces(texts: &Texts) -> Vec<&'static str> {
    let french = texts.iter().filter(|(language, _)| *language == Language::French);
    let lines = french.flat_map(|(_, files)| files.iter()).flat_map(|text| text.lines());
    let breaks = |line: &str| ["« ", " »", " :", " ;", " ?", " !"].iter().any(|space| line.contains(space));
    lines.filter(|line| !line.starts_with('#') && breaks(line)).collect()
}

pub(crate) fn same_messages(texts: &Texts) {
    assert_eq!(texts.map(|(language, _)| language), Language::ALL);
    let all = texts.map(|(language, files)| (language, messages(files)));
    let [(_, english), ..] = &all;
    for (language, own) in &all {
        for (id, variables) in english {
            assert_eq!(own.get(id), Some(variables), "{language:?}: {id}");
        }
        let unknown: Vec<_> = own.keys().filter(|id| !english.contains_key(*id)).collect();
        assert_eq!(unknown, Vec::<&String>::new(), "{language:?}");
    }
}

/// The messages that neither code nor a template in one of these folders names.
pub fn unnamed(texts: &Texts, root: &str, folders: &[&str]) -> Vec<String> {
    let mut text = String::new();
    for folder in folders {
        sources(&Path::new(root).join(folder), &mut text);
    }
    let [(_, english), ..] = texts;
    messages(english).into_keys().filter(|id| !text.contains(&format!("\"{id}\""))).collect()
}

fn sources(folder: &Path, text: &mut String) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            sources(&path, text);
        } else {
            text.push_str(
                &fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
            );
        }
    }
}

/// Fails when two of these have a message of the same id.
pub fn fit_together(parts: &[&Texts]) {
    let mut known = BTreeSet::new();
    for id in parts.iter().flat_map(|[(_, english), ..]| messages(english).into_keys()) {
        assert!(known.insert(id.clone()), "{id} is there twice");
    }
}

/// What the templates in a folder say in words of their own, which are in one language only.
pub fn words_of_templates(root: &str, folder: &str) -> Vec<String> {
    let mut text = String::new();
    sources(&Path::new(root).join(folder), &mut text);
    for (open, close) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}")] {
        text = without(&text, open, close);
    }
    let mut said: Vec<String> = Vec::new();
    for tag in text.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        for name in ["aria-label", "title", "alt", "placeholder", "data-label"] {
            let value = tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
            said.extend(value.map(str::to_owned));
        }
    }
    said.extend(without(&text, "<", ">").lines().map(|line| line.trim().to_owned()));
    said.retain(|words| words.contains(char::is_alphabetic));
    said
}

fn without(text: &str, open: &str, close: &str) -> String {
    let mut parts = text.split(open);
    let mut rest: String = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        rest.push_str(part.split_once(close).map_or("", |(_, behind)| behind));
    }
    rest
}
