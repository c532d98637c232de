//! Finds the SQL statements in a crate's sources. A test prepares each on every database: so it finds a column that
//! doesn't exist, or syntax that only one database knows, without running the code.

use std::{
    fs,
    path::{Path, PathBuf},
};

use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};

use crate::{Db, Result};

/// A statement, and its place in the sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// `file.rs:line`, the file relative to the folder that was searched.
    pub place: String,
    /// The SQL; `None` when it is neither a literal nor a constant of the same file.
    pub text: Option<String>,
}

/// Every `sql(…)` in the Rust files below a folder, in the order of files and lines. Comments and whatever follows
/// `#[cfg(test)]` don't count.
///
/// # Panics
/// When a file can't be read: a test can't go on then.
#[expect(clippy::expect_used, reason = "a test stops here")]
pub fn statements(folder: &Path) -> Vec<Written> {
    let mut files = Vec::new();
    collect(folder, &mut files);
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let source = fs::read_to_string(&file).expect("a readable source file");
        let name = file.strip_prefix(folder).unwrap_or(&file).display().to_string();
        found.extend(
            in_source(&source)
                .into_iter()
                .map(|(line, text)| Written { place: format!("{name}:{line}"), text }),
        );
    }
    found
}

/// Lets the database prepare a statement, without running it.
pub async fn prepare(db: &Db, text: &str) -> Result<()> {
    let text = AssertSqlSafe(text).into_sql_str();
    match db {
        Db::Sqlite { write, .. } => write.prepare(text).await.map(drop)?,
        Db::Postgres(server) => server.pool.prepare(text).await.map(drop)?,
    }
    Ok(())
}

#[expect(clippy::expect_used, reason = "a test stops here")]
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn in_source(source: &str) -> Vec<(usize, Option<String>)> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let code: String = code
        .lines()
        .map(|line| if line.trim_start().starts_with("//") { "\n".to_owned() } else { format!("{line}\n") })
        .collect();
    let calls = code.match_indices("sql(").filter(|(at, _)| {
        let before = code.get(..*at).unwrap_or_default();
        !before.ends_with(|c: char| c.is_alphanumeric() || c == '_') && !before.ends_with("fn ")
    });
    calls
        .map(|(at, call)| {
            let line = code.get(..at).unwrap_or_default().matches('\n').count() + 1;
            let argument = code.get(at + call.len()..).unwrap_or_default().trim_start();
            (line, literal(argument).or_else(|| constant(&code, argument)))
        })
        .collect()
}

/// The value of the constant that an argument names.
fn constant(code: &str, argument: &str) -> Option<String> {
    let name = argument.split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
    let (_, value) = code.split_once(&format!("const {name}: &str ="))?;
    literal(value.trim_start())
}

/// The string literal a text begins with.
fn literal(text: &str) -> Option<String> {
    let mut rest = text.strip_prefix('"')?.chars();
    let mut value = String::new();
    loop {
        match rest.next()? {
            '"' => return Some(value),
            '\\' => match rest.next()? {
                // a backslash at the end of a line skips the indentation of the next one
                '\n' => rest = rest.as_str().trim_start().chars(),
                'n' => value.push('\n'),
                plain => value.push(plain),
            },
            plain => value.push(plain),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_cut_as_the_compiler_reads_it() {
        let source = "
            /// sql(\"in a comment\")
            const NEWEST: &str = \"SELECT 2\";
            pub fn sql(text: &str) {}
            fn f() {
                sql(\"SELECT \\\"a\\\" \\
                     FROM t\").run(db);
                sql(NEWEST);
                sql(computed());
                raw_sql(\"not ours\");
            }
            #[cfg(test)]
            mod tests { fn f() { sql(\"in a test\"); } }
        ";
        let found = in_source(source);
        let expected =
            [(6, Some("SELECT \"a\" FROM t".to_owned())), (8, Some("SELECT 2".to_owned())), (9, None)];
        assert_eq!(found, expected);
    }
}
