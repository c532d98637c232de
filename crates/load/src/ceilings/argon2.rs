//! How many passwords the machine can hash.

use std::{fmt, str::FromStr, time::Duration};

use anyhow::Context;
use argon2::{Algorithm, Argon2, Block, Params, Version};

use super::on_threads;

/// The cost of a password hash, written as in PHC strings: `m=65536,t=3,p=1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// KiB.
    pub memory: u32,
    /// Passes.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl FromStr for Cost {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let told = || format!("`{text}` is not of the form m=65536,t=3,p=1");
        let mut parts = text.split(',');
        let mut part = |name: &str| {
            let value = parts.next()?.strip_prefix(name)?.strip_prefix('=')?;
            value.parse::<u32>().ok()
        };
        let all = (part("m"), part("t"), part("p"));
        let (Some(memory), Some(passes), Some(lanes)) = all else { return Err(told()) };
        if parts.next().is_some() {
            return Err(told());
        }
        // at most what takes a second or two
        let usual = (8..=1024 * 1024).contains(&memory) && (1..=16).contains(&passes);
        if !usual || Params::new(memory, passes, lanes, None).is_err() {
            return Err(format!("Argon2 is not measured with {text}"));
        }
        Ok(Self { memory, passes, lanes })
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "m={},t={},p={}", self.memory, self.passes, self.lanes)
    }
}

/// Argon2id hashes per second, by that many threads that keep their memory as the provider's workers do.
pub fn rate(cost: Cost, threads: usize, duration: Duration) -> anyhow::Result<f64> {
    let params = Params::new(cost.memory, cost.passes, cost.lanes, Some(32));
    let params = params.map_err(|error| anyhow::anyhow!("Argon2id with {cost}: {error}"))?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    let rate = on_threads(threads, duration, || {
        let mut memory = vec![Block::new(); params.block_count()];
        let argon = &argon;
        move || {
            let mut out = [0; 32];
            argon.hash_password_into_with_memory(b"velvet tundra 94", &[7; 16], &mut out, &mut memory).is_ok()
        }
    });
    rate.with_context(|| format!("passwords can't be hashed with {cost}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_written_as_in_phc_strings() {
        let cost: Cost = "m=65536,t=3,p=1".parse().unwrap();
        assert_eq!(
            (cost, cost.to_string().as_str()),
            (Cost { memory: 65536, passes: 3, lanes: 1 }, "m=65536,t=3,p=1")
        );
        for text in [
            "",
            "65536",
            "t=3,m=65536,p=1",
            "m=65536,t=3",
            "m=65536,t=3,p=1,x=1",
            "m=1,t=1,p=1",
            "m=99999999,t=3,p=1",
            "m=64,t=1,p=0",
        ] {
            assert!(text.parse::<Cost>().is_err(), "{text}");
        }
    }
}
