//! Parses TOML text into the tree, each value with its line.

use std::{ops::Range, sync::Arc};

use toml_edit::{Item as TomlItem, TableLike, Value};

use super::{
    mistake::{Mistake, Mistakes},
    tree::{Item, Layer, Node, Origin, Scalar, Table},
};

pub(super) fn parse(name: &Arc<str>, text: &str) -> Result<Table, Mistakes> {
    let lines =
        Lines { file: Arc::clone(name), starts: text.match_indices('\n').map(|(at, _)| at + 1).collect() };
    // The error's own display quotes the line, which may contain a secret: only its message is used.
    let document = toml_edit::Document::parse(text).map_err(|error| {
        let message = format!("not valid TOML: {}", error.message());
        Mistakes::new(vec![Mistake::at(&lines.origin(error.span()), "", message)])
    })?;
    Ok(table(document.as_table(), &lines))
}

struct Lines {
    file: Arc<str>,
    starts: Vec<usize>,
}

impl Lines {
    fn origin(&self, span: Option<Range<usize>>) -> Origin {
        let line = span.map(|span| self.starts.partition_point(|start| *start <= span.start) + 1);
        Origin { layer: Layer::File, file: Arc::clone(&self.file), line, variable: None }
    }
}

fn table(source: &dyn TableLike, lines: &Lines) -> Table {
    source
        .iter()
        .filter_map(|(key, value)| {
            let span = source.key(key).and_then(toml_edit::Key::span).or_else(|| value.span());
            Some((key.to_owned(), Item { node: node(value, lines)?, origin: lines.origin(span) }))
        })
        .collect()
}

fn node(item: &TomlItem, lines: &Lines) -> Option<Node> {
    Some(match item {
        TomlItem::None => return None,
        TomlItem::Table(inner) => Node::Table(table(inner, lines)),
        TomlItem::ArrayOfTables(members) => {
            Node::Tables(members.iter().map(|member| member_of(member, member.span(), lines)).collect())
        }
        TomlItem::Value(Value::InlineTable(inner)) => Node::Table(table(inner, lines)),
        TomlItem::Value(Value::Array(array)) => {
            let tables: Option<Vec<_>> = array.iter().map(|v| v.as_inline_table()).collect();
            match tables {
                Some(tables) if !tables.is_empty() => Node::Tables(
                    tables.into_iter().map(|member| member_of(member, member.span(), lines)).collect(),
                ),
                _ => Node::List(array.iter().map(scalar).collect()),
            }
        }
        TomlItem::Value(value) => Node::Scalar(scalar(value)),
    })
}

fn member_of(source: &dyn TableLike, span: Option<Range<usize>>, lines: &Lines) -> Item {
    Item { node: Node::Table(table(source, lines)), origin: lines.origin(span) }
}

fn scalar(value: &Value) -> Scalar {
    match value {
        Value::String(text) => Scalar::Text(text.value().clone()),
        Value::Integer(number) => Scalar::Integer(*number.value()),
        Value::Boolean(flag) => Scalar::Flag(*flag.value()),
        Value::Float(_) => Scalar::Other("a decimal number"),
        Value::Datetime(_) => Scalar::Other("a date"),
        Value::Array(_) => Scalar::Other("a list"),
        Value::InlineTable(_) => Scalar::Other("a table"),
    }
}
