//! How many passwords the machine can hash, and how many signatures it makes: by the libraries themselves, so that nothing
//! of how this product does it is in it.

use std::{fmt, str::FromStr, thread::available_parallelism, time::Duration};

use anyhow::Context;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use openssl::{
    ec::{EcGroup, EcKey},
    ecdsa::EcdsaSig,
    hash::MessageDigest,
    nid::Nid,
    pkey::PKey,
    rsa::Rsa,
    sha::sha256,
    sign::Signer,
};

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
        let reported = || format!("`{text}` is not of the form m=65536,t=3,p=1");
        let mut parts = text.split(',');
        let mut part = |name: &str| {
            let value = parts.next()?.strip_prefix(name)?.strip_prefix('=')?;
            value.parse::<u32>().ok()
        };
        let all = (part("m"), part("t"), part("p"));
        let (Some(memory), Some(passes), Some(lanes)) = all else { return Err(reported()) };
        if parts.next().is_some() {
            return Err(reported());
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
pub fn argon2(cost: Cost, threads: usize, duration: Duration) -> anyhow::Result<f64> {
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

/// As much as is signed of a person's access token: its header and its claims, in base64url.
const SIGNED: [u8; 640] = [b'a'; 640];

/// ES256 signatures per second on all cores: ECDSA with P-256 and SHA-256.
pub fn es256(duration: Duration) -> anyhow::Result<f64> {
    let key = EcKey::generate(EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)?.as_ref())?;
    let rate = on_threads(cores(), duration, || || EcdsaSig::sign(&sha256(&SIGNED), &key).is_ok());
    rate.context("ES256 signatures can't be made")
}

/// RS256 signatures per second on all cores, with a key of that size: RSASSA-PKCS1-v1_5 with SHA-256.
pub fn rs256(bits: u32, duration: Duration) -> anyhow::Result<f64> {
    let key = PKey::from_rsa(Rsa::generate(bits)?)?;
    let sign = || Signer::new(MessageDigest::sha256(), &key)?.sign_oneshot_to_vec(&SIGNED);
    let rate = on_threads(cores(), duration, || || sign().is_ok());
    rate.context("RS256 signatures can't be made")
}

fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
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

    #[test]
    fn both_signatures_have_a_rate_and_a_key_that_can_not_be_made_is_told() {
        let moment = Duration::from_millis(5);
        let (es256, rs256) = (es256(moment).unwrap(), rs256(2048, moment).unwrap());
        assert!(es256 > rs256 && rs256 > 0.0, "{es256} {rs256}");
        assert!(super::rs256(1, moment).is_err());
    }
}
