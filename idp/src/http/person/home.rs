//! The page at the issuer's root, and the assets.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use protocol::discovery;

use super::super::{context::Context, pages::HomePage, respond};
use crate::{
    flow::{Result, account},
    look::asset,
    paths,
    realm::Realm,
};

/// `GET /`: a page for people who open the issuer's address (D17).
pub async fn show(context: Context) -> Response {
    context.finish(home(&context).await)
}

async fn home(context: &Context) -> Result<Response> {
    let signed_in_as = match account::signed_in(&context.realm, &context.visit, None).await? {
        Some(session) => account::email(&context.realm, session).await?,
        None => None,
    };
    let page = HomePage {
        frame: respond::frame(context),
        signed_in_as,
        // where other accounts are signed in to, they are offered first
        sign_in_url: if context.visit.beside.is_empty() { paths::SIGN_IN } else { paths::ACCOUNT }.to_owned(),
        account_url: paths::ACCOUNT.to_owned(),
        app: context.realm.own_app().map(|client| respond::card(&context.realm, client)),
        discovery_url: discovery::path::CONFIGURATION.to_owned(),
    };
    respond::page(StatusCode::OK, &page)
}

/// `GET /assets/{file}`. The name contains a hash of the content, so browsers may keep the file for good.
pub async fn asset(State(realm): State<Arc<Realm>>, Path(file): Path<String>) -> Response {
    match realm.look.find(&file) {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(asset) => {
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static(asset.kind.content_type())),
                (header::CACHE_CONTROL, HeaderValue::from_static(asset::CACHE_CONTROL)),
                (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(asset::CONTENT_SECURITY_POLICY)),
            ];
            (headers, asset.bytes.clone()).into_response()
        }
    }
}
