//! An interaction: a request that waits until its person has signed in, proved a second factor, consented.
//!
//! Its id is in the URL, so that parallel tabs each resume their own. A cookie binds it to the browser, so that nobody
//! can make another person finish it. Its row is kept for a while after its answer: after a reload or the Back button,
//! the page can still say what it was about and offer to start again (S7).

use std::sync::Arc;

use ::language::Language;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::{
    acr,
    authorize::{AuthorizationRequest, Prompt, RequestedClaims},
    client::Client,
    scope::Scope,
    secret,
};
use serde::{Deserialize, Serialize};

use super::{Visit, language::Saved};
use crate::{
    paths::{self, Action},
    realm::Realm,
    store::{
        pending::{self, Pending},
        to_json,
    },
};

/// How long a person may take, in seconds. Short, because anybody can begin an interaction. A person who takes longer
/// starts again with a click.
pub const LIFE_SECONDS: i64 = 900;

/// What the person wished about accounts on the page before.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Wanted {
    /// To choose one of those that are signed in to in this browser.
    #[serde(default)]
    pub choice: bool,
    /// To sign in to a further one, beside the one in use (ACC-14).
    #[serde(default)]
    pub further: bool,
    /// To sign in to the one with this address.
    #[serde(default)]
    pub address: Option<String>,
}

/// What an interaction is for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Purpose {
    /// A client's authorization request.
    Client {
        /// The judged request.
        request: Box<AuthorizationRequest>,
        /// The subject that its `id_token_hint` or `claims` demand.
        hint_subject: Option<String>,
        /// What the person wished.
        #[serde(default)]
        wanted: Wanted,
    },
    /// A page of the realm itself that needs a signed-in person.
    Account {
        /// The path of that page.
        path: String,
        /// How old the sign-in may be at most, in seconds.
        max_age: Option<i64>,
        /// What the person wished.
        #[serde(default)]
        wanted: Wanted,
    },
}

/// A request that waits for its person.
#[derive(Debug, Clone)]
pub struct Interaction {
    /// Its id, as in the URL.
    pub id: String,
    /// What it is for.
    pub purpose: Purpose,
    /// What happened in it so far.
    pub row: Pending,
}

impl Interaction {
    /// Starts an interaction. Returns its id.
    pub async fn begin(realm: &Realm, visit: &Visit, purpose: &Purpose) -> database::Result<String> {
        let id = realm.new_token();
        let now = realm.now();
        let life = (now, now + LIFE_SECONDS);
        let source = visit.source(realm);
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

    /// The interaction of that id, but only for the browser that started it.
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
            // moved, not copied, to save memory while many interactions wait for a password check
            let purpose = serde_json::from_str(&std::mem::take(&mut row.purpose)).ok()?;
            Some(Self { id: id.to_owned(), purpose, row })
        }))
    }

    /// The client whose request it is, whichever browser began it. Its name may be shown to anybody who knows the id.
    pub async fn client_of(realm: &Realm, id: &str) -> database::Result<Option<Arc<Client>>> {
        let purpose = pending::purpose(&realm.store.pending, &secret::hash(id)).await?;
        Ok(match purpose.and_then(|json| serde_json::from_str(&json).ok()) {
            Some(Purpose::Client { request, .. }) => realm.client(&request.client_id).cloned(),
            _ => None,
        })
    }

    /// The hash of its id, as it is stored.
    pub fn id_hash(&self) -> String {
        secret::hash(&self.id)
    }

    /// Whether it can still be answered.
    pub fn is_open(&self, now: i64) -> bool {
        self.row.completed_at.is_none() && self.row.expires_at > now
    }

    /// The code that answers it in that session. Two tabs or clicks both get the same code, if the first one got it
    /// after `since` (A15). `None` when it was answered in another way before.
    pub async fn code(&self, realm: &Realm, sid: &str, since: i64) -> database::Result<Option<String>> {
        // derived from secrets, so that it can't be read from anything stored
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

    /// Whether it leads to a page of the realm itself and has not expired. That page checks who may see it, so a person
    /// can safely be led there again.
    pub fn is_for_a_page_of_ours(&self, now: i64) -> bool {
        matches!(self.purpose, Purpose::Account { .. }) && self.row.expires_at > now
    }

    /// Whether it was answered with a code after `since`.
    pub fn has_code(&self, since: i64) -> bool {
        self.row.code_hash.is_some() && self.row.completed_at.is_some_and(|at| at > since)
    }

    /// The request as the rules see it. A page of the realm itself asks as a first-party client would.
    pub fn request(&self) -> AuthorizationRequest {
        let request = match &self.purpose {
            Purpose::Client { request, .. } => (**request).clone(),
            Purpose::Account { max_age, .. } => own_request(*max_age),
        };
        let prompt = if self.wanted().choice { request.prompt.with_choice() } else { request.prompt };
        AuthorizationRequest { prompt, login_hint: self.login_hint().map(str::to_owned), ..request }
    }

    /// What the person wished about accounts.
    pub fn wanted(&self) -> &Wanted {
        let (Purpose::Client { wanted, .. } | Purpose::Account { wanted, .. }) = &self.purpose;
        wanted
    }

    /// The address that the person is expected to sign in with: of the account that was chosen, or what the client says.
    pub fn login_hint(&self) -> Option<&str> {
        let wanted = self.wanted();
        let asked = || self.client_request()?.login_hint.as_deref();
        // whoever wants another account doesn't want the one that the client has named
        wanted.address.as_deref().or_else(|| if wanted.further { None } else { asked() })
    }

    /// The language of its pages: the one that the client asks for, unless the person has chosen one since; otherwise
    /// that of the visit (S29).
    pub fn language(&self, realm: &Realm, visit: &Visit) -> Language {
        let offered = &realm.config.languages;
        let chosen = self.choice(visit).map(|saved| saved.language).filter(|chosen| offered.contains(chosen));
        let asked = self.client_request().and_then(|request| request.ui_locales.as_deref());
        chosen.or_else(|| asked.and_then(|tags| ::language::wanted(tags, offered))).unwrap_or(visit.language)
    }

    /// The language that the person chose since the client asked.
    fn choice(&self, visit: &Visit) -> Option<Saved> {
        visit.saved_language.filter(|saved| saved.chosen_at >= self.row.created_at)
    }

    /// The same purpose in a new interaction. A language that was chosen in this one counts there too.
    pub async fn begin_again(&self, realm: &Realm, visit: &Visit) -> database::Result<String> {
        Self::begin(realm, visit, &self.purpose_again(visit)).await
    }

    fn purpose_again(&self, visit: &Visit) -> Purpose {
        let mut purpose = self.purpose.clone();
        if let (Purpose::Client { request, .. }, Some(_)) = (&mut purpose, self.choice(visit)) {
            request.ui_locales = None;
        }
        purpose
    }

    /// The client's request, if it is for one.
    pub fn client_request(&self) -> Option<&AuthorizationRequest> {
        match &self.purpose {
            Purpose::Client { request, .. } => Some(request),
            Purpose::Account { .. } => None,
        }
    }

    /// The same purpose in a new interaction that begins with a sign-in, for "use another account".
    pub async fn begin_again_with_sign_in(
        &self,
        realm: &Realm,
        visit: &Visit,
        wish: Wanted,
    ) -> database::Result<String> {
        let mut purpose = self.purpose_again(visit);
        match &mut purpose {
            Purpose::Client { request, wanted, .. } => {
                request.prompt = request.prompt.with_new_sign_in();
                *wanted = wish;
            }
            Purpose::Account { max_age, wanted, .. } => {
                *max_age = Some(0);
                *wanted = wish;
            }
        }
        Self::begin(realm, visit, &purpose).await
    }

    /// The same purpose in a new interaction that begins with the choice of an account.
    pub async fn begin_again_with_choice(&self, realm: &Realm, visit: &Visit) -> database::Result<String> {
        let mut purpose = self.purpose_again(visit);
        let (Purpose::Client { wanted, .. } | Purpose::Account { wanted, .. }) = &mut purpose;
        *wanted = Wanted { choice: true, ..Wanted::default() };
        Self::begin(realm, visit, &purpose).await
    }

    /// The path of its pages.
    pub fn path(&self) -> String {
        paths::interaction(&self.id)
    }

    /// The path of one of its forms or links.
    pub fn action(&self, action: Action) -> String {
        action.path(&self.id)
    }
}

/// The request of one of the realm's own pages. One that needs a fresh sign-in changes how its owner signs in: it asks
/// for two factors of whoever has them, so that a password alone can't take a passkey away (MF5).
pub fn own_request(max_age: Option<i64>) -> AuthorizationRequest {
    let is_strong = max_age.is_some_and(|seconds| seconds > 0);
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
        acr_values: if is_strong { vec![acr::MULTI.to_owned()] } else { Vec::new() },
        ui_locales: None,
        claims: RequestedClaims::default(),
    }
}

#[cfg(test)]
mod tests {
    use testbed::in_flight::is_read_by_both;

    use super::*;

    #[test]
    fn upg1_a_sign_in_that_began_at_the_release_before_goes_on() {
        is_read_by_both::<Purpose>(
            r#"{"Client":{"request":{"client_id":"shop","redirect_uri":"https://shop.example/callback","state":"s",
                "nonce":"n","scope":"email openid","code_challenge":"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                "prompt":["login"],"max_age":60,"login_hint":"ada","id_token_hint":"h","acr_values":["phr"],
                "ui_locales":"de","claims":{"userinfo":{"name":true},"id_token":{"email":false},"subject":"u",
                "acr":["phr"]}},"hint_subject":"u"}}"#,
        );
        is_read_by_both::<Purpose>(r#"{"Account":{"path":"/account/passkeys","max_age":300}}"#);
    }
}
