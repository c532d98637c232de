//! A mail in parts. Text and HTML are made of the same parts, so that both say the same.

use askama::Template;
use language::{Language, Message};

use super::Mail;
use crate::{
    look::colour::Colour,
    words::{self, filters},
};

/// What a mail says, in the order in which it says it.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The subject, which is its heading too.
    pub subject: Message,
    /// What happened, or what to do.
    pub paragraphs: Vec<Message>,
    /// Facts about it: when, from where. Each is a name and a value.
    pub facts: Vec<(Message, Message)>,
    /// Where to go on.
    pub button: Option<Button>,
    /// A code to type instead.
    pub code: Option<String>,
    /// What to do if one did not expect this mail, and how long it is good for.
    pub remarks: Vec<Message>,
}

/// A link that is shown as a button.
#[derive(Clone)]
pub struct Button {
    /// Its label.
    pub label: Message,
    /// Where it leads.
    pub url: String,
}
opaque!(Button);

/// Who gets a letter.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The address of the mailbox.
    pub address: &'a str,
    /// The language that the letter is in.
    pub language: Language,
}
opaque!(Reader<'_>);

/// Who sends a letter.
#[derive(Debug, Clone, Copy)]
pub struct Sender<'a> {
    /// The name of the product.
    pub product: &'a str,
    /// The colour of the realm's buttons, and that of their labels.
    pub button: (Colour, Colour),
}

#[derive(Template)]
#[template(path = "mail.txt", escape = "none")]
struct Text<'a> {
    product: &'a str,
    letter: &'a Letter,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    sender: Sender<'a>,
    letter: &'a Letter,
    language: Language,
}

impl Letter {
    /// A letter that has a subject, and says nothing yet.
    pub const fn about(subject: Message) -> Self {
        Self {
            subject,
            paragraphs: Vec::new(),
            facts: Vec::new(),
            button: None,
            code: None,
            remarks: Vec::new(),
        }
    }

    /// The mail to that reader, in that language.
    ///
    /// # Errors
    /// When a template could not be rendered.
    pub fn to(&self, reader: &str, sender: Sender<'_>, language: Language) -> askama::Result<Mail> {
        let values = words::localizer(language);
        Ok(Mail {
            to: reader.to_owned(),
            subject: format!("{} – {}", words::say(language, &self.subject), sender.product),
            text: Text { product: sender.product, letter: self }.render_with_values(&values)?,
            html: Html { sender, letter: self, language }.render_with_values(&values)?,
        })
    }
}
