//! Faults, with a witness: what was acknowledged holds afterwards, and nothing works that should not. And what operators
//! do to a cluster at work.

#[cfg(test)]
mod clocks;
#[cfg(test)]
mod late_answers;
#[cfg(test)]
mod postgres;
#[cfg(test)]
mod redis;
#[cfg(test)]
mod replicas;
#[cfg(test)]
mod rotations;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod smoke;
#[cfg(test)]
mod sqlite;
#[cfg(test)]
mod support;
#[cfg(test)]
mod tls;
