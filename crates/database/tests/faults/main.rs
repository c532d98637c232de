//! Databases that fail.

#[cfg(test)]
mod postgres;
#[cfg(test)]
mod sqlite;
