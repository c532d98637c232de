//! RP-initiated logout (OUT-1, OUT-2): with proof that a client of ours asks, at once; else only after the person says so.

use std::sync::Arc;

use axum::{http::StatusCode, response::Response};
use protocol::{
    id_token::{self, Hint},
    logout::{self, EndSession, EndSessionRequest},
    params::Params,
};
use service::http::params::{FormParams, ParamsRejection, QueryParams};

use super::super::{
    context::Context,
    error,
    pages::{SignOutPage, SignedOutPage},
    respond,
};
use crate::{
    flow::{Result, sign_out},
    store::users,
};

/// `GET /end_session`
pub async fn get(context: Context, query: std::result::Result<QueryParams, ParamsRejection>) -> Response {
    let result = match &query {
        Err(rejection) => Ok(error::bad_form(&context, rejection)),
        Ok(QueryParams(params)) => answer(&context, params).await,
    };
    context.finish(result)
}

/// `POST /end_session`. A client's page posts from its own site, and browsers leave our cookies out then: such a request
/// goes round once as a GET, where the session to end comes along.
pub async fn post(context: Context, form: std::result::Result<FormParams, ParamsRejection>) -> Response {
    let result = match &form {
        Err(rejection) => Ok(error::bad_form(&context, rejection)),
        Ok(FormParams(params)) if context.visit.session.is_none() => {
            Ok(respond::see_other(&format!("/end_session?{}", params.encode())))
        }
        Ok(FormParams(params)) => answer(&context, params).await,
    };
    context.finish(result)
}

async fn answer(context: &Context, params: &Params) -> Result<Response> {
    params.check_no_repeats()?;
    let hint = hint(context, params.one("id_token_hint")?).await;
    let client_id = params.one("client_id")?;
    let audience = hint.as_ref().and_then(|hint| hint.aud.first()).map(String::as_str);
    // a lapsed session is one too: it would end with every grant made in it, so any site could end those (L1)
    let session = context.visit.to_end();
    let decision = logout::end_session(&EndSessionRequest {
        hint: hint.as_ref(),
        client: audience.and_then(|id| context.realm.client(id)).map(Arc::as_ref),
        client_id,
        post_logout_redirect_uri: params.one("post_logout_redirect_uri")?,
        state: params.one("state")?,
        session_sub: session.map(|session| session.user_id.as_str()),
    });
    // only a client that signed this person in may say so
    let trusted = hint.as_ref().filter(|_| {
        audience
            .and_then(|id| context.realm.client(id))
            .is_some_and(|client| client_id.is_none_or(|id| id == client.id))
    });
    match decision {
        EndSession::Confirm => confirm(context).await,
        EndSession::SignOutPage => {
            end(context, trusted).await?;
            let page = SignedOutPage {
                frame: respond::frame(&context.realm, &context.visit.request_id),
                continue_url: None,
            };
            Ok(respond::without_session(context, respond::page(StatusCode::OK, &page)?))
        }
        EndSession::Redirect { uri, state } => {
            end(context, trusted).await?;
            let location = logout::redirect_location(&uri, state.as_deref());
            Ok(respond::without_session(context, respond::see_other(&location)))
        }
    }
}

/// Ends the browser's session, and the one the hint was issued in: it may have idled out here while what was granted in
/// it lives on (T14).
async fn end(context: &Context, hint: Option<&Hint>) -> Result<()> {
    let realm = &context.realm;
    if let Some(session) = context.visit.to_end() {
        sign_out::end(realm, &session.sid, &session.user_id, "signed_out").await?;
    }
    match hint.and_then(|hint| hint.sid.as_deref().map(|sid| (sid, hint.sub.as_str()))) {
        Some((sid, sub)) => sign_out::end(realm, sid, sub, "signed_out").await,
        None => Ok(()),
    }
}

async fn confirm(context: &Context) -> Result<Response> {
    let account = match &context.visit.session {
        Some(session) => users::by_id(&context.realm.store.facts, &session.user_id).await?,
        None => None,
    };
    let page = SignOutPage {
        frame: respond::frame(&context.realm, &context.visit.request_id),
        action: "/sign-out".to_owned(),
        csrf: context.csrf(),
        account: account.map(|user| user.email),
        stay_url: context.realm.home_of_apps().unwrap_or("/account").to_owned(),
        hidden: Vec::new(),
    };
    respond::page(StatusCode::OK, &page)
}

async fn hint(context: &Context, token: Option<&str>) -> Option<Hint> {
    let keys = context.realm.keys.ready().await?;
    id_token::verify_hint(&keys.set, token?, &context.realm.config.issuer).ok()
}
