//! One switch that tells every part of a process to finish.

use std::sync::{Arc, atomic::AtomicBool};

use signal_hook::flag;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
};

/// A one-way switch, cheap to clone. Once it has fired, it stays fired.
#[derive(Debug, Clone)]
pub struct Shutdown(Arc<watch::Sender<bool>>);

impl Default for Shutdown {
    fn default() -> Self {
        Self::new()
    }
}

impl Shutdown {
    /// A switch that hasn't fired.
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    /// A switch fired by SIGTERM or SIGINT. A second signal ends the process at once, with exit code 1. The signal
    /// handler does that itself, because a stuck runtime would not notice the signal. It skips the handlers of `exit`,
    /// because OpenSSL's free memory that threads are using while they make keys.
    ///
    /// # Errors
    /// The signal handlers can't be installed. It needs a running Tokio runtime.
    pub fn on_signals() -> std::io::Result<Self> {
        let (term, int) = (SignalKind::terminate(), SignalKind::interrupt());
        let second = Arc::new(AtomicBool::new(false));
        for kind in [term, int] {
            // The order matters: at the first signal the flag is not set yet, and is then set.
            flag::register_conditional_shutdown(kind.as_raw_value(), 1, second.clone())?;
            flag::register(kind.as_raw_value(), second.clone())?;
        }
        let (mut term, mut int) = (signal(term)?, signal(int)?);
        let shutdown = Self::new();
        let switch = shutdown.clone();
        tokio::spawn(async move {
            let name = tokio::select! { _ = term.recv() => "SIGTERM", _ = int.recv() => "SIGINT" };
            tracing::info!(signal = name, "shutting down; a second signal stops at once");
            switch.fire();
        });
        Ok(shutdown)
    }

    /// Fires the switch; firing again changes nothing.
    pub fn fire(&self) {
        self.0.send_replace(true);
    }

    /// Whether the switch has fired.
    pub fn is_fired(&self) -> bool {
        *self.0.borrow()
    }

    /// Resolves when the switch fires, or at once if it already has.
    pub async fn fired(&self) {
        // The sender lives as long as `self`, so waiting can't fail before the switch fires.
        let _ = self.0.subscribe().wait_for(|fired| *fired).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_clone_sees_the_switch_fire_and_it_stays_fired() {
        let shutdown = Shutdown::new();
        let (before, after) = (shutdown.clone(), shutdown.clone());
        let waiting = tokio::spawn(async move { before.fired().await });
        assert!(!shutdown.is_fired());
        shutdown.fire();
        waiting.await.unwrap();
        after.fired().await;
        assert!(after.is_fired());
    }
}
