//! Finds keys that the program doesn't read, and suggests the intended ones.

use std::collections::BTreeSet;

use super::{
    document::Document,
    environment::variable,
    mistake::Mistake,
    nearest::nearest,
    tree::{Item, Layer, Node, Origin, Table},
};

pub(super) fn mistakes(document: &Document, known: &BTreeSet<String>) -> Vec<Mistake> {
    let mut search = Search { document, known, found: Vec::new() };
    search.table("", &document.root);
    search.slips();
    search.found
}

struct Search<'s> {
    document: &'s Document,
    known: &'s BTreeSet<String>,
    found: Vec<Mistake>,
}

impl Search<'_> {
    fn table(&mut self, path: &str, table: &Table) {
        for (key, item) in table {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            self.item(&path, item);
        }
    }

    /// Reports an unknown table by its values, because those are what the operator expects to take effect.
    fn item(&mut self, path: &str, item: &Item) {
        match &item.node {
            Node::Table(table) if !table.is_empty() => self.table(path, table),
            Node::Tables(members) if self.known.contains(path) => {
                for (index, member) in members.iter().enumerate() {
                    self.item(&format!("{path}[{index}]"), member);
                }
            }
            _ if self.known.contains(path) => {}
            _ => self.unknown(path, &item.origin),
        }
    }

    fn unknown(&mut self, path: &str, origin: &Origin) {
        let nearest = nearest(path, self.known.iter().map(String::as_str));
        let suggestion = match (&self.document.prefix, origin.layer) {
            (Some(prefix), Layer::Environment) => nearest.map(|path| variable(prefix, path)),
            _ => nearest.map(str::to_owned),
        };
        self.found.push(Mistake { suggestion, ..Mistake::at(origin, path, "unknown key") });
    }

    /// Finds `PREFIX_SECTION_KEY` where `PREFIX__SECTION__KEY` was meant: it would be ignored silently.
    fn slips(&mut self) {
        let Some(prefix) = &self.document.prefix else { return };
        for name in &self.document.single_underscore {
            let meant = self.known.iter().map(|path| variable(prefix, path));
            let Some(meant) = meant.into_iter().find(|meant| meant.replace("__", "_") == *name) else {
                continue;
            };
            let origin = Origin {
                layer: Layer::Environment,
                file: self.document.name.clone(),
                line: None,
                variable: Some(name.clone()),
            };
            let mistake = Mistake::at(&origin, "", "unknown variable");
            self.found.push(Mistake { suggestion: Some(meant), ..mistake });
        }
    }
}
