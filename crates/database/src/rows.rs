//! Tables and rows of any shape, for code that copies a schema without knowing it. Columns are TEXT or BIGINT.

use std::fmt::Write as _;

use futures_util::{StreamExt, stream::BoxStream};
use sqlx::{AssertSqlSafe, ColumnIndex, Database, Decode, Encode, Type, query::Query};

use crate::{Error, Result, Tx, Val, record, sql};

/// How many rows are in memory, and in one INSERT, at a time. With the columns of the widest table they stay below the
/// number of values that a statement can bind.
const PAGE: usize = 200;

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// BIGINT
    Int,
    /// TEXT
    Text,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    /// Its type.
    pub kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    /// Its columns, in the order of their names.
    pub columns: Vec<Column>,
}

/// The values of a row, in the order of its table's columns.
pub type Row = Vec<Val>;

record! { struct Name { name: String } }
record! { struct Described { name: String, kind: String } }

impl Tx {
    /// The names of the tables in this schema, in order.
    pub async fn table_names(&mut self) -> Result<Vec<String>> {
        let names = match self {
            Self::Sqlite(_) => sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"),
            Self::Postgres(..) => sql("SELECT CAST(tablename AS TEXT) AS name FROM pg_catalog.pg_tables \
                 WHERE schemaname = current_schema() ORDER BY tablename"),
        };
        Ok(names.all::<Name>(self).await?.into_iter().map(|row| row.name).collect())
    }

    /// Describes a table of the schema; `None` when there is no table of that name.
    pub async fn table(&mut self, name: &str) -> Result<Option<Table>> {
        let columns = match self {
            Self::Sqlite(_) => sql("SELECT name, type AS kind FROM pragma_table_info($1) ORDER BY name"),
            Self::Postgres(..) => {
                sql("SELECT CAST(column_name AS TEXT) AS name, CAST(data_type AS TEXT) AS kind \
                 FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1")
            }
        };
        let described: Vec<Described> = columns.bind(name).all(self).await?;
        let columns: Result<Vec<Column>> = described.into_iter().map(|column| column.read(name)).collect();
        let mut columns = columns?;
        columns.sort_by(|one, other| one.name.cmp(&other.name));
        Ok((!columns.is_empty()).then(|| Table { name: name.to_owned(), columns }))
    }

    /// Creates a table for the rows of `table`, without its keys and indexes.
    pub async fn create_table(&mut self, table: &Table) -> Result<()> {
        let kind = |column: &Column| if column.kind == Kind::Int { "BIGINT" } else { "TEXT" };
        let columns: Vec<String> =
            table.columns.iter().map(|column| format!("{} {}", quoted(&column.name), kind(column))).collect();
        self.execute(format!("CREATE TABLE {} ({})", quoted(&table.name), columns.join(", ")), &[]).await
    }

    /// Removes every row of a table.
    pub async fn clear(&mut self, table: &Table) -> Result<()> {
        self.execute(format!("DELETE FROM {}", quoted(&table.name)), &[]).await
    }

    pub async fn insert(&mut self, table: &Table, rows: &[Row]) -> Result<()> {
        for page in rows.chunks(PAGE) {
            let mut text = format!("INSERT INTO {} ({}) VALUES ", quoted(&table.name), names(&table.columns));
            for (index, row) in page.iter().enumerate() {
                let first = index * row.len() + 1;
                let holders: Vec<String> = (first..first + row.len()).map(|n| format!("${n}")).collect();
                let comma = if index == 0 { "" } else { ", " };
                // writing into a String can't fail
                let _ = write!(text, "{comma}({})", holders.join(", "));
            }
            self.execute(text, page).await?;
        }
        Ok(())
    }

    /// Passes every row of a table to `work`, page by page. The rows of a file come in the order in which they were
    /// added.
    pub async fn each_page(
        &mut self,
        table: &Table,
        work: impl AsyncFnMut(Vec<Row>) -> Result<()>,
    ) -> Result<()> {
        let text = format!("SELECT {} FROM {}", names(&table.columns), quoted(&table.name));
        match self {
            Self::Sqlite(tx) => {
                let query = sqlx::query(AssertSqlSafe(format!("{text} ORDER BY rowid")));
                hand_over(query.fetch(&mut **tx), &table.columns, work).await
            }
            Self::Postgres(tx, _) => {
                let query = sqlx::query(AssertSqlSafe(text));
                hand_over(query.fetch(&mut **tx), &table.columns, work).await
            }
        }
    }

    async fn execute(&mut self, text: String, rows: &[Row]) -> Result<()> {
        match self {
            Self::Sqlite(tx) => {
                bound(sqlx::query(AssertSqlSafe(text)), rows).execute(&mut **tx).await?;
            }
            Self::Postgres(tx, time_limit) => {
                time_limit.wait(bound(sqlx::query(AssertSqlSafe(text)), rows).execute(&mut **tx)).await?;
            }
        }
        Ok(())
    }
}

fn bound<'q, DB: Database>(query: Query<'q, DB, DB::Arguments>, rows: &[Row]) -> Query<'q, DB, DB::Arguments>
where
    Option<i64>: Encode<'q, DB> + Type<DB>,
    Option<String>: Encode<'q, DB> + Type<DB>,
{
    rows.iter().flatten().cloned().fold(query, |query, value| match value {
        Val::Int(x) => query.bind(x),
        Val::Text(x) => query.bind(x),
    })
}

impl Described {
    fn read(self, table: &str) -> Result<Column> {
        let kind = match self.kind.to_lowercase().as_str() {
            "bigint" => Kind::Int,
            "text" => Kind::Text,
            other => return Err(Error::Schema(format!("{table}.{} is {other}", self.name))),
        };
        Ok(Column { name: self.name, kind })
    }
}

async fn hand_over<R>(
    mut stream: BoxStream<'_, sqlx::Result<R>>,
    columns: &[Column],
    mut work: impl AsyncFnMut(Vec<Row>) -> Result<()>,
) -> Result<()>
where
    R: sqlx::Row,
    usize: ColumnIndex<R>,
    Option<String>: for<'r> Decode<'r, R::Database> + Type<R::Database>,
    Option<i64>: for<'r> Decode<'r, R::Database> + Type<R::Database>,
{
    let mut page = Vec::with_capacity(PAGE);
    while let Some(row) = stream.next().await {
        let row = row?;
        let values = columns.iter().enumerate().map(|(at, column)| match column.kind {
            Kind::Int => row.try_get(at).map(Val::Int),
            Kind::Text => row.try_get(at).map(Val::Text),
        });
        page.push(values.collect::<sqlx::Result<Row>>()?);
        if page.len() == PAGE {
            work(std::mem::take(&mut page)).await?;
        }
    }
    if page.is_empty() { Ok(()) } else { work(page).await }
}

fn names(columns: &[Column]) -> String {
    columns.iter().map(|column| quoted(&column.name)).collect::<Vec<_>>().join(", ")
}

/// Quotes a name as an SQL identifier.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
