//! The languages of pages.

use language::Language;

use super::reader::Reader;

impl Reader<'_> {
    /// The languages of pages, each once, the one for people who want none of them first. A mistake names them all.
    pub fn languages(&self, key: &str) -> Vec<Language> {
        let mut languages = Vec::new();
        for (number, tag) in (1..).zip(self.list(key)) {
            match Language::ALL.into_iter().find(|language| language.tag() == tag) {
                Some(language) if languages.contains(&language) => {
                    self.mistake(key, format!("number {number}: `{tag}` is there twice"));
                }
                Some(language) => languages.push(language),
                None => {
                    let all = Language::ALL.map(Language::tag).join(", ");
                    self.mistake(key, format!("number {number}: must be one of {all}"));
                }
            }
        }
        if languages.is_empty() {
            self.mistake(key, "must name a language");
        }
        languages
    }
}
