//! Reads mails from a folder.

use std::{cmp::Reverse, fs, path::Path, time::SystemTime};

use mail_parser::MessageParser;

/// A mail in the folder.
#[derive(Debug, Clone)]
pub struct Received {
    /// The name of its file, without the ending.
    pub id: String,
    /// The address of its reader.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// When it was sent (RFC 3339).
    pub sent: String,
    /// Its text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    written: SystemTime,
}

impl Received {
    /// The text line by line. A line that is a link leads there.
    pub fn lines(&self) -> impl Iterator<Item = (&str, bool)> {
        let is_link = |line: &str| line.starts_with("http://") || line.starts_with("https://");
        self.text.lines().map(move |line| (line, is_link(line)))
    }

    /// The links in the text, in their order.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        self.lines().filter(|(_, is_link)| *is_link).map(|(line, _)| line)
    }

    /// The code to type, if it has one.
    pub fn code(&self) -> Option<String> {
        let digits = |line: &str| line.chars().filter(char::is_ascii_digit).collect::<String>();
        let is_code = |line: &&str| line.len() == 9 && digits(line).len() == 8;
        self.text.lines().find(is_code).map(digits)
    }
}

/// The mails in the folder, the newest first. What can't be read is left out.
pub fn read(folder: &Path) -> Vec<Received> {
    let files = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut mails: Vec<_> = files.filter_map(|file| parsed(&file.path())).collect();
    mails.sort_by_key(|mail| Reverse(mail.written));
    mails
}

/// The mail of that id.
pub fn find(folder: &Path, id: &str) -> Option<Received> {
    read(folder).into_iter().find(|mail| mail.id == id)
}

fn parsed(path: &Path) -> Option<Received> {
    let id = path.file_stem()?.to_str()?.to_owned();
    let content = fs::read(path).ok()?;
    let written = fs::metadata(path).and_then(|file| file.modified()).ok()?;
    let message = MessageParser::default().parse(&content)?;
    let to = message.to().and_then(|to| to.first()).and_then(|to| to.address());
    Some(Received {
        to: to?.to_owned(),
        subject: message.subject()?.to_owned(),
        sent: message.date().map(mail_parser::DateTime::to_rfc3339).unwrap_or_default(),
        text: message.body_text(0)?.into_owned(),
        html: message.body_html(0)?.into_owned(),
        written,
        id,
    })
}
