//! Databases that fail.

#[cfg(test)]
mod migrators;
#[cfg(test)]
mod postgres;
#[cfg(test)]
mod sqlite;
#[cfg(test)]
mod unreachable;
