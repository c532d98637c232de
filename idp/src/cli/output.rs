//! What a command prints: a table or a sentence, or with `--json` one JSON document. When the answer of a command that
//! made something can't be written, the command says so, and how to get what it made.

use std::io;

use runtime::terminal::{answer, printable};
use serde_json::Value;

/// The command was carried out, but its answer could not be written.
#[derive(Debug, thiserror::Error)]
#[error("it is done, but the answer could not be written{hint}")]
pub struct Untold {
    hint: String,
    #[source]
    cause: io::Error,
}

/// How this command answers.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    /// As JSON instead of for people.
    pub json: bool,
}

impl Output {
    /// Prints what a command found. A reader that closes the pipe early is no error.
    pub fn show(self, text: &str, json: &Value) -> anyhow::Result<()> {
        match self.write(text, json) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => Ok(written?),
        }
    }

    /// Prints what a command did.
    pub fn done(self, text: &str, json: &Value) -> anyhow::Result<()> {
        self.made(text, json, "")
    }

    /// Prints something that is shown only now. If that fails, `otherwise` says in the error how to get it.
    pub fn made(self, text: &str, json: &Value, otherwise: &str) -> anyhow::Result<()> {
        let hint = if otherwise.is_empty() { String::new() } else { format!(" ({otherwise})") };
        Ok(self.write(text, json).map_err(|cause| Untold { hint, cause })?)
    }

    fn write(self, text: &str, json: &Value) -> io::Result<()> {
        if self.json { answer(json) } else { answer(text) }
    }
}

/// Rows below their headers, each column as wide as its widest cell.
#[derive(Debug)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with headers and no rows.
    pub fn new(headers: &[&str]) -> Self {
        Self { rows: vec![headers.iter().map(|header| (*header).to_owned()).collect()] }
    }

    /// Adds a row. Characters in a cell that could break the line are escaped.
    pub fn row(&mut self, cells: &[&str]) {
        let cell = |text: &&str| if text.is_empty() { "-".to_owned() } else { printable(text) };
        self.rows.push(cells.iter().map(cell).collect());
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let width = |column: usize| {
            self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max()
        };
        let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or_default()).collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        f.write_str(&self.rows.iter().map(line).collect::<Vec<_>>().join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn d13_a_table_has_headers_and_columns_that_nothing_in_a_cell_breaks() {
        let mut table = Table::new(&["ADDRESS", "NAME"]);
        table.row(&["grüße@b.example", "Ada\nLovelace"]);
        table.row(&["a@b.example", ""]);
        let text = "ADDRESS          NAME\ngrüße@b.example  Ada\\nLovelace\na@b.example      -";
        assert_eq!(table.to_string(), text);
    }
}
