//! The provider's one way through, `http` → `flow` → `store`, as the architecture page has it.

use crate::repository::Repository;

/// Lines of the HTTP layer that use the store.
fn short_cuts(repository: &Repository) -> Vec<String> {
    let http = repository.with_ending(".rs").filter(|(path, _)| path.starts_with("idp/src/http/"));
    http.flat_map(|(path, text)| text.lines().map(move |line| (path, line)))
        .filter(|(_, line)| line.contains("store::") || line.contains(".store."))
        .map(|(path, line)| format!("{path}: {}", line.trim()))
        .collect()
}

#[test]
fn the_http_layer_never_touches_the_store() {
    let found = short_cuts(&Repository::here());
    assert!(found.is_empty(), "a use case below idp/src/flow should do this:\n{}", found.join("\n"));
}

#[test]
fn a_short_cut_to_the_store_is_found() {
    let repository = Repository::of(&[
        ("idp/src/http/a.rs", "use crate::store::users;\nlet facts = &realm.store.facts;\n\"no-store\""),
        ("idp/src/flow/b.rs", "use crate::store::users;"),
    ]);
    assert_eq!(short_cuts(&repository).len(), 2);
}
