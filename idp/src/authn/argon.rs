//! One Argon2id engine: the working memory of one thread, and the PHC strings that it writes and reads.

use std::{fmt, sync::Arc};

use argon2::{
    Algorithm, Argon2, Block, Params, PasswordHash, Version,
    password_hash::phc::{Output, ParamsString, Salt},
};
use secrecy::{ExposeSecret, SecretSlice};

use super::{
    cost::{HashParams, OUTPUT_BYTES},
    imported::Imported,
    password::Password,
};

/// The peppers that a realm mixes into its password hashes.
pub struct Peppers {
    /// For every new hash.
    pub current: SecretSlice<u8>,
    /// For older hashes, while the pepper rotates.
    pub previous: Option<SecretSlice<u8>>,
}

impl From<Vec<u8>> for Peppers {
    fn from(current: Vec<u8>) -> Self {
        Self { current: current.into(), previous: None }
    }
}

impl fmt::Debug for Peppers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Peppers([redacted])")
    }
}

/// The result of a password check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// The password is right.
    Match {
        /// Whether to replace the stored hash: it was made with other parameters or the previous pepper.
        rehash: bool,
    },
    /// The password is wrong, the user is unknown, or the stored hash is unreadable.
    Mismatch,
}

/// Hashes with one realm's parameters and peppers. It keeps its working memory from run to run, until [`Engine::rest`]
/// frees it.
pub(super) struct Engine {
    params: Params,
    ceiling: HashParams,
    peppers: Arc<Peppers>,
    /// Empty after [`Engine::rest`]. It is not wiped between runs: an attacker who can read this memory can read the
    /// pepper as well.
    memory: Vec<Block>,
}

impl Engine {
    pub(super) fn new(params: HashParams, peppers: Arc<Peppers>) -> argon2::Result<Self> {
        Ok(Self {
            params: params.checked()?,
            ceiling: HashParams::CEILING.or_more(params),
            peppers,
            memory: Vec::new(),
        })
    }

    /// Whether the working memory is freed.
    pub(super) fn rests(&self) -> bool {
        self.memory.is_empty()
    }

    /// Frees the working memory; the next run allocates it again.
    pub(super) fn rest(&mut self) {
        self.memory = Vec::new();
    }

    /// A new PHC string for `password`.
    pub(super) fn hash(&mut self, password: &Password, salt: [u8; 16]) -> argon2::Result<String> {
        let params = self.params.clone();
        let peppers = Arc::clone(&self.peppers);
        let hash = self.run(&params, password, peppers.current.expose_secret(), &salt)?;
        let phc = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&params).map_err(|_| argon2::Error::AlgorithmInvalid)?,
            salt: Some(Salt::new(&salt).map_err(|_| argon2::Error::SaltTooShort)?),
            hash: Some(hash),
        };
        Ok(phc.to_string())
    }

    /// Checks a password in constant time. Without a readable hash it does the same work and returns
    /// [`Check::Mismatch`] (W6, W7). While there is a previous pepper, every password is hashed with both, so that the
    /// time reveals nothing about the user.
    pub(super) fn verify(&mut self, password: &Password, stored: Option<&str>) -> argon2::Result<Check> {
        if let Some(imported) = stored.and_then(Imported::read) {
            // a run of our own too: a wrong password for such a hash never costs less than any other
            self.verify(password, None)?;
            let is_right = imported.is_of(password.bytes());
            return Ok(if is_right { Check::Match { rehash: true } } else { Check::Mismatch });
        }
        let stored = stored.and_then(|phc| Stored::parse(phc, self.ceiling));
        let (params, salt) = match &stored {
            Some(stored) => (stored.params.clone(), stored.salt.as_ref()),
            None => (self.params.clone(), [0; 16].as_slice()),
        };
        let peppers = Arc::clone(&self.peppers);
        let current = self.run(&params, password, peppers.current.expose_secret(), salt)?;
        let previous = match &peppers.previous {
            Some(pepper) => Some(self.run(&params, password, pepper.expose_secret(), salt)?),
            None => None,
        };
        let Some(stored) = &stored else { return Ok(Check::Mismatch) };
        // `Output` compares in constant time.
        Ok(if current == stored.hash {
            Check::Match { rehash: params != self.params }
        } else if previous.is_some_and(|previous| previous == stored.hash) {
            Check::Match { rehash: true }
        } else {
            Check::Mismatch
        })
    }

    fn run(
        &mut self,
        params: &Params,
        password: &Password,
        pepper: &[u8],
        salt: &[u8],
    ) -> argon2::Result<Output> {
        let blocks = params.block_count();
        if self.memory.len() < blocks {
            // reserves exactly this much: a growing `Vec` would reserve up to twice as much
            self.memory.reserve_exact(blocks - self.memory.len());
            self.memory.resize(blocks, Block::new());
        }
        let argon = Argon2::new_with_secret(pepper, Algorithm::Argon2id, Version::V0x13, params.clone())?;
        let mut out = [0; OUTPUT_BYTES];
        argon.hash_password_into_with_memory(password.bytes(), salt, &mut out, &mut self.memory)?;
        // A stored hash with larger parameters must not keep its memory allocated in this thread.
        let usual = self.params.block_count().max(1);
        if self.memory.len() > usual {
            self.memory.truncate(usual);
            self.memory.shrink_to_fit();
        }
        Output::new(&out).map_err(|_| argon2::Error::OutputTooLong)
    }
}

/// A PHC string that this engine could have written.
struct Stored {
    params: Params,
    salt: Salt,
    hash: Output,
}

impl Stored {
    fn parse(phc: &str, ceiling: HashParams) -> Option<Self> {
        let phc = PasswordHash::new(phc).ok()?;
        let ours = phc.algorithm == Algorithm::Argon2id.ident() && phc.version == Some(Version::V0x13.into());
        let found = Params::try_from(&phc).ok()?;
        if !ours || !found.keyid().is_empty() || !found.data().is_empty() {
            return None;
        }
        let asked = HashParams {
            memory_kib: found.m_cost(),
            iterations: found.t_cost(),
            parallelism: found.p_cost(),
        };
        let (salt, hash) = (phc.salt?, phc.hash?);
        let sound = asked.within(ceiling) && salt.len() >= argon2::MIN_SALT_LEN && hash.len() == OUTPUT_BYTES;
        sound.then_some(())?;
        Some(Self { params: asked.checked().ok()?, salt, hash })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authn::password::normalise;

    const CHEAP: HashParams = HashParams { memory_kib: 64, iterations: 1, parallelism: 1 };

    fn engine(params: HashParams) -> Engine {
        Engine::new(params, Arc::new(b"pepper".to_vec().into())).unwrap()
    }

    fn password(text: &str) -> Password {
        normalise(text).unwrap()
    }

    #[test]
    fn w6_a_hash_matches_its_password_only() {
        let mut engine = engine(CHEAP);
        let phc = engine.hash(&password("correct horse"), [7; 16]).unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{phc}");
        let verify = |engine: &mut Engine, text: &str| engine.verify(&password(text), Some(&phc)).unwrap();
        assert_eq!(verify(&mut engine, "correct horse"), Check::Match { rehash: false });
        assert_eq!(verify(&mut engine, "Correct horse"), Check::Mismatch);
    }

    #[test]
    fn w6_salt_and_pepper_both_change_the_hash() {
        let phc = engine(CHEAP).hash(&password("correct horse"), [7; 16]).unwrap();
        assert_ne!(phc, engine(CHEAP).hash(&password("correct horse"), [8; 16]).unwrap());
        let mut other = Engine::new(CHEAP, Arc::new(b"salt".to_vec().into())).unwrap();
        assert_eq!(other.verify(&password("correct horse"), Some(&phc)).unwrap(), Check::Mismatch);
    }

    #[test]
    fn w6_other_parameters_still_match_and_ask_for_a_rehash() {
        let old = engine(HashParams { memory_kib: 128, ..CHEAP })
            .hash(&password("correct horse"), [7; 16])
            .unwrap();
        let mut engine = engine(CHEAP);
        assert_eq!(
            engine.verify(&password("correct horse"), Some(&old)).unwrap(),
            Check::Match { rehash: true }
        );
        assert_eq!(engine.memory.len(), 64, "the larger memory is given back");
    }

    #[test]
    fn w6_a_corrupt_hash_is_a_mismatch_after_a_real_run() {
        let good = engine(CHEAP).hash(&password("correct horse"), [7; 16]).unwrap();
        let corrupt = [
            String::new(),
            "correct horse".to_owned(),
            good.replace("argon2id", "argon2i"),
            good.replace("v=19", "v=16"),
            good.replace("m=64", "m=4194304"),
            good.replace("m=64", "m=1"),
            good.replace("t=1", "t=4000000000"),
            good.replace("p=1$", "p=1,data=AAAA$"),
            good[..good.len() - 8].to_owned(),
            good[..good.rfind('$').unwrap()].to_owned(),
            format!("{good}$"),
        ];
        for phc in corrupt {
            let mut engine = engine(CHEAP);
            assert_eq!(
                engine.verify(&password("correct horse"), Some(&phc)).unwrap(),
                Check::Mismatch,
                "{phc}"
            );
            assert!(worked(&engine), "no work for {phc}");
        }
    }

    #[test]
    fn w7_an_unknown_user_costs_one_real_run() {
        let mut engine = engine(CHEAP);
        assert!(engine.memory.is_empty(), "no memory before the first run");
        assert_eq!(engine.verify(&password("correct horse"), None).unwrap(), Check::Mismatch);
        assert!(worked(&engine));
    }

    fn rotating(current: &[u8], previous: &[u8]) -> Engine {
        let peppers = Peppers { current: current.to_vec().into(), previous: Some(previous.to_vec().into()) };
        Engine::new(CHEAP, Arc::new(peppers)).unwrap()
    }

    #[test]
    fn p10_a_hash_of_the_previous_pepper_matches_and_asks_for_a_rehash() {
        let old = engine(CHEAP).hash(&password("correct horse"), [7; 16]).unwrap();
        let mut both = rotating(b"new", b"pepper");
        let mut check = |text: &str, phc: &str| both.verify(&password(text), Some(phc)).unwrap();
        assert_eq!(check("correct horse", &old), Check::Match { rehash: true });
        assert_eq!(check("wrong horse", &old), Check::Mismatch);
        let mut new = Engine::new(CHEAP, Arc::new(b"new".to_vec().into())).unwrap();
        assert_eq!(new.verify(&password("correct horse"), Some(&old)).unwrap(), Check::Mismatch);
        let hash = rotating(b"new", b"pepper").hash(&password("correct horse"), [7; 16]).unwrap();
        assert_eq!(check("correct horse", &hash), Check::Match { rehash: false });
        assert_eq!(
            new.verify(&password("correct horse"), Some(&hash)).unwrap(),
            Check::Match { rehash: false }
        );
    }

    #[test]
    fn w7_with_a_previous_pepper_everybody_costs_both_runs() {
        let current = rotating(b"new", b"pepper").hash(&password("correct horse"), [0; 16]).unwrap();
        // the memory after the last run: that of the previous pepper, for this password and salt
        let mut last = engine(CHEAP);
        last.hash(&password("correct horse"), [0; 16]).unwrap();
        for stored in [None, Some("corrupt"), Some(current.as_str())] {
            let mut both = rotating(b"new", b"pepper");
            both.verify(&password("correct horse"), stored).unwrap();
            let same = both.memory.iter().zip(&last.memory).all(|(a, b)| a.as_ref() == b.as_ref());
            assert!(same && both.memory.len() == last.memory.len(), "{stored:?}");
        }
    }

    #[test]
    fn w2_a_password_of_128_code_points_counts_to_its_last() {
        let mut engine = engine(CHEAP);
        let long = "🔑".repeat(127);
        let phc = engine.hash(&password(&format!("{long}a")), [7; 16]).unwrap();
        let check = |engine: &mut Engine, last| {
            engine.verify(&password(&format!("{long}{last}")), Some(&phc)).unwrap()
        };
        assert_eq!(check(&mut engine, "a"), Check::Match { rehash: false });
        assert_eq!(check(&mut engine, "b"), Check::Mismatch);
    }

    #[test]
    fn w2_two_spellings_of_one_letter_are_one_password() {
        let mut engine = engine(CHEAP);
        let phc = engine.hash(&password("caf\u{e9} au lait"), [7; 16]).unwrap();
        assert_eq!(
            engine.verify(&password("cafe\u{301} au lait"), Some(&phc)).unwrap(),
            Check::Match { rehash: false }
        );
    }

    /// Whether Argon2 has filled this engine's memory.
    fn worked(engine: &Engine) -> bool {
        engine.memory.len() == 64
            && engine.memory.iter().all(|block| block.as_ref().iter().any(|word| *word != 0))
    }
}
