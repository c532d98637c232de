//! The texts of a program in every language.

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

use crate::{
    Language, Message, Texts, Value,
    markup::{self, Piece},
    message::Id,
    number,
    texts::{self, OWN},
};

/// The texts of a program. The first language fills the gaps of the others.
pub struct Catalogue {
    bundles: Vec<(Language, FluentBundle<FluentResource>)>,
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.bundles.iter().map(|(language, _)| language)).finish()
    }
}

impl Catalogue {
    /// The texts of several crates.
    pub fn of(parts: &[&Texts]) -> Self {
        let together = texts::together(parts);
        let files: Vec<_> = together.iter().map(|(language, files)| (*language, files.as_slice())).collect();
        Self::read(&files).0
    }

    /// Reads the texts: Fluent files of each language, to which those of the filters come. Returns what is wrong with
    /// them beside the catalogue: programs have their texts compiled in, so a test looks at it.
    pub fn read(files: &[(Language, &[&str])]) -> (Self, Vec<String>) {
        let mut faults = Vec::new();
        let bundles = files.iter().map(|(language, texts)| {
            let own = OWN.iter().filter(|(known, _)| known == language).flat_map(|(_, own)| own.iter());
            let texts: Vec<&str> = own.chain(texts.iter()).copied().collect();
            (*language, bundle(*language, &texts, &mut faults))
        });
        let bundles = bundles.collect();
        (Self { bundles }, faults)
    }

    /// A message as plain text.
    pub fn say(&self, language: Language, message: &Message) -> String {
        let mut text = String::new();
        for piece in self.pieces(language, message) {
            text.push_str(&piece.text());
        }
        text
    }

    /// A message as HTML. Everything but the elements of its own values is escaped.
    pub(crate) fn html(&self, language: Language, message: &Message) -> String {
        self.pieces(language, message)
            .into_iter()
            .map(|piece| piece.html(|inner| self.html(language, inner)))
            .collect()
    }

    fn pieces<'m>(&self, language: Language, message: &'m Message) -> Vec<Piece<'m>> {
        let id = match &message.id {
            Id::Verbatim(text) => return vec![Piece::Text(text.clone())],
            Id::Known(id) => *id,
        };
        let mut args = FluentArgs::with_capacity(message.values.len());
        let mut elements = Vec::new();
        for (name, value) in &message.values {
            match value {
                Value::Text(text) => args.set(*name, FluentValue::from(markup::without_marks(text))),
                Value::Number(number) => args.set(*name, FluentValue::from(*number)),
                Value::Decimal { units, places } => {
                    args.set(*name, FluentValue::from(number::decimal(language, *units, *places)));
                }
                Value::Message(inner) => {
                    let said = markup::without_marks(&self.say(language, inner));
                    args.set(*name, FluentValue::from(said));
                }
                Value::Html(html) => {
                    args.set(*name, FluentValue::from(markup::mark(elements.len())));
                    elements.push(html);
                }
            }
        }
        markup::split(&self.format(language, id, &args), &elements)
    }

    fn format(&self, language: Language, id: &str, args: &FluentArgs<'_>) -> String {
        let own = self.bundles.iter().filter(|(known, _)| *known == language);
        let first = self.bundles.first();
        for (_, bundle) in own.chain(first) {
            let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else { continue };
            let mut faults = Vec::new();
            let text = bundle.format_pattern(pattern, Some(args), &mut faults);
            debug_assert!(faults.is_empty(), "{id}: {faults:?}");
            return text.into_owned();
        }
        debug_assert!(false, "there is no message {id}");
        id.to_owned()
    }

    /// What this catalogue says in that language.
    pub const fn localizer(&'static self, language: Language) -> Localizer {
        Localizer { catalogue: self, language }
    }
}

fn bundle(language: Language, texts: &[&str], faults: &mut Vec<String>) -> FluentBundle<FluentResource> {
    let tag = language.tag();
    let mut bundle = FluentBundle::new_concurrent(tag.parse().into_iter().collect());
    // between words of the other direction, a name or an address would be shown in disorder
    bundle.set_use_isolating(language.is_right_to_left());
    for text in texts {
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, errors)| {
            faults.extend(errors.iter().map(|error| format!("{tag}: {error}")));
            resource
        });
        if let Err(errors) = bundle.add_resource(resource) {
            faults.extend(errors.iter().map(|error| format!("{tag}: {error}")));
        }
    }
    bundle
}

/// A catalogue and the language of one reader: what templates are rendered with (`render_with_values`).
#[derive(Debug, Clone, Copy)]
pub struct Localizer {
    pub(crate) catalogue: &'static Catalogue,
    pub(crate) language: Language,
}

impl Localizer {
    /// The name under which filters look it up.
    pub(crate) const KEY: &'static str = "localizer";
}

impl askama::Values for Localizer {
    fn get_value<'a>(&'a self, key: &str) -> Option<&'a dyn std::any::Any> {
        (key == Self::KEY).then_some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language::{Arabic, English, German};

    const EN: &str = "plain = Hello\nname = Hello, { $name }\nonly = Only here\nouter = ({ $inner })\n\
                      left = { $count ->\n    [one] One left\n   *[other] { $count } left\n }\n";
    const DE: &str = "plain = Hallo\nname = Hallo, { $name }\nouter = ({ $inner })\nleft = Noch { $count }\n";
    const AR: &str = "name = مرحبًا { $name }\n";

    fn catalogue() -> Catalogue {
        let (catalogue, faults) = Catalogue::read(&[
            (English, [EN].as_slice()),
            (German, [DE].as_slice()),
            (Arabic, [AR].as_slice()),
        ]);
        assert_eq!(faults, Vec::<String>::new());
        catalogue
    }

    #[test]
    fn s30_a_message_is_said_in_each_language() {
        let catalogue = catalogue();
        let said = |language, message: Message| catalogue.say(language, &message);
        assert_eq!(said(German, Message::new("plain")), "Hallo");
        assert_eq!(said(English, Message::new("name").with("name", "Ada")), "Hello, Ada");
        assert_eq!(said(English, Message::new("left").with("count", 1)), "One left");
        assert_eq!(said(English, Message::new("left").with("count", 2_000_usize)), "2000 left");
        let outer = Message::new("outer").with("inner", Message::new("plain"));
        assert_eq!(said(German, outer), "(Hallo)");
        assert_eq!(said(German, Message::verbatim("{ $x }")), "{ $x }");
    }

    #[test]
    fn s30_a_gap_is_filled_by_the_first_language() {
        assert_eq!(catalogue().say(German, &Message::new("only")), "Only here");
    }

    #[test]
    fn s29_a_value_between_words_of_the_other_direction_is_isolated() {
        let said = catalogue().say(Arabic, &Message::new("name").with("name", "ada@example.com"));
        assert_eq!(said, "مرحبًا \u{2068}ada@example.com\u{2069}");
    }

    #[test]
    fn s30_what_is_wrong_with_a_file_is_told() {
        let (_, faults) = Catalogue::read(&[(English, ["a = b\na = c\n", "= x\n"].as_slice())]);
        assert_eq!(faults.len(), 2, "{faults:?}");
    }
}
