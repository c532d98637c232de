use serde::{Deserialize, Serialize};

/// A signature algorithm. Symmetric algorithms and `none` are not included, so no token can use them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    RS256,
    /// ECDSA on P-256 with SHA-256.
    ES256,
}

impl Algorithm {
    /// The registered name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RS256 => "RS256",
            Self::ES256 => "ES256",
        }
    }

    /// The algorithm with exactly this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::RS256, Self::ES256].into_iter().find(|algorithm| algorithm.as_str() == name)
    }
}

impl std::fmt::Display for Algorithm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k1_only_the_two_exact_names_are_algorithms() {
        assert_eq!(Algorithm::parse("RS256"), Some(Algorithm::RS256));
        assert_eq!(Algorithm::parse("ES256"), Some(Algorithm::ES256));
        for name in ["none", "None", "HS256", "rs256", "RS384", "PS256", "RSA1_5", "", "ES256 "] {
            assert_eq!(Algorithm::parse(name), None, "{name}");
        }
    }
}
