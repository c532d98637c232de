//! The files with the texts of a crate.

use crate::Language;

/// The texts of a crate: the files of every language, compiled in by [`texts!`](crate::texts).
pub type Texts = [(Language, &'static [&'static str]); 5];

/// The Fluent files of a crate. The folder is relative to the file that names it, and has one folder per language.
#[macro_export]
macro_rules! texts {
    ($folder:literal: $($file:literal),+) => {
        [
            ($crate::Language::English, &[$(include_str!(concat!($folder, "/en/", $file, ".ftl"))),+]),
            ($crate::Language::German, &[$(include_str!(concat!($folder, "/de/", $file, ".ftl"))),+]),
            ($crate::Language::French, &[$(include_str!(concat!($folder, "/fr/", $file, ".ftl"))),+]),
            ($crate::Language::Spanish, &[$(include_str!(concat!($folder, "/es/", $file, ".ftl"))),+]),
            ($crate::Language::Arabic, &[$(include_str!(concat!($folder, "/ar/", $file, ".ftl"))),+]),
        ]
    };
}

/// The texts that the filters of this crate name.
pub(crate) const OWN: Texts = texts!("../languages": "times");

/// The texts of several crates together, by language.
pub(crate) fn together(parts: &[&Texts]) -> Vec<(Language, Vec<&'static str>)> {
    let of = |language| {
        let files = parts.iter().flat_map(|texts| texts.iter());
        let own = files.filter(move |(known, _)| *known == language);
        own.flat_map(|(_, files)| files.iter().copied()).collect()
    };
    Language::ALL.map(|language| (language, of(language))).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Catalogue, Message, testing};

    #[test]
    fn s30_the_own_texts_are_there_in_every_language() {
        testing::same_messages(&OWN);
        let alone = Catalogue::read(&Language::ALL.map(|language| (language, [].as_slice())));
        assert_eq!(alone.1, Vec::<String>::new());
        assert_eq!(testing::unnamed(&OWN, env!("CARGO_MANIFEST_DIR"), &["src"]), Vec::<String>::new());
    }

    #[test]
    fn s30_the_texts_of_several_crates_are_one_catalogue() {
        const MORE: Texts = [
            (Language::English, &["more = More"]),
            (Language::German, &["more = Mehr"]),
            (Language::French, &[]),
            (Language::Spanish, &[]),
            (Language::Arabic, &[]),
        ];
        const LESS: Texts = [
            (Language::English, &["less = Less"]),
            (Language::German, &["less = Weniger"]),
            (Language::French, &[]),
            (Language::Spanish, &[]),
            (Language::Arabic, &[]),
        ];
        let catalogue = Catalogue::of(&[&MORE, &LESS]);
        let said = |id| catalogue.say(Language::German, &Message::new(id));
        assert_eq!((said("more").as_str(), said("less").as_str()), ("Mehr", "Weniger"));
    }
}
