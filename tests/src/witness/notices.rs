//! Where the realm tells the client of sign-outs (OUT-3, L4): a listener in the test's own process.

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

/// Logout tokens as they come in.
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

    /// What the client registers as its `backchannel_logout_uri`.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// From now on no notice is answered, and none counts as received.
    pub fn hold(&self) {
        self.open.send_replace(false);
    }

    /// Those that wait are answered, and all others.
    pub fn release(&self) {
        self.open.send_replace(true);
    }

    /// How many are being held: their senders are alive and wait for the answer.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Those that were received, and what was wrong with some: every one has to be a logout token of that realm for that
    /// client (L3), with an id of its own.
    pub fn read(&self, party: &RelyingParty, keys: &KeySet) -> (BTreeSet<Notice>, Vec<String>) {
        let inbox = self.inbox.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (mut notices, mut broken, mut ids) = (BTreeSet::new(), Vec::new(), BTreeSet::new());
        for token in inbox {
            // it may have come long ago
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

/// One that is being held, for as long as its sender waits.
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
    // without one it is noted as well: it will be found not to be a logout token
    let token = token.map(|(_, token)| token.into_owned()).unwrap_or_default();
    if open {
        notices.inbox.lock().unwrap_or_else(PoisonError::into_inner).push(token);
    }
    StatusCode::OK
}
