//! The page for a new account.

use axum::{extract::Path, http::StatusCode, response::Response};
use protocol::typed;

use super::super::{
    context::{Context, Form},
    pages::{FieldProblem, RegisterPage},
    password_form::PasswordForm,
    respond,
};
use super::interaction::{cancel_url, over, page, unknown};
use crate::{
    authn::places::Place,
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
    show(context, interaction, (&hint, ""), None)
}

fn show(
    context: &Context,
    interaction: &Interaction,
    filled: (&str, &str),
    fault: Option<register::Fault>,
) -> Result<Response> {
    let path = interaction.path();
    let status = if fault.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let shown = RegisterPage {
        frame: respond::frame_of(context, interaction),
        action: format!("{path}/register"),
        csrf: context.csrf(),
        email: typed::identifier(filled.0),
        name: typed::visible(filled.1),
        problem: fault.map(problem),
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

/// What was filled in.
pub fn filled(form: &Form) -> register::Form<'_> {
    register::Form { email: form.field("email"), name: form.field("name"), password: form.field("password") }
}

/// `POST /interaction/{id}/register`
pub async fn post(Path(id): Path<String>, PasswordForm { form, place }: PasswordForm) -> Response {
    let result = Box::pin(make(&form, &id, place)).await;
    form.finish(result).await
}

async fn make(form: &Form, id: &str, place: Place) -> Result<Response> {
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
    match register::register(realm, visit, &interaction, filled(form), place).await? {
        Outcome::Registered(cookie) => {
            Ok(respond::with_session(context, respond::see_other(&interaction.path()), &cookie))
        }
        Outcome::Fault(fault) => {
            show(context, &interaction, (form.field("email"), form.field("name")), Some(fault))
        }
    }
}
