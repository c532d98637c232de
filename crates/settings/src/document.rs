//! A configuration made of layers.

use std::{path::Path, sync::Arc};

use super::{
    mistake::{Mistake, Mistakes},
    parse::parse,
    tree::{Item, Layer, Node, Origin, Scalar, Table, find, insert, overlay},
};

/// The merged values of all layers; each remembers where it was written.
#[derive(Debug, Clone)]
pub struct Document {
    pub(super) name: Arc<str>,
    pub(super) root: Table,
    /// Prefix of the environment variables, once that layer was applied.
    pub(super) prefix: Option<String>,
    /// Variables like `PREFIX_KEY`. They don't have the form of this program's variables, but may be mistyped (see
    /// `unknown`).
    pub(super) single_underscore: Vec<String>,
    pub(super) mistakes: Vec<Mistake>,
}

impl Document {
    /// Parses TOML; `name` is the text's name in messages, usually the file's.
    ///
    /// # Errors
    /// One mistake, with the line of the syntax error.
    pub fn parse(name: &str, text: &str) -> Result<Self, Mistakes> {
        let name: Arc<str> = Arc::from(name);
        let root = parse(&name, text)?;
        Ok(Self { name, root, prefix: None, single_underscore: Vec::new(), mistakes: Vec::new() })
    }

    /// Reads and parses a file.
    ///
    /// # Errors
    /// As [`Document::parse`]; also when the file can't be read.
    pub fn read(path: &Path) -> Result<Self, Mistakes> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| {
            let origin =
                Origin { layer: Layer::File, file: Arc::from(name.as_str()), line: None, variable: None };
            Mistakes::new(vec![Mistake::at(&origin, "", format!("can't be read: {error}"))])
        })?;
        Self::parse(&name, &text)
    }

    /// Puts another document over this one. Tables are merged; values, lists and arrays of tables are replaced.
    #[must_use]
    pub fn overlaid_by(mut self, upper: Self) -> Self {
        overlay(&mut self.root, upper.root);
        self.mistakes.extend(upper.mistakes);
        self.single_underscore.extend(upper.single_underscore);
        Self { name: upper.name, prefix: upper.prefix.or(self.prefix), ..self }
    }

    /// Sets the value at a dotted path from within the program, above all other layers. The text is parsed like a
    /// variable's: `set("listen.port", "0")` sets a number.
    pub fn set(&mut self, path: &str, value: impl Into<String>) {
        self.put(Layer::Program, path, value.into());
    }

    /// As [`Document::set`], but the environment overrides it. Call it before [`Document::with_environment`].
    pub fn preset(&mut self, path: &str, value: impl Into<String>) {
        self.put(Layer::Preset, path, value.into());
    }

    /// A mistake about the value at a dotted path, for checks that need more than one document. Its place is that of
    /// the value, or of the `_file` key of a secret. If neither is set, or only by a file below the operator's, the
    /// place is the operator's file as a whole.
    pub fn mistake(&self, path: &str, message: impl Into<String>) -> Mistake {
        let file = Origin { layer: Layer::File, file: Arc::clone(&self.name), line: None, variable: None };
        let written = find(&self.root, path).or_else(|| find(&self.root, &format!("{path}_file")));
        let origin = written.map(|item| &item.origin);
        let origin = origin.filter(|origin| origin.layer != Layer::File || origin.file == self.name);
        Mistake::at(origin.unwrap_or(&file), path, message)
    }

    fn put(&mut self, layer: Layer, path: &str, value: String) {
        let origin = Origin { layer, file: Arc::from("set by the program"), line: None, variable: None };
        let item = Item { node: Node::Scalar(Scalar::Raw(value)), origin: origin.clone() };
        let segments: Vec<&str> = path.split('.').collect();
        if let Err(message) = insert(&mut self.root, &segments, item) {
            self.mistakes.push(Mistake::at(&origin, path, message));
        }
    }
}
