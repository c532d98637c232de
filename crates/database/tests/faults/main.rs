//! Databases that fail.

#[cfg(test)]
mod migrators;
#[cfg(test)]
mod postgres;
#[cfg(test)]
mod sqlite;
mod unreachable;
