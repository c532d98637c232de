//! Which port a server of a test listens on.

use std::{
    os::{
        linux::net::SocketAddrExt,
        unix::net::{SocketAddr, UnixListener},
    },
    sync::atomic::{AtomicU16, Ordering},
};

/// Between those that systems of tests take and those that the machine hands out by itself, so that nobody sits on it
/// while its server is down.
const FIRST: u16 = 32_200;
const PAIRS: u16 = 283;

/// A port and the one after it, for one server for as long as this lives.
#[derive(Debug)]
pub struct Port {
    number: u16,
    // a name that one process of the machine can have, and that goes with it
    _reservation: UnixListener,
}

impl Port {
    /// One that no server of a test on this machine has.
    ///
    /// # Panics
    /// When all are taken.
    pub fn reserve() -> Self {
        static NEXT: AtomicU16 = AtomicU16::new(0);
        // programs that run side by side begin at different ones
        let mine = u16::try_from(std::process::id() % u32::from(PAIRS)).unwrap_or_default();
        (0..PAIRS)
            .map(|_| NEXT.fetch_add(1, Ordering::Relaxed).wrapping_add(mine) % PAIRS)
            .find_map(|pair| Self::of(FIRST + 2 * pair))
            .expect("a free port")
    }

    /// The first of the two.
    pub fn number(&self) -> u16 {
        self.number
    }

    fn of(number: u16) -> Option<Self> {
        let name = SocketAddr::from_abstract_name(format!("realmkeep-test-port-{number}")).ok()?;
        Some(Self { number, _reservation: UnixListener::bind_addr(&name).ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_somebodys_until_it_is_let_go() {
        let number = FIRST + 2 * PAIRS;
        let held = Port::of(number);
        assert!(held.is_some() && Port::of(number).is_none());
        drop(held);
        assert!(Port::of(number).is_some());
        let (one, other) = (Port::reserve(), Port::reserve());
        assert!(one.number().abs_diff(other.number()) >= 2);
    }
}
