//! Mistakes in a configuration. All are reported together, so that they can be corrected together.

use std::{fmt, path::Path};

use super::tree::Origin;

/// One mistake, at one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// Name of the file as the program was given it, or `environment variable NAME`.
    pub file: String,
    /// Line in the file, counted from 1.
    pub line: Option<usize>,
    /// Dotted path of the key; empty for the file as a whole.
    pub key: String,
    /// What is wrong. Never contains the value.
    pub message: String,
    /// The name that was probably meant.
    pub suggestion: Option<String>,
}

impl Mistake {
    /// A mistake about an environment variable itself, whatever its value.
    pub fn in_variable(name: &str, message: impl Into<String>) -> Self {
        let file = format!("environment variable {name}");
        Self { file, line: None, key: String::new(), message: message.into(), suggestion: None }
    }

    /// A mistake of a file or folder as a whole.
    pub fn in_file(path: &Path, message: impl Into<String>) -> Self {
        let file = path.display().to_string();
        Self { file, line: None, key: String::new(), message: message.into(), suggestion: None }
    }

    pub(super) fn at(origin: &Origin, key: &str, message: impl Into<String>) -> Self {
        let file = match &origin.variable {
            Some(variable) => format!("environment variable {variable}"),
            None => origin.file.to_string(),
        };
        Self { file, line: origin.line, key: key.to_owned(), message: message.into(), suggestion: None }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        one_line(f, &self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        f.write_str(": ")?;
        if !self.key.is_empty() {
            f.write_str("`")?;
            one_line(f, &self.key)?;
            f.write_str("`: ")?;
        }
        one_line(f, &self.message)?;
        if let Some(suggestion) = &self.suggestion {
            f.write_str(", did you mean `")?;
            one_line(f, suggestion)?;
            f.write_str("`?")?;
        }
        Ok(())
    }
}

/// Escapes control characters: names come from files and the environment, and must not start a new line or colour a
/// terminal.
fn one_line(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    text.chars()
        .try_for_each(|c| if c.is_control() { write!(f, "{}", c.escape_default()) } else { write!(f, "{c}") })
}

/// All mistakes of one or more configurations. Displays one per line, in the order of files and lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mistakes(Vec<Mistake>);

impl Mistakes {
    pub(super) fn new(mut all: Vec<Mistake>) -> Self {
        all.sort();
        all.dedup();
        Self(all)
    }

    /// The single mistakes.
    pub fn iter(&self) -> std::slice::Iter<'_, Mistake> {
        self.0.iter()
    }

    /// Adds the mistakes of another configuration, so that a program with many realms reports all together.
    pub fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// `Ok` when there is no mistake.
    pub fn into_result(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl FromIterator<Mistake> for Mistakes {
    fn from_iter<I: IntoIterator<Item = Mistake>>(all: I) -> Self {
        Self::new(all.into_iter().collect())
    }
}

impl<'m> IntoIterator for &'m Mistakes {
    type Item = &'m Mistake;
    type IntoIter = std::slice::Iter<'m, Mistake>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mistake) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            mistake.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}
