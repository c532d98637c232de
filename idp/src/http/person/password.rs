//! The page for a new password.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use language::Message;

use super::{
    super::{
        context::Context,
        error::{self, Again},
        pages::{FieldProblem, PasswordPage},
        password_form::PasswordForm,
        request::Form,
        respond,
    },
    account::{FRESH_SECONDS, enter},
    register,
};
use crate::{
    authn::queue::{Busy, Turn},
    flow::{
        Result, account,
        password::{self, Change, Outcome},
    },
    paths,
    session::Session,
};

const WRONG: Message = Message::new("password-wrong");

/// `GET /account/password`
pub async fn show(context: Context) -> Response {
    let result = match enter(&context, paths::PASSWORD, Some(FRESH_SECONDS)).await {
        Ok(Ok(session)) => page(&context, &session, StatusCode::OK, None).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    context.finish(result)
}

/// `GET /.well-known/change-password` (A Well-Known URL for Changing Passwords): where password managers lead people.
pub async fn well_known() -> Response {
    Redirect::to(paths::PASSWORD).into_response()
}

async fn page(
    context: &Context,
    session: &Session,
    status: StatusCode,
    problem: Option<FieldProblem>,
) -> Result<Response> {
    let realm = &context.realm;
    let page = PasswordPage {
        frame: respond::frame(context),
        action: paths::PASSWORD.to_owned(),
        csrf: context.csrf(),
        account: account::email(realm, session).await?.unwrap_or_default(),
        has_password: account::has_password(realm, session).await?,
        problem,
        min_length: realm.config.passwords.policy.min_code_points,
        account_url: paths::ACCOUNT.to_owned(),
    };
    respond::page(status, &page)
}

/// `POST /account/password`
pub async fn post(PasswordForm { form, turn }: PasswordForm) -> Response {
    let context = &form.context;
    let result = match enter(context, paths::PASSWORD, Some(FRESH_SECONDS)).await {
        Ok(Ok(session)) => change(&form, &session, turn).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    form.finish(result).await
}

async fn change(form: &Form, session: &Session, turn: std::result::Result<Turn, Busy>) -> Result<Response> {
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    let typed = Change {
        current: form.field("current_password"),
        new: form.field("password"),
        ends_others: !form.field("sign_out_others").is_empty(),
    };
    let outcome = match turn {
        Ok(turn) => password::change(realm, visit, session, typed, turn).await,
        Err(busy) => Err(busy.into()),
    };
    let problem = match outcome {
        Ok(Outcome::Changed) => return Ok(respond::see_other(paths::ACCOUNT)),
        Ok(Outcome::Wrong) => FieldProblem { field: "current_password", message: WRONG },
        Ok(Outcome::Refused(fault)) => register::problem(fault),
        Err(failure) => {
            let again = Again::after(failure, realm.now())?;
            let has_password = account::has_password(realm, session).await?;
            let field = if has_password { "current_password" } else { "password" };
            let problem = FieldProblem { field, message: again.text };
            let shown = page(context, session, again.status, Some(problem)).await?;
            return Ok(error::with_retry(shown, again.retry_seconds));
        }
    };
    page(context, session, StatusCode::BAD_REQUEST, Some(problem)).await
}
