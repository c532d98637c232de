//! A form with a password, which anybody may send and which costs more than everything else here.

use std::sync::Arc;

use axum::{
    RequestExt as _,
    extract::{FromRequest, FromRequestParts, Request},
    response::Response,
};
use web::params::FormParams;

use super::{context::Context, request::Form};
use crate::{
    authn::queue::{Busy, Turn},
    realm::Realm,
};

/// Largest body, bytes: a password of 128 characters fits however it is encoded. What waits for its turn is as large.
pub const MAX_BYTES: usize = 8 * 1024;

/// A [`Form`] with a password to check or to judge.
#[derive(Debug)]
pub struct PasswordForm {
    /// The form.
    pub form: Form,
    /// Its turn at the password threads. Whoever has none is shown the form again.
    pub turn: Result<Turn, Busy>,
}

impl FromRequest<Arc<Realm>> for PasswordForm {
    type Rejection = Response;

    async fn from_request(request: Request, realm: &Arc<Realm>) -> Result<Self, Response> {
        let (mut parts, body) = request.with_limited_body().into_parts();
        // all of it before it waits: who sends slowly holds nobody up
        let filled = FormParams::typed(&parts.headers, body).await;
        // and nothing of the database before its turn: what waits is small, and what is read then is fresh
        let turn = realm.hasher.queue.turn().await;
        let context = Context::from_request_parts(&mut parts, realm).await?;
        let form = Form::judged(context, &parts.headers, filled).await.map_err(|refusal| *refusal)?;
        Ok(Self { form, turn })
    }
}
