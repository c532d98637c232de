//! A request by a browser: which browser, in which session, from where.

use ::language::Language;
use http::HeaderMap;
use protocol::{
    acr::Amr,
    authorize::{Enrolled, FactorPolicy, SessionFacts},
    scope::Scope,
    secret,
    stored_time::{self, LEEWAY},
};
use web::{client_address::subscriber, csrf};

use super::{
    beside::{Beside, own_suffix},
    copies,
    language::{Saved, language},
    submission::Submission,
    trust,
};
use crate::{
    realm::Realm,
    store::{
        consents,
        factors::{self, Held},
        sessions::{self, Origin, Session},
    },
};

/// How often the use of a session is recorded at most, in seconds: not with every request.
const TOUCH_SECONDS: i64 = 60;
/// With a short idle time, use is recorded at most this many times within it.
const TOUCHES_PER_IDLE: i64 = 4;

/// How many tabs of a fresh browser can be told apart.
const MAX_SIBLINGS: usize = 8;

/// A browser's request.
#[derive(Clone)]
pub struct Visit {
    /// The value of the browser-binding cookie.
    pub browser: String,
    /// Bindings that the browser got in other tabs at the same moment. What it began with them belongs to it too.
    pub siblings: Vec<String>,
    /// Whether that value was made for this request, so that the cookie still has to be set.
    pub new_browser: bool,
    /// The live session of the browser's cookie.
    pub session: Option<Session>,
    /// The session of that cookie when it is no longer live but nobody ended it: signing out or in ends it.
    pub lapsed: Option<Session>,
    /// The browser's other sessions.
    pub beside: Beside,
    /// Where the request comes from.
    pub origin: Origin,
    /// The language of the answer, unless an app asks for another one.
    pub language: Language,
    /// The language that was chosen in this browser.
    pub saved_language: Option<Saved>,
    /// The request's id, in logs and on error pages.
    pub request_id: String,
    /// The form that the request sends, if any.
    pub submission: Option<Submission>,
}
opaque!(Visit);

impl Visit {
    /// Recognises the browser and its session by their cookies. A disabled account has no session.
    pub async fn recognise(
        realm: &Realm,
        headers: &HeaderMap,
        origin: Origin,
        request_id: String,
    ) -> database::Result<Self> {
        let (browser, new_browser) = match realm.cookies.browser.read(headers) {
            Some(value) if value.len() == 43 => (value, false),
            _ => (realm.new_token(), true),
        };
        let siblings = siblings(realm, headers);
        let in_use = realm.cookies.session.read(headers);
        let (session, lapsed) = match &in_use {
            None => (None, None),
            Some(value) => match live_session(realm, value).await? {
                Some(session) => (Some(session), None),
                None => (None, sessions::unended(&realm.store.facts, &secret::hash(value)).await?),
            },
        };
        Ok(Self {
            browser,
            siblings,
            new_browser,
            language: language(realm, headers, session.as_ref()),
            saved_language: Saved::read(realm, headers),
            beside: Beside::read(realm, headers, in_use),
            session,
            lapsed,
            origin,
            request_id,
            submission: None,
        })
    }

    /// The session that signing out ends: live or lapsed.
    pub fn to_end(&self) -> Option<&Session> {
        self.session.as_ref().or(self.lapsed.as_ref())
    }

    /// The same request in another session of this browser.
    #[must_use]
    pub fn in_session(&self, session: Session) -> Self {
        Self { session: Some(session), lapsed: None, ..self.clone() }
    }

    /// Whether the request's form has had its effect.
    pub fn has_settled(&self) -> bool {
        self.submission.as_ref().is_some_and(Submission::has_settled)
    }

    /// Whether the browser sent none of this realm's bindings.
    pub fn is_unbound(&self) -> bool {
        self.new_browser && self.siblings.is_empty()
    }

    /// The hashes of all bindings that the browser has.
    pub fn browser_hashes(&self) -> impl Iterator<Item = String> {
        std::iter::once(&self.browser).chain(&self.siblings).map(|binding| secret::hash(binding))
    }

    /// A keyed hash of the browser's network address, or of its IPv6 /64: what strangers make us store is counted by it
    /// (Q2).
    pub fn source(&self, realm: &Realm) -> String {
        let subscriber = subscriber(self.origin.address).to_string();
        realm.secrets.hidden(&["source", &subscriber].join("\u{1f}"))
    }

    /// SHA-256 of the browser-binding cookie.
    pub fn browser_hash(&self) -> String {
        secret::hash(&self.browser)
    }

    /// A token for the forms of one page. It is bound to the session, and so replaced with it (P4). Each page has a
    /// token of its own: it tells a form that is sent again from another form with the same values.
    pub fn csrf_token(&self, realm: &Realm) -> String {
        let page = realm.new_token();
        let mac = csrf::token(&realm.secrets.csrf.current, &self.csrf_binding(&self.browser, &page));
        format!("{page}.{mac}")
    }

    /// Whether a form carries the token of this browser and session.
    pub fn csrf_matches(&self, realm: &Realm, presented: &str) -> bool {
        let Some((page, mac)) = presented.split_once('.') else { return false };
        std::iter::once(&self.browser).chain(&self.siblings).any(|browser| {
            let binding = self.csrf_binding(browser, page);
            realm.secrets.csrf.accepted().any(|key| csrf::verify(key, &binding, mac))
        })
    }

    fn csrf_binding(&self, browser: &str, page: &str) -> String {
        let session = self.session.as_ref().map_or("", |session| session.id_hash.as_str());
        format!("{browser}.{session}.{page}")
    }

    /// The session as the rules see it.
    pub async fn facts(&self, realm: &Realm) -> database::Result<Option<SessionFacts>> {
        let Some(session) = &self.session else { return Ok(None) };
        let held = factors::held(&realm.store.facts, &session.user_id).await?;
        Ok(Some(self.facts_of(realm, session, held).await?))
    }

    async fn facts_of(
        &self,
        realm: &Realm,
        session: &Session,
        Held { enrolled, roles, models }: Held,
    ) -> database::Result<SessionFacts> {
        let factor = realm.config.factors.of(&roles);
        // a realm that has moved to an address without passkeys can't ask for those of before
        let passkeys = realm.passkeys.as_ref();
        let enrolled = Enrolled {
            passkey: enrolled.passkey && passkeys.is_some(),
            hardware: passkeys.is_some_and(|all| models.iter().any(|model| all.is_hardware(Some(model)))),
            ..enrolled
        };
        let amr = amr(session);
        Ok(SessionFacts {
            trusted_browser: enrolled.app
                && !amr.has_second_factor()
                && self.is_trusted(realm, session, factor).await?,
            user_id: session.user_id.clone(),
            auth_time: session.auth_time,
            amr,
            enrolled,
            factor,
        })
    }

    /// Whether this browser is spared the second factor that would be asked for.
    async fn is_trusted(
        &self,
        realm: &Realm,
        session: &Session,
        policy: FactorPolicy,
    ) -> database::Result<bool> {
        let account = trust::Account { id: &session.user_id, policy };
        trust::is_trusted(realm, &realm.store.facts, account, &self.browser_hash()).await
    }

    /// [`Visit::facts`] and the scope that the person has allowed that client so far, by one query.
    pub async fn facts_for(
        &self,
        realm: &Realm,
        client_id: &str,
    ) -> database::Result<Option<(SessionFacts, Scope)>> {
        let Some(session) = &self.session else { return Ok(None) };
        let (scope, held) = consents::with_factors(&realm.store.facts, &session.user_id, client_id).await?;
        let consented = scope.and_then(|scope| Scope::parse(&scope).ok()).unwrap_or_default();
        Ok(Some((self.facts_of(realm, session, held).await?, consented)))
    }
}

/// The bindings in cookies with names of their own. A new binding comes in two cookies: one with such a name, and the
/// common one, of which the last answer wins when a fresh browser opens several tabs at once.
fn siblings(realm: &Realm, headers: &HeaderMap) -> Vec<String> {
    let suffixes = realm.cookies.browser.suffixes(headers, MAX_SIBLINGS);
    let values = suffixes.iter().filter_map(|suffix| {
        let value = realm.cookies.browser.suffixed(suffix).read(headers)?;
        (value.len() == 43 && own_suffix(&value) == suffix).then_some(value)
    });
    values.collect()
}

/// The methods by which the session was signed in to.
pub fn amr(session: &Session) -> Amr {
    serde_json::from_str(&session.amr).unwrap_or_default()
}

/// The live session of a cookie, from a copy made a moment ago or from the database.
async fn live_session(realm: &Realm, cookie: &str) -> database::Result<Option<Session>> {
    let (id_hash, now) = (secret::hash(cookie), realm.now());
    if let Some(session) = copies::find(realm, &id_hash, now).await {
        return Ok(Some(session));
    }
    let (facts, idle) = (&realm.store.facts, realm.config.session.idle);
    let Some(mut session) = sessions::live(facts, &id_hash, now, idle).await? else { return Ok(None) };
    let unseen = stored_time::age(session.last_seen_at, now);
    if unseen.is_none_or(|seconds| seconds >= TOUCH_SECONDS.min(idle / TOUCHES_PER_IDLE)) {
        sessions::touch(facts, &id_hash, now, now + LEEWAY).await?;
        session.last_seen_at = now;
    }
    copies::keep(realm, &session, now).await;
    Ok(Some(session))
}
