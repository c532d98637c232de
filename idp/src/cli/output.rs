//! What a command answers: a table or a sentence, or with `--json` one JSON document. Nothing that was made gets lost
//! because nobody could be told: then the command says so and how to get it.

use std::io;

use runtime::terminal::{answer, printable};
use serde_json::Value;

/// It is done, but the answer could not be written.
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
    /// Answers with what is there. Whoever stops reading has seen enough.
    pub fn show(self, text: &str, json: &Value) -> anyhow::Result<()> {
        match self.write(text, json) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => Ok(written?),
        }
    }

    /// Answers with what was done.
    pub fn done(self, text: &str, json: &Value) -> anyhow::Result<()> {
        self.made(text, json, "")
    }

    /// Answers with what was made and is shown only now; `otherwise` says how to get it when it can't be written.
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
    /// An empty one.
    pub fn new(headers: &[&str]) -> Self {
        Self { rows: vec![headers.iter().map(|header| (*header).to_owned()).collect()] }
    }

    /// Adds a row; nothing in a cell can break its line.
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
