//! Extractor for a form with a password. Anybody may send one, and it costs more than any other request to this
//! provider.

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

/// Largest body in bytes. A password of 128 characters fits in every encoding. Each request that waits for a password
/// check may hold this much memory.
pub const MAX_BYTES: usize = 8 * 1024;

/// A [`Form`] with a password: one to verify, or a new one to judge by the rules.
#[derive(Debug)]
pub struct PasswordForm {
    /// The form.
    pub form: Form,
    /// The request's turn at the password threads. Without a turn the form is shown again.
    pub turn: Result<Turn, Busy>,
}

impl FromRequest<Arc<Realm>> for PasswordForm {
    type Rejection = Response;

    async fn from_request(request: Request, realm: &Arc<Realm>) -> Result<Self, Response> {
        let (mut parts, body) = request.with_limited_body().into_parts();
        // reads the whole body before it waits for a turn, so that a slow sender holds up nobody else
        let filled = FormParams::typed(&parts.headers, body).await;
        // reads nothing from the database before its turn: a waiting request stays small, and the data is fresh when it
        // is used
        let turn = realm.hasher.queue.turn().await;
        let context = Context::from_request_parts(&mut parts, realm).await?;
        let form = Form::judged(context, &parts.headers, filled).await.map_err(|refusal| *refusal)?;
        Ok(Self { form, turn })
    }
}
