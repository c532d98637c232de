//! The names of people for the pages of staff: name and e-mail address, as the realm sent them at the last sign-in.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use commerce::people::{self, Person};
use relying_party::{Realm, SignedIn};

use crate::{config::ServiceConfig, state::AppState};

/// Middleware of the sign-in: stores the person's name. If that fails, the sign-in succeeds nevertheless.
pub async fn remember<R: Realm, C>(
    State(app): State<AppState<R, C>>,
    request: Request,
    next: Next,
) -> Response
where
    C: AsRef<ServiceConfig> + Send + Sync + 'static,
{
    let response = next.run(request).await;
    if let Some(SignedIn { issuer, subject, profile, .. }) = response.extensions().get() {
        let person = Person { name: profile.name.clone(), email: profile.email.clone() };
        if let Err(error) = people::remember(&app.db, issuer, subject, &person, app.now()).await {
            tracing::warn!(%error, "keeping a person's name for the pages of staff failed");
        }
    }
    response
}
