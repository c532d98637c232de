//! The core of the reader: scopes, the shared list of mistakes, and the keys that were read.

use std::{cell::RefCell, collections::BTreeSet, rc::Rc, sync::Arc};

use super::{
    document::Document,
    environment::variable,
    mistake::{Mistake, Mistakes},
    tree::{Item, Layer, Node, Origin, Table},
    unknown,
};

/// Reads one table of a [`Document`]. When something is wrong, a getter notes a mistake and returns a neutral value, so
/// that a whole configuration is checked in one pass. Use no value before [`Reader::finish`] has returned `Ok`.
///
/// Getters named `opt_…` allow a missing key; the others require it (the embedded default has most keys).
#[derive(Debug, Clone)]
pub struct Reader<'d> {
    document: &'d Document,
    /// `None` for a missing table; required keys are then reported as missing.
    table: Option<&'d Table>,
    origin: Option<&'d Origin>,
    path: String,
    state: Rc<RefCell<State>>,
}

#[derive(Debug, Default)]
pub(super) struct State {
    /// Paths of the keys that the program reads.
    pub known: BTreeSet<String>,
    pub mistakes: Vec<Mistake>,
    pub warnings: Vec<Mistake>,
}

/// What is wrong with a single value.
pub(super) struct BadValue {
    pub message: String,
    pub suggestion: Option<String>,
}

impl<S: Into<String>> From<S> for BadValue {
    fn from(message: S) -> Self {
        Self { message: message.into(), suggestion: None }
    }
}

impl<'d> Reader<'d> {
    /// A reader of the document's root table.
    pub fn new(document: &'d Document) -> Self {
        let state = State { mistakes: document.mistakes.clone(), ..State::default() };
        let state = Rc::new(RefCell::new(state));
        Self { document, table: Some(&document.root), origin: None, path: String::new(), state }
    }

    /// Whether the key is present. Doesn't count as reading it.
    pub fn has(&self, key: &str) -> bool {
        self.table.is_some_and(|table| table.contains_key(key))
    }

    /// Notes a mistake about a key of this table, at the line of that key. Only the first mistake of a key is kept:
    /// later ones are often its consequences.
    pub fn mistake(&self, key: &str, message: impl Into<String>) {
        self.reject(key, message.into().into());
    }

    /// Notes a warning about a key whose value works but isn't advisable. Warnings never stop a program.
    pub fn warning(&self, key: &str, message: impl Into<String>) {
        let warning = Mistake::at(&self.origin_of(key), &self.full(key), message);
        self.state.borrow_mut().warnings.push(warning);
    }

    /// All warnings of the whole document so far.
    pub fn warnings(&self) -> Mistakes {
        Mistakes::new(self.state.borrow().warnings.clone())
    }

    /// The sub-table `[key]`, empty when it is missing.
    #[must_use]
    pub fn table(&self, key: &str) -> Self {
        match self.take(key) {
            Some(item) => self.inside(self.full(key), item),
            None => Self { table: None, path: self.full(key), ..self.clone() },
        }
    }

    /// The sub-table `[key]`, if it is present.
    pub fn opt_table(&self, key: &str) -> Option<Self> {
        self.take(key).map(|item| self.inside(self.full(key), item))
    }

    /// The members of `[[key]]`; none when it is missing.
    pub fn tables(&self, key: &str) -> Vec<Self> {
        match self.take(key).map(|item| &item.node) {
            Some(Node::Tables(members)) => {
                let numbered = members.iter().enumerate();
                numbered
                    .map(|(index, item)| self.inside(format!("{}[{index}]", self.full(key)), item))
                    .collect()
            }
            Some(Node::List(values)) if values.is_empty() => Vec::new(),
            Some(other) => {
                self.mistake(key, format!("must be an array of tables, not {}", other.kind()));
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// The tables below `key` with their names, such as `[roles.manager]`, in the order of their names.
    pub fn keyed_tables(&self, key: &str) -> Vec<(String, Self)> {
        let outer = self.table(key);
        let names: Vec<&String> = outer.table.into_iter().flat_map(Table::keys).collect();
        names.into_iter().map(|name| (name.clone(), outer.table(name))).collect()
    }

    /// Ends the reading of the whole document.
    ///
    /// # Errors
    /// All mistakes, including one for each key that wasn't read.
    pub fn finish(self) -> Result<(), Mistakes> {
        let mut state = self.state.borrow_mut();
        let unknown = unknown::mistakes(self.document, &state.known);
        state.mistakes.extend(unknown);
        Mistakes::new(std::mem::take(&mut state.mistakes)).into_result()
    }

    fn inside(&self, path: String, item: &'d Item) -> Self {
        let table = if let Node::Table(table) = &item.node {
            Some(table)
        } else {
            self.note(Mistake::at(&item.origin, &path, format!("must be a table, not {}", item.node.kind())));
            None
        };
        Self {
            document: self.document,
            table,
            origin: Some(&item.origin),
            path,
            state: Rc::clone(&self.state),
        }
    }

    pub(super) fn full(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// The item at a key; marks the key as known.
    pub(super) fn take(&self, key: &str) -> Option<&'d Item> {
        self.state.borrow_mut().known.insert(self.full(key));
        self.table?.get(key)
    }

    pub(super) fn reject(&self, key: &str, value: BadValue) {
        let mistake = Mistake::at(&self.origin_of(key), &self.full(key), value.message);
        self.note(Mistake { suggestion: value.suggestion, ..mistake });
    }

    pub(super) fn missing(&self, key: &str, how: &str) {
        let name = self.variable(key).map(|name| format!("{how} or as environment variable {name}"));
        let message = format!("missing; give it {}", name.as_deref().unwrap_or(how));
        self.note(Mistake::at(&self.place_of_table(), &self.full(key), message));
    }

    pub(super) fn variable(&self, key: &str) -> Option<String> {
        self.document.prefix.as_deref().map(|prefix| variable(prefix, &self.full(key)))
    }

    /// Where a key is written, or would be written.
    fn origin_of(&self, key: &str) -> Origin {
        let here = self.table.and_then(|table| table.get(key)).map(|item| item.origin.clone());
        here.unwrap_or_else(|| self.place_of_table())
    }

    /// Where a missing key would be written: in the operator's file, at the table's line if it has one.
    fn place_of_table(&self) -> Origin {
        let written = self.origin.filter(|origin| origin.layer == Layer::File).cloned();
        written.unwrap_or_else(|| Origin {
            layer: Layer::File,
            file: Arc::clone(&self.document.name),
            line: None,
            variable: None,
        })
    }

    fn note(&self, mistake: Mistake) {
        let mistakes = &mut self.state.borrow_mut().mistakes;
        if !mistakes.iter().any(|earlier| earlier.key == mistake.key) {
            mistakes.push(mistake);
        }
    }
}
