//! Signing out, after the person has confirmed it.

use axum::{http::StatusCode, response::Response};

use super::super::{context::Context, pages::SignedOutPage, request::Form, respond};
use crate::{
    flow::{
        Result, end_session,
        sessions::choice::{self, Ended},
    },
    paths,
};

/// `POST /sign-out`: ends a session, or all of this browser, then redirects to where the logout request asked for.
pub async fn post(form: Form) -> Response {
    let result = end(&form).await;
    form.finish(result).await
}

async fn end(form: &Form) -> Result<Response> {
    let context = &form.context;
    let (back, ended) = end_session::confirmed(&context.realm, &context.visit, &form.params).await?;
    let response = respond::leave(context, &back)?;
    Ok(match ended {
        Ended::InUse => respond::without_session(context, response),
        Ended::Other => response,
    })
}

/// `GET /signed-out`
pub async fn done(context: Context) -> Response {
    let continue_url = context.realm.home_of_apps().map(str::to_owned);
    let result = signed_out(&context, continue_url, None).await;
    context.finish(result)
}

/// The page after a sign-out. It tells of the accounts of this browser that are still signed in to, `ended` apart.
pub async fn signed_out(
    context: &Context,
    continue_url: Option<String>,
    ended: Option<&str>,
) -> Result<Response> {
    let listed = choice::list(&context.realm, &context.visit).await?;
    let are_left = listed.iter().any(|account| account.is_live && Some(account.sid.as_str()) != ended);
    let accounts_url = are_left.then(|| paths::ACCOUNTS.to_owned());
    let page = SignedOutPage { frame: respond::frame(context), continue_url, accounts_url };
    respond::page(StatusCode::OK, &page)
}
