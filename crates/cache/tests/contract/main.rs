//! The cache and its buckets, on a Redis with the shipped users: what they promise, and that nothing a server does
//! makes a difference but to speed.

#[cfg(test)]
mod entries;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod limiter;
#[cfg(test)]
mod permissions;
#[cfg(test)]
mod support;
