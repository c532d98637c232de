//! Authenticator apps that were set up at another program: only those whose codes can be checked here.

use serde::Deserialize;
use serde_json::Value;

use crate::authn::totp::{STEP_SECONDS, Seed};

/// An app as a line of the file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    secret: String,
    #[serde(default = "digits")]
    digits: i64,
    #[serde(default = "period")]
    period: i64,
    #[serde(default = "algorithm")]
    algorithm: String,
}

const fn digits() -> i64 {
    6
}

const fn period() -> i64 {
    STEP_SECONDS
}

fn algorithm() -> String {
    "SHA1".to_owned()
}

/// Reads the member `totp`. The error continues a sentence about it, and tells nothing of the secret.
pub fn app(value: &Value) -> Result<Seed, &'static str> {
    let unclear = "must be an object with `secret`, and perhaps `digits`, `period` and `algorithm`";
    let Record { secret, digits, period, algorithm } = Record::deserialize(value).map_err(|_| unclear)?;
    if digits != 6 {
        return Err("must have 6 `digits`: apps with others can't be checked here");
    }
    if period != STEP_SECONDS {
        return Err("must have a `period` of 30 seconds: apps with others can't be checked here");
    }
    let algorithm: String = algorithm.chars().filter(char::is_ascii_alphanumeric).collect();
    if !["SHA1", "HMACSHA1"].iter().any(|known| algorithm.eq_ignore_ascii_case(known)) {
        return Err("must have the `algorithm` SHA1: apps with others can't be checked here");
    }
    let compact: String = secret.chars().filter(|c| !c.is_whitespace() && *c != '-' && *c != '=').collect();
    Seed::from_base32(&compact.to_ascii_uppercase())
        .ok_or("must have a `secret` in base32, of 16 to 64 bytes (RFC 4226 section 4)")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn j6_an_app_is_taken_over_when_its_codes_can_be_checked() {
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        for right in [
            json!({ "secret": secret }),
            json!({ "secret": "gezd gnbv gy3t qojq gezd gnbv gy3t qojq" }),
            json!({ "secret": secret, "digits": 6, "period": 30, "algorithm": "HmacSHA1" }),
            json!({ "secret": format!("{secret}===="), "algorithm": "sha-1" }),
        ] {
            assert_eq!(app(&right).unwrap().expose_bytes(), b"12345678901234567890", "{right}");
        }
        for (wrong, why) in [
            (json!("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "an object"),
            (json!({}), "an object"),
            (json!({ "secret": 7 }), "an object"),
            (json!({ "secret": secret, "issuer": "x" }), "an object"),
            (json!({ "secret": secret, "digits": 8 }), "`digits`"),
            (json!({ "secret": secret, "period": 60 }), "`period`"),
            (json!({ "secret": secret, "algorithm": "SHA256" }), "`algorithm`"),
            (json!({ "secret": "" }), "`secret`"),
            (json!({ "secret": "GEZDGNBVGY3TQOJQ" }), "16 to 64 bytes"),
            (json!({ "secret": "18" }), "`secret`"),
            (json!({ "secret": "GEZDGNBV".repeat(16) }), "16 to 64 bytes"),
        ] {
            let told = app(&wrong).err().unwrap_or_else(|| panic!("{wrong}"));
            assert!(told.contains(why) && !told.contains("GEZD"), "{wrong}: {told}");
        }
    }
}
