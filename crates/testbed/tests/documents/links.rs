//! Links between documents lead somewhere.

use crate::{markdown::Page, repository::Repository};

/// What is wrong with the links of all pages.
fn dead_links(repository: &Repository) -> Vec<String> {
    let mut dead = Vec::new();
    for (path, text) in repository.with_ending(".md") {
        let page = Page::read(text);
        let wrong = page
            .links
            .iter()
            .filter_map(|link| Some(format!("{path}: {link}: {}", fault(repository, path, link)?)));
        dead.extend(wrong);
    }
    dead
}

/// What is wrong with a link of the page at `path`.
fn fault(repository: &Repository, path: &str, link: &str) -> Option<&'static str> {
    if link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    let (file, anchor) = link.split_once('#').map_or((link, None), |(file, anchor)| (file, Some(anchor)));
    let target = if file.is_empty() { Some(path.to_owned()) } else { joined(path, file) };
    let Some(target) = target.filter(|target| repository.has(target)) else {
        return Some("there is no such file or folder");
    };
    let anchor = anchor?;
    let page = Page::read(repository.text(&target)?);
    (!page.anchors().any(|known| known == anchor)).then_some("that page has no such heading")
}

/// The path that a link of a file means, from the root.
fn joined(from: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let dead = dead_links(&Repository::here());
    assert!(dead.is_empty(), "links that lead nowhere:\n{}", dead.join("\n"));
}

#[test]
fn a_link_to_a_missing_file_and_to_a_missing_heading_is_told() {
    let repository = Repository::of(&[
        (
            "README.md",
            "# Top\n[a](docs/b.md) [b](docs/b.md#there) [c](#top) [d](https://example.com/x) [e](docs)",
        ),
        ("docs/b.md", "# There\n[a](../README.md#gone) [b](missing.md) [c](../../outside.md) [d](#nowhere)"),
    ]);
    let dead = dead_links(&repository);
    assert_eq!(dead.len(), 4, "{dead:#?}");
    assert!(dead.iter().all(|reported| reported.starts_with("docs/b.md: ")), "{dead:#?}");
}
