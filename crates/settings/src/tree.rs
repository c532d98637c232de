//! The merged configuration: values with the place where they were written.

use std::{collections::BTreeMap, fmt, sync::Arc};

pub(super) type Table = BTreeMap<String, Item>;

#[derive(Debug, Clone)]
pub(super) struct Item {
    pub node: Node,
    pub origin: Origin,
}

#[derive(Debug, Clone)]
pub(super) enum Node {
    Scalar(Scalar),
    List(Vec<Scalar>),
    Table(Table),
    Tables(Vec<Item>),
}

#[derive(Clone)]
pub(super) enum Scalar {
    Text(String),
    Integer(i64),
    Flag(bool),
    /// Text from the environment or the program, which each getter parses as its own type.
    Raw(String),
    /// A type that no getter reads, by name.
    Other(&'static str),
}

/// Shows only the type: the value may be a secret.
impl fmt::Debug for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())
    }
}

impl Scalar {
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) | Self::Raw(_) => "text",
            Self::Integer(_) => "an integer",
            Self::Flag(_) => "true or false",
            Self::Other(kind) => kind,
        }
    }
}

impl Node {
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Scalar(scalar) => scalar.kind(),
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Tables(_) => "an array of tables",
        }
    }
}

/// Origin of a value, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Layer {
    File,
    Preset,
    Environment,
    Program,
}

#[derive(Debug, Clone)]
pub(super) struct Origin {
    pub layer: Layer,
    pub file: Arc<str>,
    /// Counted from 1.
    pub line: Option<usize>,
    /// The environment variable that set the value, if one did.
    pub variable: Option<String>,
}

/// Merges `upper` into `lower`: tables are merged, other values replaced.
pub(super) fn overlay(lower: &mut Table, upper: Table) {
    for (key, item) in upper {
        match (lower.get_mut(&key), item.node) {
            (Some(Item { node: Node::Table(below), origin }), Node::Table(above)) => {
                *origin = item.origin;
                overlay(below, above);
            }
            (_, node) => {
                lower.insert(key, Item { node, origin: item.origin });
            }
        }
    }
}

/// Sets one value at a path. Segments match existing keys without regard to case, and `_` matches `-`. A number selects
/// a member of an array of tables.
pub(super) fn insert(table: &mut Table, path: &[&str], item: Item) -> Result<(), &'static str> {
    let Some((segment, rest)) = path.split_first().filter(|(segment, _)| !segment.is_empty()) else {
        return Err("names no key");
    };
    let wanted = folded(segment);
    let key = table.keys().find(|key| folded(key) == wanted).cloned().unwrap_or(wanted);
    if rest.is_empty() {
        if matches!(table.get(&key), Some(Item { node: Node::Table(_) | Node::Tables(_), .. })) {
            return Err("is a table, not a value");
        }
        table.insert(key, item);
        return Ok(());
    }
    let origin = item.origin.clone();
    match &mut table.entry(key).or_insert_with(|| Item { node: Node::Table(Table::new()), origin }).node {
        Node::Table(below) => insert(below, rest, item),
        Node::Tables(members) => insert_into_member(members, rest, item),
        Node::Scalar(_) | Node::List(_) => Err("goes through a value that is no table"),
    }
}

/// The item at a dotted path of tables.
pub(super) fn find<'t>(table: &'t Table, path: &str) -> Option<&'t Item> {
    let Some((first, rest)) = path.split_once('.') else { return table.get(path) };
    match &table.get(first)?.node {
        Node::Table(below) => find(below, rest),
        _ => None,
    }
}

fn insert_into_member(members: &mut [Item], path: &[&str], item: Item) -> Result<(), &'static str> {
    let (index, rest) = path.split_first().ok_or("names no key")?;
    let member = index.parse().ok().and_then(|index: usize| members.get_mut(index));
    match member.map(|member| &mut member.node) {
        Some(Node::Table(below)) => insert(below, rest, item),
        _ => Err("names no member of this array of tables"),
    }
}

fn folded(key: &str) -> String {
    key.to_lowercase().replace('-', "_")
}
