//! How many signatures the machine makes, by OpenSSL itself: nothing of how this product makes a token is in it.

use std::{thread::available_parallelism, time::Duration};

use anyhow::Context;
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
    fn both_signatures_have_a_rate_and_a_key_that_can_not_be_made_is_told() {
        let moment = Duration::from_millis(5);
        let (es256, rs256) = (es256(moment).unwrap(), rs256(2048, moment).unwrap());
        assert!(es256 > rs256 && rs256 > 0.0, "{es256} {rs256}");
        assert!(super::rs256(1, moment).is_err());
    }
}
