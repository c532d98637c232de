//! File descriptors. Each connection and each open file uses one, and their number is limited for each process.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// The most connections that one listener keeps open. Each takes about 24 KB of memory.
const MOST_CONNECTIONS: usize = 10_000;
/// One listener's connections may use one in so many descriptors. A program has up to four listeners, so half remains
/// for databases, caches and outbound calls, which have to work even when strangers hold all connections.
const PART_OF_A_LISTENER: usize = 8;

/// Raises the limit of open files to the hard limit. Processes start with a lower one (often 1024), for old programs
/// that can't use more. A server calls this first.
pub fn take_all() {
    let limit = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }) {
        tracing::debug!(%error, "the limit of open files could not be raised");
    }
}

/// How many connections one listener may keep open, after [`take_all`].
pub fn connections_of_a_listener() -> usize {
    of_a_listener(getrlimit(Resource::Nofile).maximum)
}

/// `None` means no limit on descriptors.
fn of_a_listener(descriptors: Option<u64>) -> usize {
    let part = descriptors.and_then(|all| usize::try_from(all).ok()).map(|all| all / PART_OF_A_LISTENER);
    part.unwrap_or(MOST_CONNECTIONS).clamp(1, MOST_CONNECTIONS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_get_a_part_of_the_descriptors_whatever_the_limit() {
        assert_eq!(of_a_listener(Some(1024)), 128);
        assert_eq!(of_a_listener(Some(1)), 1);
        assert_eq!(of_a_listener(Some(1_048_576)), MOST_CONNECTIONS);
        assert_eq!(of_a_listener(None), MOST_CONNECTIONS);
    }

    #[test]
    fn all_that_the_system_lets_us_have_are_taken() {
        take_all();
        let limit = getrlimit(Resource::Nofile);
        assert_eq!(limit.current, limit.maximum);
    }
}
