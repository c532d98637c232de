//! The client's receiver of back-channel logouts (OUT-3, L4): a listener in the test's process.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{Router, extract::State, http::StatusCode, routing::post};
use protocol::{jose::KeySet, logout::verify_logout_token};
use tokio::sync::watch;

use super::sessions::Notice;
use crate::{RelyingParty, relying_party::claims};

/// The received logout tokens.
#[derive(Debug, Clone)]
pub struct Notices {
    uri: String,
    inbox: Arc<Mutex<Vec<String>>>,
    open: watch::Sender<bool>,
    waiting: Arc<AtomicUsize>,
}

impl Notices {
    /// Listens until the test ends.
    pub async fn listen() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("its port").port();
        let notices = Self {
            uri: format!("http://localhost:{port}/backchannel-logout"),
            inbox: Arc::default(),
            open: watch::Sender::new(true),
            waiting: Arc::default(),
        };
        let router = Router::new().route("/backchannel-logout", post(receive)).with_state(notices.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        notices
    }

    /// The URL to register as the client's `backchannel_logout_uri`.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// From now on requests get no answer, and their notices don't count as received.
    pub fn hold(&self) {
        self.open.send_replace(false);
    }

    /// Answers the waiting requests, and all later ones.
    pub fn release(&self) {
        self.open.send_replace(true);
    }

    /// Number of requests that wait for an answer, with senders that are still alive.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// The received notices, and what was wrong with some of them: each has to be a logout token of this realm for this
    /// client (L3), with its own id.
    pub fn read(&self, party: &RelyingParty, keys: &KeySet) -> (BTreeSet<Notice>, Vec<String>) {
        let inbox = self.inbox.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (mut notices, mut broken, mut ids) = (BTreeSet::new(), Vec::new(), BTreeSet::new());
        for token in inbox {
            // verified at its own time, because it may have come long ago
            let then = claims(&token).get("iat").and_then(serde_json::Value::as_i64).unwrap_or_default();
            match verify_logout_token(keys, &token, party.issuer(), &party.client_id, then) {
                Ok(said) if ids.insert(said.jti.clone()) => {
                    notices.insert((said.sid.unwrap_or_default(), said.sub.unwrap_or_default()));
                }
                Ok(said) => broken.push(format!("the id of a logout token came twice: {}", said.jti)),
                Err(error) => broken.push(format!("what came is no logout token: {error:?} {token}")),
            }
        }
        (notices, broken)
    }
}

/// Counts a waiting request, until its sender gives up.
struct Waiting(Arc<AtomicUsize>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn receive(State(notices): State<Notices>, body: String) -> StatusCode {
    notices.waiting.fetch_add(1, Ordering::Relaxed);
    let waiting = Waiting(notices.waiting.clone());
    let open = notices.open.subscribe().wait_for(|open| *open).await.is_ok();
    drop(waiting);
    let token = url::form_urlencoded::parse(body.as_bytes()).find(|(name, _)| name == "logout_token");
    // a request without a token is kept too: the check will refuse it
    let token = token.map(|(_, token)| token.into_owned()).unwrap_or_default();
    if open {
        notices.inbox.lock().unwrap_or_else(PoisonError::into_inner).push(token);
    }
    StatusCode::OK
}
