//! Proof Key for Code Exchange (RFC 7636), method S256 only.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use serde::{Deserialize, Serialize};

use crate::{catalogue, client::Pkce, error::OAuthError, secret};

/// A well-formed S256 challenge: 32 bytes in base64url.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Challenge(String);

impl Challenge {
    /// Reads `code_challenge` and `code_challenge_method`. Every method but S256 is refused. A challenge without a
    /// method is refused too, because it would be `plain` (RFC 7636 section 4.3); so is a method without a challenge.
    pub fn parse(challenge: Option<&str>, method: Option<&str>) -> Result<Option<Self>, OAuthError> {
        match (challenge, method) {
            (None, None) => Ok(None),
            (None, Some(_)) => Err(catalogue::PKCE_MALFORMED),
            (Some(challenge), Some("S256")) => match URL_SAFE_NO_PAD.decode(challenge) {
                Ok(bytes) if bytes.len() == 32 => Ok(Some(Self(challenge.to_owned()))),
                _ => Err(catalogue::PKCE_MALFORMED),
            },
            (Some(_), _) => Err(catalogue::PKCE_S256_ONLY),
        }
    }

    /// A challenge from the database, which was parsed before it was stored. A damaged one matches no verifier.
    pub fn stored(challenge: String) -> Self {
        Self(challenge)
    }

    /// The challenge as it was sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Checks that an authorization request has what the client's registration demands (TOK-8). `challenge` and `nonce` say
/// whether the request has one. `openid` says whether that scope was requested: without an ID token nobody can check
/// the nonce.
pub fn judge(rule: Pkce, challenge: bool, nonce: bool, openid: bool) -> Result<(), OAuthError> {
    match rule {
        _ if challenge => Ok(()),
        Pkce::Required => Err(catalogue::PKCE_REQUIRED),
        Pkce::OrNonce if nonce && openid => Ok(()),
        Pkce::OrNonce => Err(catalogue::PKCE_OR_NONCE_REQUIRED),
        Pkce::Optional => Ok(()),
    }
}

/// Compares a verifier with the stored challenge, in constant time. A verifier without a challenge is refused, and the
/// reverse (RFC 9700 section 4.8.2). Every failure is the same `invalid_grant`.
pub fn verify(challenge: Option<&Challenge>, verifier: Option<&str>) -> Result<(), OAuthError> {
    match (challenge, verifier) {
        (None, None) => Ok(()),
        (Some(challenge), Some(verifier)) if is_verifier(verifier) => {
            let computed =
                PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.to_owned()));
            if secret::eq(computed.as_str().as_bytes(), challenge.0.as_bytes()) {
                Ok(())
            } else {
                Err(catalogue::INVALID_CODE)
            }
        }
        _ => Err(catalogue::INVALID_CODE),
    }
}

/// RFC 7636 section 4.1. This is checked before hashing, because the library asserts the length.
fn is_verifier(text: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    (43..=128).contains(&text.len()) && text.bytes().all(unreserved)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn s256(challenge: &str) -> Challenge {
        Challenge::parse(Some(challenge), Some("S256")).unwrap().unwrap()
    }

    #[test]
    fn the_example_of_rfc_7636_appendix_b_verifies() {
        assert_eq!(verify(Some(&s256(CHALLENGE)), Some(VERIFIER)), Ok(()));
        assert_eq!(verify(None, None), Ok(()));
    }

    #[test]
    fn tok8_a_nonce_stands_in_for_a_challenge_only_with_openid_and_where_the_rule_says_so() {
        for (rule, nonce, openid, result) in [
            (Pkce::Required, true, true, Err(catalogue::PKCE_REQUIRED)),
            (Pkce::OrNonce, true, true, Ok(())),
            (Pkce::OrNonce, true, false, Err(catalogue::PKCE_OR_NONCE_REQUIRED)),
            (Pkce::OrNonce, false, true, Err(catalogue::PKCE_OR_NONCE_REQUIRED)),
            (Pkce::Optional, false, false, Ok(())),
        ] {
            assert_eq!(judge(rule, false, nonce, openid), result, "{rule:?} {nonce} {openid}");
            assert_eq!(judge(rule, true, nonce, openid), Ok(()), "a challenge is enough for every rule");
        }
    }

    #[test]
    fn a4_plain_a_missing_method_and_malformed_challenges_are_refused() {
        let parse = |challenge, method| Challenge::parse(challenge, method).unwrap_err();
        assert_eq!(parse(Some(CHALLENGE), None), catalogue::PKCE_S256_ONLY);
        assert_eq!(parse(Some(CHALLENGE), Some("plain")), catalogue::PKCE_S256_ONLY);
        assert_eq!(parse(Some(CHALLENGE), Some("s256")), catalogue::PKCE_S256_ONLY);
        assert_eq!(parse(None, Some("S256")), catalogue::PKCE_MALFORMED);
        let long = "a".repeat(44);
        for challenge in
            [&CHALLENGE[1..], &long, VERIFIER_WITH_STRAY_BITS, "", &format!("{CHALLENGE}="), &"!".repeat(43)]
        {
            assert_eq!(parse(Some(challenge), Some("S256")), catalogue::PKCE_MALFORMED, "{challenge}");
        }
    }

    /// 43 characters, of which the last one has bits beyond the 32 bytes.
    const VERIFIER_WITH_STRAY_BITS: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cN";

    #[test]
    fn t7_a_verifier_without_a_challenge_and_the_reverse_are_refused() {
        assert_eq!(verify(None, Some(VERIFIER)), Err(catalogue::INVALID_CODE));
        assert_eq!(verify(Some(&s256(CHALLENGE)), None), Err(catalogue::INVALID_CODE));
        assert_eq!(verify(Some(&s256(CHALLENGE)), Some(CHALLENGE)), Err(catalogue::INVALID_CODE));
    }

    proptest! {
        #[test]
        fn z14_a_verifier_is_accepted_exactly_when_well_formed_and_matching(
            verifier in "[A-Za-z0-9._~+ é-]{0,140}", other in "[A-Za-z0-9._~-]{43,128}"
        ) {
            let digest = URL_SAFE_NO_PAD.encode(openssl::sha::sha256(verifier.as_bytes()));
            let syntax = (43..=128).contains(&verifier.len())
                && verifier.chars().all(|c| c.is_ascii_alphanumeric() || "-._~".contains(c));
            prop_assert_eq!(verify(Some(&s256(&digest)), Some(&verifier)).is_ok(), syntax);
            prop_assert_eq!(verify(Some(&s256(&digest)), Some(&other)).is_ok(), syntax && other == verifier);
        }

        #[test]
        fn z14_reading_a_challenge_is_total(challenge in ".{0,60}", method in ".{0,8}") {
            prop_assert!(Challenge::parse(Some(&challenge), Some(&method)).is_err());
        }
    }
}
