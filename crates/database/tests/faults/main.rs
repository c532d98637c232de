//! Databases that fail.

#[cfg(test)]
mod postgres;
