//! Elements of HTML within a translated sentence.
//!
//! The catalogue has plain text, and says where a value belongs. While a sentence is put together, a mark of two
//! characters that no text may contain stands for an element.

use askama::filters::{Html as Escaper, escape};

use crate::{Message, message::Html};

/// Begins a mark. The character behind it says which element is meant. Both are of Unicode's private use areas.
const MARK: char = '\u{f0000}';
const FIRST: u32 = 0xf_0001;
const LAST: u32 = 0xf_00ff;

/// A part of a sentence.
pub enum Piece<'m> {
    Text(String),
    Element(&'m Html),
}

impl Piece<'_> {
    /// Its text. An element has none without HTML: a message with one is for pages only.
    pub fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Element(_) => String::new(),
        }
    }

    /// Its HTML.
    pub fn html(self, inner: impl Fn(&Message) -> String) -> String {
        match self {
            Self::Text(text) => escaped(&text),
            Self::Element(element) => [&element.open, &inner(&element.content), element.close].concat(),
        }
    }
}

/// Text as HTML, also within an attribute.
pub fn escaped(text: &str) -> String {
    match escape(text, Escaper) {
        Ok(safe) => safe.to_string(),
        Err(never) => match never {},
    }
}

/// The mark of an element.
pub fn mark(index: usize) -> String {
    let which = u32::try_from(index).ok().and_then(|index| char::from_u32(FIRST + index)).unwrap_or(MARK);
    [MARK, which].iter().collect()
}

/// A value that somebody typed, without anything that could be taken for a mark.
pub fn without_marks(text: &str) -> String {
    text.chars().filter(|c| !(u32::from(MARK)..=LAST).contains(&u32::from(*c))).collect()
}

/// A sentence in parts.
pub fn split<'m>(sentence: &str, elements: &[&'m Html]) -> Vec<Piece<'m>> {
    let mut parts = sentence.split(MARK);
    let mut pieces: Vec<Piece<'m>> =
        parts.next().map(|text| Piece::Text(text.to_owned())).into_iter().collect();
    for part in parts {
        let mut rest = part.chars();
        let element = rest
            .next()
            .and_then(|which| u32::from(which).checked_sub(FIRST))
            .and_then(|index| elements.get(usize::try_from(index).ok()?));
        pieces.extend(element.map(|element| Piece::Element(element)));
        pieces.push(Piece::Text(rest.as_str().to_owned()));
    }
    pieces
}
