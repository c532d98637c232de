//! A request by a browser: which browser, in which session, from where.

use http::HeaderMap;
use protocol::{acr::Amr, authorize::SessionFacts, scope::Scope, secret};
use service::http::csrf;

use super::copies;
use crate::{
    realm::Realm,
    store::{
        consents, factors,
        sessions::{self, Origin, Session},
    },
};

/// How often a session in use is noted at most, seconds: not a write per request.
const TOUCH_SECONDS: i64 = 60;
/// A shorter idle time is this many times as long as what passes before use is noted.
const TOUCHES_PER_IDLE: i64 = 4;

/// A browser's request.
#[derive(Clone)]
pub struct Visit {
    /// The value of the browser-binding cookie.
    pub browser: String,
    /// Whether that value was made for this request and still has to be set.
    pub new_browser: bool,
    /// The live session of the browser's cookie.
    pub session: Option<Session>,
    /// The session of that cookie when it is no longer live but was never signed out: signing out or in ends it.
    pub lapsed: Option<Session>,
    /// Where it comes from.
    pub origin: Origin,
    /// The request's id, in logs and on error pages.
    pub request_id: String,
}
opaque!(Visit);

impl Visit {
    /// Recognises the browser and its session by their cookies. A session of an account that was disabled is none.
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
        let (session, lapsed) = match realm.cookies.session.read(headers) {
            None => (None, None),
            Some(value) => match live_session(realm, &value).await? {
                Some(session) => (Some(session), None),
                None => (None, sessions::unended(&realm.store.facts, &secret::hash(&value)).await?),
            },
        };
        Ok(Self { browser, new_browser, session, lapsed, origin, request_id })
    }

    /// The session that signing out ends: live or lapsed.
    pub fn to_end(&self) -> Option<&Session> {
        self.session.as_ref().or(self.lapsed.as_ref())
    }

    /// SHA-256 of the browser-binding cookie.
    pub fn browser_hash(&self) -> String {
        secret::hash(&self.browser)
    }

    /// The token every form of this browser carries: bound to the session, and so replaced with it (P4).
    pub fn csrf_token(&self, realm: &Realm) -> String {
        csrf::token(&realm.secrets.csrf.current, &self.csrf_binding())
    }

    /// Whether a form carries the token of this browser and session.
    pub fn csrf_matches(&self, realm: &Realm, presented: &str) -> bool {
        let binding = self.csrf_binding();
        realm.secrets.csrf.accepted().any(|key| csrf::verify(key, &binding, presented))
    }

    fn csrf_binding(&self) -> String {
        let session = self.session.as_ref().map_or("", |session| session.id_hash.as_str());
        format!("{}.{session}", self.browser)
    }

    /// The session as the rules see it.
    pub async fn facts(&self, realm: &Realm) -> database::Result<Option<SessionFacts>> {
        let Some(session) = &self.session else { return Ok(None) };
        let enrolled = factors::totp(&realm.store.facts, &session.user_id).await?.is_some();
        Ok(Some(facts(session, enrolled)))
    }

    /// [`Visit::facts`] and the scope that the person has allowed that client so far, by one look.
    pub async fn facts_for(
        &self,
        realm: &Realm,
        client_id: &str,
    ) -> database::Result<Option<(SessionFacts, Scope)>> {
        let Some(session) = &self.session else { return Ok(None) };
        let found = consents::with_factor(&realm.store.facts, &session.user_id, client_id).await?;
        let consented = found.0.and_then(|scope| Scope::parse(&scope).ok()).unwrap_or_default();
        Ok(Some((facts(session, found.1), consented)))
    }
}

fn facts(session: &Session, has_second_factor_enrolled: bool) -> SessionFacts {
    SessionFacts {
        user_id: session.user_id.clone(),
        auth_time: session.auth_time,
        amr: amr(session),
        has_second_factor_enrolled,
    }
}

/// How the session was signed in to.
pub fn amr(session: &Session) -> Amr {
    serde_json::from_str(&session.amr).unwrap_or_default()
}

/// The session of a cookie: a copy of a moment ago, or the row.
async fn live_session(realm: &Realm, cookie: &str) -> database::Result<Option<Session>> {
    let (id_hash, now) = (secret::hash(cookie), realm.now());
    if let Some(session) = copies::find(realm, &id_hash, now).await {
        return Ok(Some(session));
    }
    let (facts, idle) = (&realm.store.facts, realm.config.session.idle);
    let Some(mut session) = sessions::live(facts, &id_hash, now, idle).await? else { return Ok(None) };
    if now - session.last_seen_at >= TOUCH_SECONDS.min(idle / TOUCHES_PER_IDLE) {
        sessions::touch(facts, &id_hash, now).await?;
        session.last_seen_at = now;
    }
    copies::keep(realm, &session, now).await;
    Ok(Some(session))
}
