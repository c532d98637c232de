//! Getters by type.

use std::{ops::RangeInclusive, path::PathBuf};

use clock::when::Zone;
use url::Url;

use super::{
    blocked_port::is_blocked,
    loopback::is_loopback,
    nearest::nearest,
    reader::{BadValue, Reader},
    tree::{Item, Node, Scalar},
};

/// The longest duration that a configuration may have, in seconds: ten years.
const LONGEST: i64 = 10 * 365 * 86_400;

impl Reader<'_> {
    /// Text that isn't blank and has no control characters.
    pub fn text(&self, key: &str) -> String {
        self.must(key, text)
    }

    /// As [`Reader::text`], for an optional key.
    pub fn opt_text(&self, key: &str) -> Option<String> {
        self.opt(key, text)
    }

    /// An integer within `range`.
    pub fn int(&self, key: &str, range: RangeInclusive<i64>) -> i64 {
        self.must(key, |item| integer(item, &range))
    }

    /// As [`Reader::int`], for an optional key.
    pub fn opt_int(&self, key: &str, range: RangeInclusive<i64>) -> Option<i64> {
        self.opt(key, |item| integer(item, &range))
    }

    /// A duration in seconds: an integer, or text like `"90s"`, `"10m"`, `"12h"`, `"30d"`; at most ten years.
    pub fn seconds(&self, key: &str) -> i64 {
        self.must(key, |item| seconds(item, &(0..=LONGEST)))
    }

    /// As [`Reader::seconds`], within `range` of seconds.
    pub fn seconds_within(&self, key: &str, range: RangeInclusive<i64>) -> i64 {
        self.must(key, |item| seconds(item, &range))
    }

    /// As [`Reader::seconds`], for an optional key.
    pub fn opt_seconds(&self, key: &str) -> Option<i64> {
        self.opt(key, |item| seconds(item, &(0..=LONGEST)))
    }

    /// `true` or `false`.
    pub fn flag(&self, key: &str) -> bool {
        self.must(key, flag)
    }

    /// As [`Reader::flag`], for an optional key.
    pub fn opt_flag(&self, key: &str) -> Option<bool> {
        self.opt(key, flag)
    }

    /// A list of texts; in the environment separated by commas. A missing key gives an empty list.
    pub fn list(&self, key: &str) -> Vec<String> {
        self.opt(key, list).unwrap_or_default()
    }

    /// One of `options`.
    pub fn choice(&self, key: &str, options: &[&'static str]) -> &'static str {
        self.must(key, |item| choice(item, options))
    }

    /// As [`Reader::choice`], for an optional key.
    pub fn opt_choice(&self, key: &str, options: &[&'static str]) -> Option<&'static str> {
        self.opt(key, |item| choice(item, options))
    }

    /// A file or directory; a relative one is relative to the process's working directory.
    pub fn path(&self, key: &str) -> PathBuf {
        self.must(key, |item| text(item).map(PathBuf::from))
    }

    /// As [`Reader::path`], for an optional key.
    pub fn opt_path(&self, key: &str) -> Option<PathBuf> {
        self.opt(key, |item| text(item).map(PathBuf::from))
    }

    /// The public URL of a service: https, or http on loopback for development. It must be in canonical form without a
    /// trailing slash, because issuers and redirect URIs are compared byte by byte.
    pub fn public_url(&self, key: &str) -> String {
        self.must(key, |item| text(item).and_then(public_url))
    }

    /// A time zone by its name in the IANA database, such as `"Europe/Berlin"`.
    pub fn time_zone(&self, key: &str) -> Zone {
        self.must(key, |item| {
            let named = Zone::named(&text(item)?);
            named.ok_or_else(|| {
                BadValue::from("must be the name of a time zone, such as \"UTC\" or \"Europe/Berlin\"")
            })
        })
    }

    fn opt<T>(&self, key: &str, read: impl Fn(&Item) -> Result<T, BadValue>) -> Option<T> {
        match read(self.take(key)?) {
            Ok(value) => Some(value),
            Err(value) => {
                self.reject(key, value);
                None
            }
        }
    }

    fn must<T: Default>(&self, key: &str, read: impl Fn(&Item) -> Result<T, BadValue>) -> T {
        if self.take(key).is_none() {
            self.missing(key, "in this file");
        }
        self.opt(key, read).unwrap_or_default()
    }
}

fn wrong(expected: &str, item: &Item) -> BadValue {
    format!("must be {expected}, not {}", item.node.kind()).into()
}

pub(super) fn text(item: &Item) -> Result<String, BadValue> {
    let Node::Scalar(scalar) = &item.node else { return Err(wrong("text", item)) };
    plain(scalar).map_err(|message| message.map_or_else(|| wrong("text", item), BadValue::from))
}

/// The text of a scalar; the error `None` means that it isn't text.
fn plain(scalar: &Scalar) -> Result<String, Option<&'static str>> {
    match scalar {
        Scalar::Text(text) | Scalar::Raw(text) if text.trim().is_empty() => Err(Some("must not be empty")),
        Scalar::Text(text) | Scalar::Raw(text) if text.chars().any(char::is_control) => {
            Err(Some("must not contain control characters"))
        }
        Scalar::Text(text) | Scalar::Raw(text) => Ok(text.clone()),
        _ => Err(None),
    }
}

fn integer(item: &Item, range: &RangeInclusive<i64>) -> Result<i64, BadValue> {
    let number = match &item.node {
        Node::Scalar(Scalar::Integer(number)) => *number,
        Node::Scalar(Scalar::Raw(text)) => text.trim().parse().map_err(|_| wrong("an integer", item))?,
        _ => return Err(wrong("an integer", item)),
    };
    within(number, range)
}

fn within(number: i64, range: &RangeInclusive<i64>) -> Result<i64, BadValue> {
    if range.contains(&number) {
        return Ok(number);
    }
    Err(format!("must be between {} and {}", range.start(), range.end()).into())
}

fn seconds(item: &Item, range: &RangeInclusive<i64>) -> Result<i64, BadValue> {
    let expected = "a duration like 90, \"90s\", \"10m\", \"12h\" or \"30d\"";
    let seconds = match &item.node {
        Node::Scalar(Scalar::Integer(number)) => Some(*number),
        Node::Scalar(Scalar::Text(text) | Scalar::Raw(text)) => duration(text.trim()),
        _ => return Err(wrong(expected, item)),
    };
    let seconds = seconds.ok_or_else(|| format!("must be {expected}"))?;
    within(seconds, range)
        .map_err(|value| BadValue { message: format!("{} seconds", value.message), ..value })
}

fn duration(text: &str) -> Option<i64> {
    let (number, unit) = match text.char_indices().next_back()? {
        (_, '0'..='9') => (text, 1),
        (at, 's') => (text.get(..at)?, 1),
        (at, 'm') => (text.get(..at)?, 60),
        (at, 'h') => (text.get(..at)?, 3600),
        (at, 'd') => (text.get(..at)?, 86_400),
        _ => return None,
    };
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    if digits { number.parse::<i64>().ok()?.checked_mul(unit) } else { None }
}

fn flag(item: &Item) -> Result<bool, BadValue> {
    match &item.node {
        Node::Scalar(Scalar::Flag(flag)) => Ok(*flag),
        Node::Scalar(Scalar::Raw(text)) => text.trim().parse().map_err(|_| wrong("true or false", item)),
        _ => Err(wrong("true or false", item)),
    }
}

fn list(item: &Item) -> Result<Vec<String>, BadValue> {
    match &item.node {
        Node::List(values) => values
            .iter()
            .map(|value| {
                plain(value)
                    .map_err(|message| format!("each member {}", message.unwrap_or("must be text")).into())
            })
            .collect(),
        Node::Scalar(Scalar::Raw(text)) => Ok(text
            .split(',')
            .map(str::trim)
            .filter(|member| !member.is_empty())
            .map(str::to_owned)
            .collect()),
        _ => Err(wrong("a list of texts", item)),
    }
}

fn choice(item: &Item, options: &[&'static str]) -> Result<&'static str, BadValue> {
    let text = text(item)?;
    options.iter().find(|option| **option == text).copied().ok_or_else(|| BadValue {
        message: format!("must be one of {}", options.join(", ")),
        suggestion: nearest(&text.to_lowercase(), options.iter().copied()).map(str::to_owned),
    })
}

fn public_url(text: String) -> Result<String, BadValue> {
    let url =
        Url::parse(&text).map_err(|_| BadValue::from("must be a URL like https://login.example.com"))?;
    let loopback = url.host().is_some_and(|host| is_loopback(&host));
    let canonical = url.as_str().trim_end_matches('/');
    match url.scheme() {
        "https" => {}
        "http" if loopback => {}
        "http" => return Err("must be https; http is for loopback addresses only".into()),
        _ => return Err("must be an https URL".into()),
    }
    if !url.username().is_empty()
        || url.password().is_some()
        || url.query().is_some()
        || url.fragment().is_some()
    {
        return Err("must not have a user, a query or a fragment".into());
    }
    if let Some(port) = url.port().filter(|port| is_blocked(*port)) {
        return Err(format!("must not use port {port}: browsers refuse to open it").into());
    }
    if text != canonical {
        let message = "must be in canonical form: lower case, no trailing slash, no default port";
        return Err(BadValue { message: message.to_owned(), suggestion: Some(canonical.to_owned()) });
    }
    Ok(text)
}
