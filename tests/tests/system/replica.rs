//! Another program on the same databases.

use std::sync::Arc;

use clock::random::OsRandom;
use end_to_end::{RelyingParty, System};
use idp::serve;
use runtime::shutdown::Shutdown;
use tokio::task::JoinHandle;
use url::Url;

/// A second listener of the customer realm, with memory and connections of its own.
pub struct Replica {
    port: u16,
    shutdown: Shutdown,
    served: JoinHandle<std::io::Result<()>>,
}

impl Replica {
    pub async fn start(system: &System) -> Self {
        let realm = system.replica("customer").await;
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        listener.set_nonblocking(true).unwrap();
        let shutdown = Shutdown::new();
        let ambient = (system.clock.clone() as _, Arc::new(OsRandom) as _);
        let served = tokio::spawn(serve::realm(realm, listener, ambient, shutdown.clone()));
        Self { port, shutdown, served }
    }

    /// The same address at this replica, as a balancer would forward it.
    pub fn at(&self, url: &Url) -> Url {
        let mut url = url.clone();
        url.set_port(Some(self.port)).unwrap();
        url
    }

    /// The client whose calls the balancer sends here.
    pub fn client(&self, client: &RelyingParty) -> RelyingParty {
        let mut here = client.clone();
        for (name, value) in here.metadata.as_object_mut().unwrap() {
            if let Some(url) = value.as_str().filter(|_| name.ends_with("_endpoint") || name == "jwks_uri") {
                *value = self.at(&Url::parse(url).unwrap()).as_str().into();
            }
        }
        here
    }

    pub async fn stop(self) {
        self.shutdown.fire();
        self.served.await.unwrap().unwrap();
    }
}
