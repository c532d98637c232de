//! The program `idp`, as operators call it.

#[cfg(test)]
mod harness;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod migrate;
