//! What staff call each other and their customers: name and e-mail address, never a bare id.

use std::collections::{BTreeSet, HashMap};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use commerce::demo;
use commerce::people::{self, Person};
use relying_party::{Caller, SignedIn};

use super::desk::Desk;
use super::fault::PageFault;
use crate::access::Admin;
use crate::app::AppState;

/// Who reads a name that is theirs.
pub const YOU: &str = "you";
const COLLEAGUE: &str = "a colleague whose name is not known here yet";
const DEMO: &str = "the demo data";
const CUSTOMER: &str = "a customer whose name is not known here yet";

/// Middleware of the sign-in: keeps what to call whoever signed in. Without it they sign in all the same.
pub async fn know(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if let Some(SignedIn { issuer, subject, profile, .. }) = response.extensions().get() {
        let person = Person { name: profile.name.clone(), email: profile.email.clone() };
        if let Err(error) = people::remember(app.db(), issuer, subject, &person, app.now()).await {
            tracing::warn!(%error, "a name could not be kept for the pages of staff");
        }
    }
    response
}

/// Members of staff by subject.
#[derive(Debug)]
pub struct Names {
    own: String,
    known: HashMap<String, Person>,
}

impl Names {
    /// Looks up what to call these members of staff.
    pub async fn load(desk: &Desk, subs: BTreeSet<&str>) -> Result<Self, PageFault> {
        let issuer = &desk.app.guard().config().issuer;
        let known = people::of(desk.app.db(), issuer, subs).await.map_err(|error| desk.fault(error))?;
        let own = desk.visitor.caller.as_ref().map(|caller| caller.claims.sub.clone()).unwrap_or_default();
        Ok(Self { own, known })
    }

    /// Whether this is whoever looks at the page.
    pub fn is_own(&self, sub: &str) -> bool {
        self.own == sub
    }

    /// What to call them.
    pub fn of(&self, sub: &str) -> String {
        if self.is_own(sub) {
            return YOU.to_owned();
        }
        let told = self.known.get(sub).and_then(Person::label);
        told.unwrap_or_else(|| if sub == demo::AUTHOR { DEMO } else { COLLEAGUE }.to_owned())
    }
}

/// A member of staff, as seen by `caller`.
pub fn colleague(caller: &Caller<Admin>, (issuer, sub): (&str, &str), known: &Person) -> String {
    if issuer == caller.claims.iss && sub == caller.claims.sub {
        return YOU.to_owned();
    }
    known.label().unwrap_or_else(|| COLLEAGUE.to_owned())
}

/// A customer.
pub fn customer(known: &Person) -> String {
    known.label().unwrap_or_else(|| CUSTOMER.to_owned())
}
