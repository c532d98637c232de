//! Signing out, after the person has confirmed it.

use axum::{http::StatusCode, response::Response};

use super::super::{context::Context, pages::SignedOutPage, request::Form, respond};
use crate::flow::{Result, end_session};

/// `POST /sign-out`: ends the session, then redirects to where the logout request asked for.
pub async fn post(form: Form) -> Response {
    let result = end(&form).await;
    form.finish(result).await
}

async fn end(form: &Form) -> Result<Response> {
    let context = &form.context;
    let back = end_session::confirmed(&context.realm, &context.visit, &form.params).await?;
    Ok(respond::without_session(context, respond::leave(context, &back)?))
}

/// `GET /signed-out`
pub async fn done(context: Context) -> Response {
    let page = SignedOutPage {
        frame: respond::frame(&context),
        continue_url: context.realm.home_of_apps().map(str::to_owned),
    };
    let result = respond::page(StatusCode::OK, &page);
    context.finish(result)
}
