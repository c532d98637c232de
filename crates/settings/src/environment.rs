//! The environment as a layer of the configuration.

use std::{
    ffi::{OsStr, OsString},
    sync::Arc,
};

use super::{
    document::Document,
    mistake::{Mistake, Mistakes},
    nearest::nearest,
    tree::{Item, Layer, Node, Origin, Scalar, insert},
};

const SEPARATOR: &str = "__";

impl Document {
    /// Lays the environment over this document: `PREFIX__SECTION__KEY=value` sets `section.key`, and
    /// `PREFIX__CLIENTS__0__NAME` the `name` of the first member of `[[clients]]`. Lists are separated by commas. Pass
    /// `std::env::vars_os()`.
    #[must_use]
    pub fn with_environment(
        mut self,
        prefix: &str,
        variables: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Self {
        for (name, value) in variables {
            apply(&mut self, prefix, &name, value);
        }
        self.prefix = Some(prefix.to_owned());
        self
    }
}

/// Applies one variable, if its name begins with the prefix.
fn apply(document: &mut Document, prefix: &str, name: &OsStr, value: OsString) {
    let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(prefix)) else { return };
    let name = format!("{prefix}{rest}");
    let Some(path) = rest.strip_prefix(SEPARATOR) else {
        if rest.starts_with('_') && !rest.contains(SEPARATOR) {
            document.single_underscore.push(name);
        }
        return;
    };
    let segments: Vec<&str> = path.split(SEPARATOR).collect();
    let key = segments.join(".").to_lowercase();
    let origin = Origin {
        layer: Layer::Environment,
        file: Arc::from("environment"),
        line: None,
        variable: Some(name),
    };
    let outcome = value.into_string().map_err(|_| "is not valid UTF-8").and_then(|value| {
        let item = Item { node: Node::Scalar(Scalar::Raw(value)), origin: origin.clone() };
        insert(&mut document.root, &segments, item)
    });
    if let Err(message) = outcome {
        document.mistakes.push(Mistake::at(&origin, &key, message));
    }
}

/// Mistakes for variables that begin with `family` but have none of the `known` prefixes: mistyped names that would be
/// ignored silently. Only names of the form `FAMILY_NAME__KEY` are reported.
pub fn strangers<'v>(family: &str, known: &[String], names: impl IntoIterator<Item = &'v OsStr>) -> Mistakes {
    let belongs = |name: &str| {
        known.iter().any(|prefix| name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(SEPARATOR)))
    };
    let message = format!("belongs to none of {}", known.join(", "));
    let stranger = |name: &str| {
        let (own, key) = name.strip_prefix(family)?.split_once(SEPARATOR)?;
        let meant = nearest(own, known.iter().filter_map(|prefix| prefix.strip_prefix(family)));
        let suggestion = meant.map(|meant| format!("{family}{meant}{SEPARATOR}{key}"));
        Some(Mistake { suggestion, ..Mistake::in_variable(name, message.as_str()) })
    };
    names.into_iter().filter_map(OsStr::to_str).filter(|name| !belongs(name)).filter_map(stranger).collect()
}

/// The name of the variable that sets the value at a dotted path, such as `clients[0].name`.
pub(super) fn variable(prefix: &str, path: &str) -> String {
    let path = path.replace("].", ".").replace(']', "").replace(['.', '['], SEPARATOR).replace('-', "_");
    format!("{prefix}{SEPARATOR}{}", path.to_uppercase())
}
