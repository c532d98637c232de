//! No import circle between sibling files or folders: who reads a folder can begin at its bottom. A `mod.rs` and its own
//! children may know each other.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Attribute, Item, ItemMod, Path, UseTree, visit::Visit};

use crate::repository::Repository;

/// The path of a module, from the crate's root.
type Module = Vec<String>;

/// For one folder: which child uses which other one.
type Uses = BTreeMap<String, BTreeSet<String>>;

/// What a file names that begins at the crate, or above or at itself.
struct Paths {
    module: Module,
    found: Vec<Module>,
}

impl Paths {
    fn note(&mut self, segments: &[String]) {
        let mut base = match segments.first().map(String::as_str) {
            Some("crate") => Module::new(),
            Some("super" | "self") => self.module.clone(),
            _ => return,
        };
        for segment in segments {
            match segment.as_str() {
                "crate" | "self" => {}
                "super" => drop(base.pop()),
                name => base.push(name.to_owned()),
            }
        }
        self.found.push(base);
    }

    fn note_tree(&mut self, before: &[String], tree: &UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.note_tree(&with(&path.ident), &path.tree),
            UseTree::Name(name) => self.note(&with(&name.ident)),
            UseTree::Rename(name) => self.note(&with(&name.ident)),
            UseTree::Glob(_) => self.note(before),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.note_tree(before, tree)),
        }
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.note_tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.note(&segments);
        syn::visit::visit_path(self, path);
    }

    /// Tests may use what they like.
    fn visit_item(&mut self, item: &'ast Item) {
        if !matches!(item, Item::Mod(ItemMod { attrs, .. }) if attrs.iter().any(is_cfg_test)) {
            syn::visit::visit_item(self, item);
        }
    }
}

fn is_cfg_test(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg") && attribute.parse_args::<Path>().is_ok_and(|path| path.is_ident("test"))
}

/// The module of each source file of a package. A program beside a library is a user of that like any other.
fn modules<'r>(repository: &'r Repository, folder: &str) -> BTreeMap<Module, &'r str> {
    let source = format!("{folder}/src/");
    let files =
        repository.with_ending(".rs").filter_map(|(path, text)| Some((path.strip_prefix(&source)?, text)));
    let files: BTreeMap<&str, &str> = files.collect();
    let beside_a_library = |path: &str| path == "main.rs" && files.contains_key("lib.rs");
    let kept = files.iter().filter(|(path, _)| !beside_a_library(path));
    kept.map(|(path, text)| (module_of(path), *text)).collect()
}

fn module_of(path: &str) -> Module {
    let mut parts: Module = path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        parts.pop();
    }
    parts
}

/// Who uses whom among the children of each folder.
fn uses(modules: &BTreeMap<Module, &str>) -> BTreeMap<Module, Uses> {
    let mut all: BTreeMap<Module, Uses> = BTreeMap::new();
    for (module, text) in modules {
        let mut paths = Paths { module: module.clone(), found: Vec::new() };
        paths.visit_file(&syn::parse_file(text).unwrap());
        for named in paths.found {
            let used = (0..=named.len())
                .rev()
                .map(|length| &named[..length])
                .find(|part| modules.contains_key(*part));
            let used = used.unwrap_or_default();
            let common = module.iter().zip(used).take_while(|(one, other)| one == other).count();
            if let (Some(user), Some(used)) = (module.get(common), used.get(common)) {
                let siblings = all.entry(module[..common].to_vec()).or_default();
                siblings.entry(user.clone()).or_default().insert(used.clone());
            }
        }
    }
    all
}

/// The children that use themselves through others.
fn in_circles(uses: &Uses) -> BTreeSet<&str> {
    let reaches_itself = |start: &str| {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&str> = uses[start].iter().map(String::as_str).collect();
        while let Some(child) = next.pop() {
            if seen.insert(child) {
                next.extend(uses.get(child).into_iter().flatten().map(String::as_str));
            }
        }
        seen.contains(start)
    };
    uses.keys().map(String::as_str).filter(|child| reaches_itself(child)).collect()
}

fn circles(repository: &Repository) -> Vec<String> {
    let mut found = Vec::new();
    for (name, folder) in repository.packages() {
        for (folder, uses) in uses(&modules(repository, folder)) {
            let children = in_circles(&uses);
            if !children.is_empty() {
                found.push(format!(
                    "{name}: in {}: {children:?}",
                    ["crate".to_owned(), folder.join("::")].join("::")
                ));
            }
        }
    }
    found
}

#[test]
fn no_file_or_folder_uses_a_sibling_that_uses_it() {
    let found = circles(&Repository::here());
    assert!(found.is_empty(), "move what both need below both:\n{}", found.join("\n"));
}

#[test]
fn a_circle_is_found_across_folders_and_a_folder_may_use_what_lies_in_it() {
    let package = "[package]\nname = \"p\"\nversion.workspace = true";
    let repository = Repository::of(&[
        ("p/Cargo.toml", package),
        ("p/src/lib.rs", "mod a; mod b; mod c;"),
        ("p/src/a/mod.rs", "mod x; use x::Y; pub struct Z;"),
        ("p/src/a/x.rs", "use super::Z; pub struct Y; fn f() { crate::c::g(); }"),
        ("p/src/b.rs", "pub use crate::{a::{Y as W}};"),
        ("p/src/c.rs", "use crate::b; pub fn g() {} #[cfg(test)] mod tests { use crate::a; }"),
    ]);
    assert_eq!(circles(&repository), ["p: in crate::: {\"a\", \"b\", \"c\"}"]);
    let straight = Repository::of(&[
        ("p/Cargo.toml", package),
        ("p/src/lib.rs", "mod a; mod b;"),
        ("p/src/a.rs", "use crate::b::B;"),
        ("p/src/b.rs", "pub struct B; #[cfg(test)] mod tests { use crate::a; }"),
    ]);
    assert!(circles(&straight).is_empty());
}
