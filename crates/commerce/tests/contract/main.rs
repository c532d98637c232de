//! Every function of the domain on a real database, its races included.

#[cfg(test)]
mod cart;
#[cfg(test)]
mod catalogue;
#[cfg(test)]
mod change;
#[cfg(test)]
mod place;
#[cfg(test)]
mod races;
#[cfg(test)]
mod read;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod shop;
#[cfg(test)]
mod statements;
