//! How a test's system starts: with cheap password hashing, on ports of its own.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
};

use clock::{ManualClock, random::OsRandom};
use stack::{Options, Running};

/// The cheapest Argon2id parameters and the smallest keys that a realm's file allows.
pub(crate) const CHEAP: [(&str, &str); 3] =
    [("passwords.memory_kib", "19456"), ("passwords.iterations", "2"), ("keys.rsa_bits", "2048")];
/// The first port, below the ephemeral ports of the machine, so that a system finds its ports free after a restart.
const FIRST_PORT: u16 = 10_100;
/// Distance between two blocks of ports. A system uses its base port and the next two, and the
/// first two plus a hundred.
const BLOCK: u16 = 200;
const BASES_PER_BLOCK: u16 = 25;
const BLOCKS: u16 = 110;

pub(crate) fn all_overrides(more: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    let owned =
        |(realm, key, value): (&str, &str, &str)| (realm.to_owned(), key.to_owned(), value.to_owned());
    let cheap = ["customer", "admin"]
        .into_iter()
        .flat_map(|realm| CHEAP.map(|(key, value)| owned((realm, key, value))));
    cheap.chain(more.iter().copied().map(owned)).collect()
}

pub(crate) async fn start_somewhere(
    folder: &Path,
    clock: &Arc<ManualClock>,
    overrides: &[(String, String, String)],
) -> (u16, Running) {
    let mut last = None;
    for _ in 0..50 {
        let base = next_base();
        match Box::pin(stack::start(options(folder, base, clock, overrides))).await {
            Ok(running) => return (base, running),
            Err(error) if format!("{error:#}").contains("can't be listened on") => last = Some(error),
            Err(error) => panic!("the system does not start: {error:#}"),
        }
    }
    panic!("no free ports: {last:?}")
}

pub(crate) fn options(
    folder: &Path,
    base_port: u16,
    clock: &Arc<ManualClock>,
    overrides: &[(String, String, String)],
) -> Options {
    Options {
        data: PathBuf::from(folder),
        base_port,
        realms: None,
        overrides: overrides.to_vec(),
        clock: clock.clone(),
        random: Arc::new(OsRandom),
    }
}

/// The next base port to try. Test programs that run in parallel start at different numbers.
pub fn next_base() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let mine = u16::try_from(std::process::id() % 5000).unwrap_or_default();
    let index = NEXT.fetch_add(1, Ordering::Relaxed).wrapping_add(mine) % (BLOCKS * BASES_PER_BLOCK);
    base_port(index)
}

fn base_port(index: u16) -> u16 {
    FIRST_PORT + (index / BASES_PER_BLOCK) * BLOCK + (index % BASES_PER_BLOCK) * 4
}

#[cfg(test)]
mod tests {
    use settings::blocked_port::is_blocked;

    use super::*;

    const FIRST_EPHEMERAL: u16 = 32_768;

    #[test]
    fn a_browser_opens_every_port_that_a_system_may_get() {
        for base in (0..BLOCKS * BASES_PER_BLOCK).map(base_port) {
            for port in [base, base + 1, base + BLOCK / 2, base + BLOCK / 2 + 1] {
                assert!(!is_blocked(port) && port < FIRST_EPHEMERAL, "{port}");
            }
        }
    }
}
