//! The texts that people read, in their language. They are in `shop-api/languages`, one folder per language; those that
//! the console has too are in the crates below.

use std::sync::LazyLock;

use language::{Catalogue, Language, Localizer, Texts};

/// The texts of the storefront.
pub(crate) const TEXTS: Texts = language::texts!("../languages": "shop", "cart", "orders");

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| service::words::catalogue(&TEXTS));

/// What templates are rendered with.
pub fn localizer(language: Language) -> Localizer {
    CATALOGUE.localizer(language)
}
