//! The pages of people who forgot their password.

use axum::{extract::Path, http::StatusCode, response::Response};
use language::Message;
use web::params::{ParamsRejection, QueryParams};

use super::{
    super::{
        context::Context,
        error::{self, Again, with_retry},
        pages::{DonePage, FieldProblem, ResetPage},
        password_form::PasswordForm,
        request::Form,
        respond,
    },
    mail_page::{OnTheWay, gone},
    register,
};
use crate::{
    authn::queue::{Busy, Turn},
    flow::{
        Result, account,
        mail_links::{self, Purpose},
        mailed::reset::{self, Outcome},
    },
    paths,
    session::interaction::Interaction,
};

/// `GET /recover`: for people who were sent here by a mail or by an app.
pub async fn begin(context: Context) -> Response {
    let result = async {
        if context.realm.mailer.is_none() {
            return Ok(unavailable(&context));
        }
        let id = account::sign_in_to(&context.realm, &context.visit, paths::ACCOUNT, Some(0)).await?;
        Ok(respond::to_view(&context, &id, "forgot"))
    };
    let result = result.await;
    context.finish(result)
}

/// The page of a realm that sends no mail.
pub fn unavailable(context: &Context) -> Response {
    error::gone(context, Message::new("forgot-unavailable"), Message::new("forgot-unavailable-text"))
}

/// `GET /reset/{token}`: opening the link does not use it up (S25).
pub async fn reset_page(context: Context, Path(token): Path<String>) -> Response {
    let result = reset_form(&context, &token, StatusCode::OK, None).await;
    context.finish(result)
}

async fn reset_form(
    context: &Context,
    token: &str,
    status: StatusCode,
    problem: Option<FieldProblem>,
) -> Result<Response> {
    let link = mail_links::link(&context.realm, &context.visit, token).await?;
    let Some(link) = link.filter(|link| link.purpose == Purpose::Reset) else { return Ok(gone(context)) };
    let on_the_way = OnTheWay::of(context, link.interaction.as_deref()).await?;
    let shown = ResetPage {
        frame: on_the_way.frame(),
        action: paths::reset(token),
        csrf: context.csrf(),
        account: link.address,
        problem,
        min_length: context.realm.config.passwords.policy.min_code_points,
    };
    on_the_way.show(status, &shown)
}

/// `POST /reset/{token}`
pub async fn reset(Path(token): Path<String>, PasswordForm { form, turn }: PasswordForm) -> Response {
    let result = changed(&form, &token, turn).await;
    form.finish(result).await
}

async fn changed(form: &Form, token: &str, turn: std::result::Result<Turn, Busy>) -> Result<Response> {
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    let outcome = match turn {
        Ok(turn) => reset::finish(realm, visit, token, form.field("password"), turn).await,
        Err(busy) => Err(busy.into()),
    };
    match outcome {
        Ok(Outcome::Changed(path)) => Ok(respond::see_other(&path)),
        Ok(Outcome::Over) => Ok(gone(context)),
        Ok(Outcome::Refused(fault)) => {
            reset_form(context, token, StatusCode::BAD_REQUEST, Some(register::problem(fault))).await
        }
        Err(failure) => {
            let again = Again::after(failure, realm.now())?;
            let problem = register::once_more(again.text);
            let shown = reset_form(context, token, again.status, Some(problem)).await?;
            Ok(with_retry(shown, again.retry_seconds))
        }
    }
}

/// `GET /password-changed`: leads on to the interaction in which the person began, if this browser has it.
pub async fn done(context: Context, query: std::result::Result<QueryParams, ParamsRejection>) -> Response {
    let begun = query.ok().and_then(|QueryParams(query)| query.first("then").map(str::to_owned));
    let result = async {
        let on_the_way = OnTheWay::of(&context, begun.as_deref()).await?;
        let page = DonePage {
            frame: on_the_way.frame(),
            heading: Message::new("reset-done"),
            sentence: Message::new("reset-done-text"),
            label: Message::new("sign-in"),
            url: on_the_way.interaction.as_ref().map_or_else(|| paths::SIGN_IN.to_owned(), Interaction::path),
        };
        respond::page(StatusCode::OK, &page)
    };
    let result = result.await;
    context.finish(result)
}
