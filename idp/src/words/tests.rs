//! Rules for the catalogue: nothing is missing, and nothing is there that no code names (S30).

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use super::*;

/// The messages of a language with the variables of each.
fn messages(texts: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in texts.iter().flat_map(|text| text.lines()).filter(|line| !line.starts_with('#')) {
        if let Some((id, _)) =
            line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
        {
            id.clone_into(&mut current);
            assert!(messages.insert(current.clone(), BTreeSet::new()).is_none(), "{id} is there twice");
        }
        let names = line.split("{ $").skip(1).map(|rest| rest.split([' ', '}']).next().unwrap().to_owned());
        messages.entry(current.clone()).or_default().extend(names);
    }
    messages.remove("");
    messages
}

fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, text);
        } else {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn s30_no_file_of_the_catalogue_has_a_mistake() {
    assert_eq!(Catalogue::read(&FILES).1, Vec::<String>::new());
}

#[test]
fn s30_every_language_has_every_message_with_its_variables() {
    let english = messages(FILES[0].1);
    assert!(english.len() > 400, "{}", english.len());
    for (language, texts) in FILES {
        let own = messages(texts);
        for (id, variables) in &english {
            assert_eq!(own.get(id), Some(variables), "{language:?}: {id}");
        }
        let unknown: Vec<_> = own.keys().filter(|id| !english.contains_key(*id)).collect();
        assert_eq!(unknown, Vec::<&String>::new(), "{language:?}");
    }
    assert_eq!(FILES.map(|(language, _)| language), Language::ALL);
}

#[test]
fn s30_every_message_is_named_by_code_or_a_template() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    for folder in ["src", "templates"] {
        sources(&root.join(folder), &mut text);
    }
    // the one message that the crate of languages names itself
    let unused: Vec<_> = messages(FILES[0].1)
        .into_keys()
        .filter(|id| id != "date-time" && !text.contains(&format!("\"{id}\"")))
        .collect();
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn s29_a_letter_is_in_the_language_of_its_reader() {
    let offered = [Language::German, Language::French];
    for (locale, request, language) in [
        (Some("fr-CA"), Some(Language::German), Language::French),
        (Some("es"), Some(Language::French), Language::French),
        (None, Some(Language::French), Language::French),
        (Some("es"), None, Language::German),
        (None, None, Language::German),
    ] {
        assert_eq!(of_account(&offered, locale, request), language, "{locale:?} {request:?}");
    }
}
