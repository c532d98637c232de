//! A statement with its values, run on a database or inside a transaction.

use sqlx::{FromRow, postgres::PgRow, sqlite::SqliteRow};

use crate::{Db, Result, Tx, again, budget, connect::Server, round_trip};

/// Where a statement runs.
#[derive(Debug)]
pub enum On<'a> {
    /// On its own.
    Db(&'a Db),
    /// As part of a transaction.
    Tx(&'a mut Tx),
}

impl<'a> From<&'a Db> for On<'a> {
    fn from(db: &'a Db) -> Self {
        Self::Db(db)
    }
}

impl<'a> From<&'a mut Tx> for On<'a> {
    fn from(tx: &'a mut Tx) -> Self {
        Self::Tx(tx)
    }
}

/// A row that both drivers can decode; [`record!`](crate::record) makes one.
pub trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> Record for T {}

/// Two records from one row, for a statement that joins tables. Columns are found by name, so no two may have the same
/// name.
#[derive(Debug)]
pub struct Both<A, B>(pub A, pub B);

impl<'r, R: sqlx::Row, A: FromRow<'r, R>, B: FromRow<'r, R>> FromRow<'r, R> for Both<A, B> {
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        Ok(Self(A::from_row(row)?, B::from_row(row)?))
    }
}

/// A value to bind. The `Option` is inside because PostgreSQL needs to know the type of a NULL.
#[derive(Debug, Clone)]
pub enum Val {
    /// BIGINT
    Int(Option<i64>),
    /// TEXT
    Text(Option<String>),
}

macro_rules! val_from {
    ($($from:ty => |$x:ident| $val:expr),* $(,)?) => {$(
        impl From<$from> for Val { fn from($x: $from) -> Self { $val } }
    )*};
}
val_from! {
    i64 => |x| Self::Int(Some(x)),
    Option<i64> => |x| Self::Int(x),
    String => |x| Self::Text(Some(x)),
    Option<String> => |x| Self::Text(x),
    &str => |x| Self::Text(Some(x.to_owned())),
    &String => |x| Self::Text(Some(x.clone())),
    Option<&str> => |x| Self::Text(x.map(str::to_owned)),
}

/// A statement with the values bound so far.
#[derive(Debug, Clone)]
#[must_use = "a statement does nothing until it is run"]
pub struct Sql {
    text: &'static str,
    values: Vec<Val>,
}

/// A statement in the SQL that both databases understand, with `$1`, `$2` … for its values.
pub fn sql(text: &'static str) -> Sql {
    Sql { text, values: Vec::new() }
}

macro_rules! bound {
    ($sql:expr) => {{
        let mut query = sqlx::query($sql.text);
        for value in &$sql.values {
            query = match value {
                Val::Int(x) => query.bind(*x),
                Val::Text(x) => query.bind(x.as_deref()),
            };
        }
        query
    }};
}

macro_rules! go {
    ($sql:ident, $on:expr, $method:ident, $sqlite:expr, $postgres:expr) => {{
        round_trip();
        match $on {
            On::Db(Db::Sqlite { read, .. }) if $sql.text.starts_with("SELECT") => {
                Ok(budget::wait(None, bound!($sql).$method(read), || ()).await.map($sqlite)?)
            }
            On::Db(Db::Sqlite { write, file, .. }) => {
                file.check()?;
                Ok(budget::wait(None, bound!($sql).$method(write), || ()).await.map($sqlite)?)
            }
            On::Db(Db::Postgres(Server { pool, time_limit })) => {
                again!(time_limit.wait(bound!($sql).$method(pool))).map($postgres)
            }
            On::Tx(Tx::Sqlite(tx)) => {
                Ok(budget::wait(None, bound!($sql).$method(&mut **tx), || ()).await.map($sqlite)?)
            }
            On::Tx(Tx::Postgres(tx, time_limit)) => {
                time_limit.wait(bound!($sql).$method(&mut **tx)).await.map($postgres)
            }
        }
    }};
}

/// The rows of an answer as the driver returned them. Statements run without knowing the type of their records: the
/// compiler then translates a driver's code once, in this crate, and not again for every record of every caller.
enum Rows {
    Sqlite(Vec<SqliteRow>),
    Postgres(Vec<PgRow>),
}

impl Rows {
    fn read<T: Record>(&self) -> sqlx::Result<Vec<T>> {
        match self {
            Self::Sqlite(rows) => rows.iter().map(T::from_row).collect(),
            Self::Postgres(rows) => rows.iter().map(T::from_row).collect(),
        }
    }
}

impl Sql {
    /// Binds the next value.
    pub fn bind(mut self, value: impl Into<Val>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Every row.
    pub async fn all<T: Record>(self, on: impl Into<On<'_>>) -> Result<Vec<T>> {
        Ok(self.rows(on.into()).await?.read()?)
    }

    /// The first row, if there is one.
    pub async fn opt<T: Record>(self, on: impl Into<On<'_>>) -> Result<Option<T>> {
        // never `fetch_optional`: on SQLite it stops after the first row, and misses an error of the commit, which
        // comes after the last row. On a full disk a write that failed would look like a success
        Ok(self.all(on).await?.into_iter().next())
    }

    /// The first row. A missing row is an error: a defect of the caller.
    pub async fn one<T: Record>(self, on: impl Into<On<'_>>) -> Result<T> {
        self.opt(on).await?.ok_or_else(|| sqlx::Error::RowNotFound.into())
    }

    /// Runs the statement, and returns the number of rows that it changed.
    pub async fn run(self, on: impl Into<On<'_>>) -> Result<u64> {
        self.execute(on.into()).await
    }

    async fn rows(self, on: On<'_>) -> Result<Rows> {
        go!(self, on, fetch_all, Rows::Sqlite, Rows::Postgres)
    }

    async fn execute(self, on: On<'_>) -> Result<u64> {
        go!(self, on, execute, |done| done.rows_affected(), |done| done.rows_affected())
    }
}
