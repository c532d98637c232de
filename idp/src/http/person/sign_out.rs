//! Signing out here, after the person said so.

use axum::{http::StatusCode, response::Response};

use super::super::{
    context::{Context, Form},
    pages::SignedOutPage,
    respond,
};
use crate::flow::{Result, sign_out};

/// `POST /sign-out`
pub async fn post(form: Form) -> Response {
    let context = &form.context;
    let result = end(context).await;
    context.finish(result)
}

async fn end(context: &Context) -> Result<Response> {
    if let Some(session) = context.visit.to_end() {
        sign_out::end(&context.realm, &session.sid, &session.user_id, "signed_out").await?;
    }
    Ok(respond::without_session(context, respond::see_other("/signed-out")))
}

/// `GET /signed-out`
pub async fn done(context: Context) -> Response {
    let page = SignedOutPage {
        frame: respond::frame(&context.realm, &context.visit.request_id),
        continue_url: context.realm.home_of_apps().map(str::to_owned),
    };
    let result = respond::page(StatusCode::OK, &page);
    context.finish(result)
}
