//! Parses the CSS selectors of this crate and of tests.

use scraper::Selector;

pub fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"))
}
