//! A mail in parts. Text and HTML are made of the same parts, so that both say the same.

use askama::Template;

use super::Mail;

/// What a mail says, in the order in which it says it.
#[derive(Debug, Clone, Default)]
pub struct Letter {
    /// The subject, which is its heading too.
    pub subject: String,
    /// What happened, or what to do.
    pub paragraphs: Vec<String>,
    /// Facts about it: when, from where.
    pub facts: Vec<(&'static str, String)>,
    /// Where to go on.
    pub button: Option<Button>,
    /// A code to type instead.
    pub code: Option<String>,
    /// What to do if one did not expect this mail, and how long it is good for.
    pub remarks: Vec<String>,
}

/// A link that is shown as a button.
#[derive(Clone)]
pub struct Button {
    /// Its label.
    pub label: &'static str,
    /// Where it leads.
    pub url: String,
}
opaque!(Button);

#[derive(Template)]
#[template(path = "mail.txt", escape = "none")]
struct Text<'a> {
    product: &'a str,
    letter: &'a Letter,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    product: &'a str,
    letter: &'a Letter,
}

impl Letter {
    /// The mail to that reader.
    ///
    /// # Errors
    /// When a template could not be rendered.
    pub fn to(&self, reader: &str, product: &str) -> askama::Result<Mail> {
        Ok(Mail {
            to: reader.to_owned(),
            subject: format!("{} – {product}", self.subject),
            text: Text { product, letter: self }.render()?,
            html: Html { product, letter: self }.render()?,
        })
    }
}
