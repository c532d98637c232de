//! The environment as a layer of the configuration.

use std::ffi::{OsStr, OsString};
use std::sync::Arc;

use super::document::Document;
use super::mistake::Mistake;
use super::tree::{Item, Layer, Node, Place, Scalar, insert};

const SEPARATOR: &str = "__";

/// Applies one variable, if its name begins with our prefix.
pub(super) fn apply(document: &mut Document, prefix: &str, name: &OsStr, value: OsString) {
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
    let place =
        Place { layer: Layer::Environment, file: Arc::from("environment"), line: None, variable: Some(name) };
    let outcome = value.into_string().map_err(|_| "is not valid UTF-8").and_then(|value| {
        let item = Item { node: Node::Scalar(Scalar::Raw(value)), place: place.clone() };
        insert(&mut document.root, &segments, item)
    });
    if let Err(message) = outcome {
        document.mistakes.push(Mistake::at(&place, &key, message));
    }
}

/// The variable that sets the value at a dotted path, such as `clients[0].name`.
pub(super) fn variable(prefix: &str, path: &str) -> String {
    let path = path.replace("].", ".").replace(']', "").replace(['.', '['], SEPARATOR).replace('-', "_");
    format!("{prefix}{SEPARATOR}{}", path.to_uppercase())
}
