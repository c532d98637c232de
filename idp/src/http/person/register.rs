//! The page for a new account.

use axum::{extract::Path, http::StatusCode, response::Response};
use protocol::typed;

use super::super::{
    context::{Context, Form},
    error::{Again, with_retry},
    pages::{FieldProblem, RegisterPage},
    password_form::PasswordForm,
    respond,
};
use super::interaction::{cancel_url, over, page, unknown};
use crate::{
    authn::queue::{Busy, Turn},
    flow::{
        Result,
        register::{self, Outcome},
    },
    session::interaction::Interaction,
};

/// The page before anything was typed.
pub fn blank(context: &Context, interaction: &Interaction) -> Result<Response> {
    let hint = interaction.client_request().and_then(|request| request.login_hint.clone());
    let hint = hint.unwrap_or_default();
    show(context, interaction, StatusCode::OK, (&hint, ""), None)
}

fn show(
    context: &Context,
    interaction: &Interaction,
    status: StatusCode,
    filled: (&str, &str),
    problem: Option<FieldProblem>,
) -> Result<Response> {
    let path = interaction.path();
    let shown = RegisterPage {
        frame: respond::frame_of(context, interaction),
        action: format!("{path}/register"),
        csrf: context.csrf(),
        email: typed::identifier(filled.0),
        name: typed::visible(filled.1),
        problem,
        min_length: context.realm.config.passwords.policy.min_code_points,
        sign_in_url: format!("{path}?view=sign-in"),
        cancel_url: cancel_url(interaction),
    };
    page(interaction, status, &shown)
}

/// A fault as a page shows it.
pub fn problem(fault: register::Fault) -> FieldProblem {
    FieldProblem { field: fault.field, message: fault.message }
}

/// Why the form has to be sent again as it was, beside the field that has to be filled in again.
pub fn once_more(text: String) -> FieldProblem {
    FieldProblem { field: "password", message: text }
}

/// What was filled in.
pub fn filled(form: &Form) -> register::Form<'_> {
    register::Form { email: form.field("email"), name: form.field("name"), password: form.field("password") }
}

/// `POST /interaction/{id}/register`
pub async fn post(Path(id): Path<String>, PasswordForm { form, turn }: PasswordForm) -> Response {
    let result = make(&form, &id, turn).await;
    form.finish(result).await
}

async fn make(form: &Form, id: &str, turn: std::result::Result<Turn, Busy>) -> Result<Response> {
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    if !realm.config.registration.open {
        return unknown(context, id).await;
    }
    let Some(interaction) = Interaction::load(realm, visit, id).await? else {
        return unknown(context, id).await;
    };
    if !interaction.is_open(realm.now()) {
        return over(context, &interaction);
    }
    let typed = filled(form);
    let outcome = match turn {
        Ok(turn) => register::register(realm, visit, &interaction, typed, turn).await,
        Err(busy) => Err(busy.into()),
    };
    let kept = (typed.email, typed.name);
    match outcome {
        Ok(Outcome::Registered(cookie)) => {
            Ok(respond::with_session(context, respond::see_other(&interaction.path()), &cookie))
        }
        Ok(Outcome::Fault(fault)) => {
            show(context, &interaction, StatusCode::BAD_REQUEST, kept, Some(problem(fault)))
        }
        Err(failure) => {
            let again = Again::after(failure, realm.now())?;
            let shown = show(context, &interaction, again.status, kept, Some(once_more(again.text)))?;
            Ok(with_retry(shown, again.retry_seconds))
        }
    }
}
