//! The pages of people who forgot their password.

use axum::{extract::Path, http::StatusCode, response::Response};
use language::Message;
use protocol::typed;
use web::params::{ParamsRejection, QueryParams};

use super::{
    super::{
        context::Context,
        error::{self, Again, with_retry},
        pages::{DonePage, FieldProblem, ForgotPage, ResetPage},
        password_form::PasswordForm,
        request::Form,
        respond,
    },
    interaction_page::{over, page, unknown},
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
    paths::{self, Action},
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

fn unavailable(context: &Context) -> Response {
    error::gone(context, Message::new("forgot-unavailable"), Message::new("forgot-unavailable-text"))
}

/// The page before anything was typed.
pub fn blank(context: &Context, interaction: &Interaction) -> Result<Response> {
    let hint = interaction.client_request().and_then(|request| request.login_hint.clone());
    show(context, interaction, StatusCode::OK, &hint.unwrap_or_default(), None)
}

fn show(
    context: &Context,
    interaction: &Interaction,
    status: StatusCode,
    email: &str,
    problem: Option<FieldProblem>,
) -> Result<Response> {
    let shown = ForgotPage {
        frame: respond::frame_of(context, interaction),
        action: interaction.action(Action::Forgot),
        csrf: context.csrf(),
        email: typed::identifier(email),
        problem,
        sign_in_url: format!("{}?view=sign-in", interaction.path()),
    };
    page(interaction, status, &shown)
}

/// `POST /interaction/{id}/forgot`
pub async fn ask(Path(id): Path<String>, form: Form) -> Response {
    let result = asked(&form, &id).await;
    form.finish(result).await
}

async fn asked(form: &Form, id: &str) -> Result<Response> {
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    let Some(interaction) = Interaction::load(realm, visit, id).await? else {
        return unknown(context, id).await;
    };
    if !interaction.is_open(realm.now()) {
        return over(context, &interaction);
    }
    if realm.mailer.is_none() {
        return Ok(unavailable(context));
    }
    let email = form.field("email");
    match reset::begin(realm, visit, Some(&interaction.id), email).await {
        Ok(Ok(path)) => Ok(respond::see_other(&path)),
        Ok(Err(fault)) => {
            let problem = register::problem(fault);
            show(context, &interaction, StatusCode::BAD_REQUEST, email, Some(problem))
        }
        Err(failure) => {
            let again = Again::after(failure, realm.now())?;
            let problem = FieldProblem { field: "email", message: again.text };
            let shown = show(context, &interaction, again.status, email, Some(problem))?;
            Ok(with_retry(shown, again.retry_seconds))
        }
    }
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
