//! An interaction: a request that waits until its person has signed in, proved a second factor, consented.
//!
//! It is named in the URL, so that parallel tabs each resume their own, and bound to the browser by a cookie, so that
//! nobody can make another person finish it. Its row is kept for a while after its answer: a reload or the Back
//! button then finds what it was about and can offer to start again (S7).

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::{
    authorize::{AuthorizationRequest, Prompt, RequestedClaims},
    client::Client,
    scope::Scope,
    secret,
};
use serde::{Deserialize, Serialize};

use super::Visit;
use crate::{
    authn::throttle,
    paths::{self, Action},
    realm::Realm,
    store::{
        pending::{self, Pending},
        to_json,
    },
};

/// How long a person may take, seconds. Short, because anybody can begin one; whoever takes longer starts again with a click.
pub const LIFE_SECONDS: i64 = 900;

/// What an interaction is for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Purpose {
    /// A client's authorization request.
    Client {
        /// As judged.
        request: Box<AuthorizationRequest>,
        /// The subject of its verified `id_token_hint`.
        hint_subject: Option<String>,
    },
    /// A page of our own that needs somebody signed in.
    Account {
        /// Where to go on, a path of this realm.
        path: String,
        /// How fresh the sign-in has to be, seconds.
        max_age: Option<i64>,
    },
}

/// A request that waits for its person.
#[derive(Debug, Clone)]
pub struct Interaction {
    /// Its name in the URL.
    pub id: String,
    /// What it is for.
    pub purpose: Purpose,
    /// What happened in it so far.
    pub row: Pending,
}

impl Interaction {
    /// Starts one; the answer is its name.
    pub async fn begin(realm: &Realm, visit: &Visit, purpose: &Purpose) -> database::Result<String> {
        let id = realm.new_token();
        let now = realm.now();
        let life = (now, now + LIFE_SECONDS);
        let source = realm.secrets.hidden(&["source", &throttle::place(visit.origin.address)].join("\u{1f}"));
        let new = pending::New {
            id_hash: &secret::hash(&id),
            browser_hash: &visit.browser_hash(),
            source: &source,
            purpose: &to_json(purpose),
            life,
        };
        pending::begin(&realm.store.pending, &new).await?;
        pending::keep_newest(&realm.store.pending, &source, realm.config.requests.pending).await?;
        Ok(id)
    }

    /// The interaction of that name, for the browser that started it.
    pub async fn load(realm: &Realm, visit: &Visit, id: &str) -> database::Result<Option<Self>> {
        let id_hash = secret::hash(id);
        let mut row = None;
        for browser in visit.browser_hashes() {
            row = pending::load(&realm.store.pending, &id_hash, &browser).await?;
            if row.is_some() {
                break;
            }
        }
        Ok(row.and_then(|mut row| {
            // it is kept once: many may wait for a password at the same time
            let purpose = serde_json::from_str(&std::mem::take(&mut row.purpose)).ok()?;
            Some(Self { id: id.to_owned(), purpose, row })
        }))
    }

    /// The client whose request it is, whichever browser began it: it may be named to whoever knows the id.
    pub async fn client_of(realm: &Realm, id: &str) -> database::Result<Option<Arc<Client>>> {
        let purpose = pending::purpose(&realm.store.pending, &secret::hash(id)).await?;
        Ok(match purpose.and_then(|json| serde_json::from_str(&json).ok()) {
            Some(Purpose::Client { request, .. }) => realm.client(&request.client_id).cloned(),
            _ => None,
        })
    }

    /// Its name as stored.
    pub fn id_hash(&self) -> String {
        secret::hash(&self.id)
    }

    /// Whether it can still be answered.
    pub fn is_open(&self, now: i64) -> bool {
        self.row.completed_at.is_none() && self.row.expires_at > now
    }

    /// The code that answers it in that session: of two tabs or clicks both get the same one, as long as it may still be
    /// unused at `since` (A15). `None` when it had another answer before.
    pub async fn code(&self, realm: &Realm, sid: &str, since: i64) -> database::Result<Option<String>> {
        // made of secrets, so that nothing is stored that it could be read from
        let made = |key: &[u8; 32]| URL_SAFE_NO_PAD.encode(secret::hmac(key, &[&self.id, sid]));
        let (keys, pending, now) = (&realm.secrets.codes, &realm.store.pending, realm.now());
        let code = made(&keys.current);
        if self.is_open(now) && pending::answer(pending, &self.id_hash(), &secret::hash(&code), now).await? {
            return Ok(Some(code));
        }
        let row = pending::load(pending, &self.id_hash(), &self.row.browser_hash).await?;
        let answered =
            row.filter(|row| row.completed_at.is_some_and(|at| at > since)).and_then(|row| row.code_hash);
        Ok(answered.and_then(|hash| keys.accepted().map(made).find(|code| secret::hash(code) == hash)))
    }

    /// Whether it leads to a page of our own and its time isn't over: that page asks for itself who may see it, so that
    /// nothing is lost when somebody is led there again.
    pub fn is_for_a_page_of_ours(&self, now: i64) -> bool {
        matches!(self.purpose, Purpose::Account { .. }) && self.row.expires_at > now
    }

    /// Whether it was answered by a code after `since`.
    pub fn has_code(&self, since: i64) -> bool {
        self.row.code_hash.is_some() && self.row.completed_at.is_some_and(|at| at > since)
    }

    /// The request as the rules see it; a page of our own asks like a client of ours would.
    pub fn request(&self) -> AuthorizationRequest {
        match &self.purpose {
            Purpose::Client { request, .. } => (**request).clone(),
            Purpose::Account { max_age, .. } => own_request(*max_age),
        }
    }

    /// The client's request, when it is one.
    pub fn client_request(&self) -> Option<&AuthorizationRequest> {
        match &self.purpose {
            Purpose::Client { request, .. } => Some(request),
            Purpose::Account { .. } => None,
        }
    }

    /// The same purpose in a new interaction that begins with a sign-in, for "use another account".
    pub async fn begin_again_with_sign_in(&self, realm: &Realm, visit: &Visit) -> database::Result<String> {
        let mut purpose = self.purpose.clone();
        match &mut purpose {
            Purpose::Client { request, .. } => {
                request.prompt = request.prompt.with_new_sign_in();
            }
            Purpose::Account { max_age, .. } => *max_age = Some(0),
        }
        Self::begin(realm, visit, &purpose).await
    }

    /// Where its pages are.
    pub fn path(&self) -> String {
        paths::interaction(&self.id)
    }

    /// Where one of its forms or links leads.
    pub fn action(&self, action: Action) -> String {
        action.path(&self.id)
    }
}

/// What a page of our own asks for.
pub fn own_request(max_age: Option<i64>) -> AuthorizationRequest {
    AuthorizationRequest {
        client_id: String::new(),
        redirect_uri: String::new(),
        state: None,
        nonce: None,
        scope: Scope::default(),
        code_challenge: None,
        prompt: Prompt::default(),
        max_age,
        login_hint: None,
        id_token_hint: None,
        acr_values: Vec::new(),
        ui_locales: None,
        claims: RequestedClaims::default(),
    }
}
