//! The page of the account's e-mail address.

use axum::{http::StatusCode, response::Response};
use protocol::typed;

use super::{
    super::{
        context::Context,
        error::{self, Again},
        pages::{AddressPage, FieldProblem},
        request::Form,
        respond,
    },
    account::{FRESH_SECONDS, enter},
    register,
};
use crate::{
    flow::{Result, mailed::address},
    paths,
    session::Session,
};

/// `GET /account/email`
pub async fn show(context: Context) -> Response {
    let result = match enter(&context, paths::ADDRESS, Some(FRESH_SECONDS)).await {
        Ok(Ok(session)) => page(&context, &session, StatusCode::OK, ("", None)).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    context.finish(result)
}

async fn page(
    context: &Context,
    session: &Session,
    status: StatusCode,
    (typed, problem): (&str, Option<FieldProblem>),
) -> Result<Response> {
    if context.realm.mailer.is_none() {
        return Ok(respond::see_other(paths::ACCOUNT));
    }
    let current = address::current(&context.realm, session).await?;
    let shown = AddressPage {
        frame: respond::frame(context),
        action: paths::ADDRESS.to_owned(),
        csrf: context.csrf(),
        current: current.address,
        is_confirmed: current.is_confirmed,
        email: typed::identifier(typed),
        problem,
        account_url: paths::ACCOUNT.to_owned(),
    };
    respond::page(status, &shown)
}

/// `POST /account/email`: another address, or the wish to confirm the one there is.
pub async fn post(form: Form) -> Response {
    let context = &form.context;
    let result = match enter(context, paths::ADDRESS, Some(FRESH_SECONDS)).await {
        Ok(Ok(session)) => asked(&form, &session).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    form.finish(result).await
}

async fn asked(form: &Form, session: &Session) -> Result<Response> {
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    if realm.mailer.is_none() {
        return Ok(respond::see_other(paths::ACCOUNT));
    }
    let typed = form.field("email");
    let outcome = if form.field("change") == "confirm" {
        address::confirm(realm, visit, session).await.map(Ok)
    } else {
        address::change(realm, visit, session, typed).await
    };
    match outcome {
        Ok(Ok(path)) => Ok(respond::see_other(&path)),
        Ok(Err(fault)) => {
            page(context, session, StatusCode::BAD_REQUEST, (typed, Some(register::problem(fault)))).await
        }
        Err(failure) => {
            let again = Again::after(failure, realm.now())?;
            let problem = FieldProblem { field: "email", message: again.text };
            let shown = page(context, session, again.status, (typed, Some(problem))).await?;
            Ok(error::with_retry(shown, again.retry_seconds))
        }
    }
}
