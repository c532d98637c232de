//! `realmkeep` as a program: what it makes of its configuration.

#[cfg(test)]
mod configuration;
#[cfg(test)]
mod memory;
