//! The callback of a client of somebody else's making.

use axum::{Router, http::StatusCode, response::Html, routing::get};
use end_to_end::{RelyingParty, System};
use tokio::{net::TcpListener, task::JoinHandle};

/// A native client of the customer realm, which listens on loopback while the test lasts.
#[derive(Debug)]
pub struct Client {
    /// Its registration and its requests.
    pub party: RelyingParty,
    listening: JoinHandle<()>,
}

impl Client {
    /// Starts to listen on a free port, as RFC 8252 section 7.3 has it.
    pub async fn start(system: &System) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let router = Router::new()
            .route(
                "/callback",
                get(|| async { Html("<!doctype html><title>App</title><p id=app>Welcome back</p>") }),
            )
            .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }));
        let listening = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("a listener");
        });
        let mut party = RelyingParty::of(system, "customer", "demo-app").await;
        party.redirect_uri = format!("http://127.0.0.1:{port}/callback");
        Self { party, listening }
    }

    /// A request for the account's e-mail address and orders, which is not granted without asking.
    pub fn request(&self, changes: &[(&str, &str)]) -> String {
        let scope = ("scope", "openid profile email orders");
        let changes: Vec<_> = std::iter::once(scope).chain(changes.iter().copied()).collect();
        self.party.authorize(&changes).url.to_string()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.listening.abort();
    }
}
