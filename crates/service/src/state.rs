//! The state that handlers share.

use std::{fmt, ops::Deref, sync::Arc};

use axum::extract::FromRef;
use clock::{
    SharedClock,
    random::{SharedRandom, token, uuid_v7},
    when::When,
};
use database::Db;
use relying_party::{Realm, RelyingParty};
use web::{cookie::CookieSpec, security_headers::PagePolicy};

use crate::{
    config::ServiceConfig,
    open::{Ambient, Databases, Resources},
};

/// The state that handlers of a service with the configuration `C` share. Cheap to clone.
pub struct AppState<R: Realm, C>(Arc<Shared<R, C>>);

/// The parts of an [`AppState`].
#[derive(Debug)]
pub struct Shared<R: Realm, C> {
    /// The relying party of the service's realm.
    pub relying_party: Arc<RelyingParty<R>>,
    /// Catalogue, carts, orders, content.
    pub db: Db,
    /// Browser sessions.
    pub sessions: Db,
    /// The time.
    pub clock: SharedClock,
    /// Randomness.
    pub random: SharedRandom,
    /// The service's configuration.
    pub config: C,
    /// The cookie of the language that was chosen in a browser.
    pub language_cookie: CookieSpec,
    /// The content security policy of pages: forms may lead to this service, and by a redirect to the realm (S6).
    pub page_policy: PagePolicy,
}

impl<R: Realm, C: AsRef<ServiceConfig>> AppState<R, C> {
    /// Puts the parts together. With `report_only`, browsers only report violations of the pages' content security
    /// policy instead of preventing them.
    pub fn new(config: C, resources: Resources<R>, language_cookie: CookieSpec, report_only: bool) -> Self {
        let Resources { relying_party, databases, ambient } = resources;
        let Databases { commerce, sessions } = databases;
        let Ambient { clock, random } = ambient;
        let policy = PagePolicy::with_form_action([relying_party.issuer_origin()]);
        Self(Arc::new(Shared {
            relying_party: Arc::new(relying_party),
            db: commerce,
            sessions,
            clock,
            random,
            config,
            language_cookie,
            page_policy: PagePolicy { report_only, ..policy },
        }))
    }

    /// The configuration keys that both services have.
    pub fn service(&self) -> &ServiceConfig {
        self.config.as_ref()
    }

    /// The current time in Unix seconds.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// A point in time in the configured time zone, for people.
    pub fn when(&self, seconds: i64) -> When {
        self.service().time_zone.at(seconds)
    }

    /// A new identifier (UUID version 7).
    pub fn new_id(&self) -> String {
        uuid_v7(self.now(), &*self.random)
    }

    /// A new secret random token.
    pub fn new_token(&self) -> String {
        token(&*self.random)
    }

    /// The page of a person's account at the realm, with a link back to this service.
    pub fn account_url(&self) -> String {
        self.relying_party.config().account_url()
    }
}

impl<R: Realm, C> Clone for AppState<R, C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<R: Realm, C> fmt::Debug for AppState<R, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppState").field("realm", &R::NAME).finish_non_exhaustive()
    }
}

impl<R: Realm, C> Deref for AppState<R, C> {
    type Target = Shared<R, C>;

    fn deref(&self) -> &Shared<R, C> {
        &self.0
    }
}

impl<R: Realm, C> FromRef<AppState<R, C>> for Arc<RelyingParty<R>> {
    fn from_ref(app: &AppState<R, C>) -> Self {
        Arc::clone(&app.relying_party)
    }
}
