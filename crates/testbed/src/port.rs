//! Reserves a port for a server of a test.

use std::{
    os::{
        linux::net::SocketAddrExt,
        unix::net::{SocketAddr, UnixListener},
    },
    sync::atomic::{AtomicU16, Ordering},
};

/// First port of a range between the ports of tests' systems and the ephemeral ports of the machine, so that no other
/// process takes a server's port while the server is down.
const FIRST: u16 = 32_200;
const PAIRS: u16 = 283;

/// A port and the next one, reserved for one server until this is dropped.
#[derive(Debug)]
pub struct Port {
    number: u16,
    // an abstract socket name: only one process of the machine can have it, and it is freed when the process ends
    _reservation: UnixListener,
}

impl Port {
    /// Reserves a pair of ports that no other server of a test on this machine has.
    ///
    /// # Panics
    /// When all are taken.
    pub fn reserve() -> Self {
        static NEXT: AtomicU16 = AtomicU16::new(0);
        // programs that run in parallel start at different numbers
        let mine = u16::try_from(std::process::id() % u32::from(PAIRS)).unwrap_or_default();
        (0..PAIRS)
            .map(|_| NEXT.fetch_add(1, Ordering::Relaxed).wrapping_add(mine) % PAIRS)
            .find_map(|pair| Self::of(FIRST + 2 * pair))
            .expect("a free port")
    }

    /// The first of the two ports.
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
