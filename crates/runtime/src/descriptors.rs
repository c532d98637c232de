//! File descriptors: every connection and every open file is one, and a process gets only so many.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// The most connections that one listener ever keeps open: each takes some 24 KB of memory.
const MOST_CONNECTIONS: usize = 10_000;
/// What part of the descriptors the connections of one listener may take. A program has up to four listeners; the other
/// half is for databases, caches and calls to others, which have to work when strangers hold all connections.
const PART_OF_A_LISTENER: usize = 8;

/// Takes as many as the system would let this process have: it is started with fewer (often 1024) for the sake of
/// programs that can't use more. The first thing that a server does.
pub fn take_all() {
    let limit = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }) {
        tracing::debug!(%error, "the limit of open files could not be raised");
    }
}

/// How many connections one listener may keep open, once all descriptors were taken.
pub fn connections_of_a_listener() -> usize {
    of_a_listener(getrlimit(Resource::Nofile).maximum)
}

/// `None` is no limit.
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
