//! A form with a password, which anybody may send and which costs more than everything else here.

use std::sync::Arc;

use axum::{
    RequestExt as _,
    extract::{FromRequest, FromRequestParts, Request},
    response::Response,
};
use service::http::params::FormParams;

use super::{
    context::{self, Context, Form},
    error, limits,
};
use crate::{authn::places::Place, flow::Error, realm::Realm};

/// Largest body, bytes: a password of 128 characters fits however it is encoded. What waits in a storm is as large.
pub const MAX_BYTES: usize = 8 * 1024;

/// A [`Form`] whose password will be checked. In a storm most are turned away: before they are counted, since each of
/// them would wait for a writer of the database, and before anything is read for them. The others have a turn.
#[derive(Debug)]
pub struct PasswordForm {
    /// The form.
    pub form: Form,
    /// Its place among the passwords that are checked.
    pub place: Place,
}

impl FromRequest<Arc<Realm>> for PasswordForm {
    type Rejection = Response;

    async fn from_request(request: Request, realm: &Arc<Realm>) -> Result<Self, Response> {
        // on the heap only while it goes on: what waits for its turn later is smaller by it
        Box::pin(admitted(request, realm)).await
    }
}

async fn admitted(request: Request, realm: &Arc<Realm>) -> Result<PasswordForm, Response> {
    let (mut parts, body) = request.with_limited_body().into_parts();
    // all of it before it has a place: who sends slowly holds nobody up
    let filled = FormParams::typed(&parts.headers, body).await;
    let caller = context::caller(&parts, realm);
    let places = &realm.hasher.places;
    let Ok(place) = places.take() else {
        let busy = || error::of_form(realm, &caller.request_id, parts.uri.path(), Error::Busy);
        return Err(places.turn_away(busy).await);
    };
    if let Err(refused) = limits::of_page(realm, &caller).await {
        return Err(error::plain(realm, &caller.request_id, refused));
    }
    let place = place.in_turn().await;
    let context = Context::from_request_parts(&mut parts, realm).await?;
    let form = Form::judged(context, &parts.headers, filled).await.map_err(|refusal| *refusal)?;
    Ok(PasswordForm { form, place })
}
