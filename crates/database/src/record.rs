//! Rows that both drivers decode.

/// Declares a struct whose fields are the columns of a row, decodable from either database.
///
/// ```
/// database::record! {
///     /// An account.
///     #[derive(Debug, Clone)]
///     pub struct User { pub id: String, pub disabled_at: Option<i64> }
/// }
/// ```
#[macro_export]
macro_rules! record {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$field_meta:meta])* $field_vis:vis $field:ident : $type:ty),* $(,)? }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$field_meta])* $field_vis $field: $type),* }

        impl<'r, R: $crate::sqlx::Row> $crate::sqlx::FromRow<'r, R> for $name
        where
            &'static str: $crate::sqlx::ColumnIndex<R>,
            String: $crate::sqlx::Decode<'r, R::Database> + $crate::sqlx::Type<R::Database>,
            i64: $crate::sqlx::Decode<'r, R::Database> + $crate::sqlx::Type<R::Database>,
            Option<String>: $crate::sqlx::Decode<'r, R::Database> + $crate::sqlx::Type<R::Database>,
            Option<i64>: $crate::sqlx::Decode<'r, R::Database> + $crate::sqlx::Type<R::Database>,
        {
            fn from_row(row: &'r R) -> ::std::result::Result<Self, $crate::sqlx::Error> {
                Ok(Self { $($field: $crate::sqlx::Row::try_get(row, stringify!($field))?),* })
            }
        }
    };
}
