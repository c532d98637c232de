//! What a password hash costs.

use argon2::Params;

/// Bytes of a password hash.
pub(super) const OUTPUT_BYTES: usize = 32;

/// Argon2id parameters for new hashes. Each stored hash has its own parameters in its PHC string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashParams {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over that memory.
    pub iterations: u32,
    /// Lanes; they are computed one after another.
    pub parallelism: u32,
}

impl HashParams {
    /// The two lowest costs that a realm may be configured with: much memory and one pass, or less memory and two. Both
    /// take an attacker equally long (W6, OWASP Password Storage Cheat Sheet).
    pub const LEAST: [Self; 2] = [
        Self { memory_kib: 47_104, iterations: 1, parallelism: 1 },
        Self { memory_kib: 19_456, iterations: 2, parallelism: 1 },
    ];

    /// The largest cost that a stored hash may have, unless the realm's own is larger. A row damaged into "4 TiB" is
    /// treated as unreadable and not computed.
    pub(super) const CEILING: Self = Self { memory_kib: 256 * 1024, iterations: 16, parallelism: 16 };

    /// Whether it costs at least as much as one of [`Self::LEAST`].
    pub fn is_enough(self) -> bool {
        Self::LEAST
            .iter()
            .any(|least| self.memory_kib >= least.memory_kib && self.iterations >= least.iterations)
    }

    /// The library's form of these parameters; an error when one is out of the library's range.
    pub(super) fn checked(self) -> argon2::Result<Params> {
        Params::new(self.memory_kib, self.iterations, self.parallelism, Some(OUTPUT_BYTES))
    }

    pub(super) fn or_more(self, other: Self) -> Self {
        Self {
            memory_kib: self.memory_kib.max(other.memory_kib),
            iterations: self.iterations.max(other.iterations),
            parallelism: self.parallelism.max(other.parallelism),
        }
    }

    pub(super) fn within(self, ceiling: Self) -> bool {
        self.or_more(ceiling) == ceiling
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w6_a_cost_is_enough_with_much_memory_once_or_less_of_it_twice() {
        for (memory_kib, iterations, enough) in [
            (47_104, 1, true),
            (19_456, 2, true),
            (65_536, 3, true),
            (47_103, 1, false),
            (19_455, 2, false),
            (19_455, 64, false),
            (1_000_000, 0, false),
        ] {
            let cost = HashParams { memory_kib, iterations, parallelism: 1 };
            assert_eq!(cost.is_enough(), enough, "{cost:?}");
        }
    }
}
