//! The page of people who sign in by a mail, in realms that allow it.

use axum::{extract::Path, http::StatusCode, response::Response};
use protocol::typed;

use super::{
    super::{
        context::Context,
        error::{Again, with_retry},
        pages::{ByMailPage, FieldProblem},
        request::Form,
        respond,
    },
    interaction_page::{over, page, unknown},
    register,
};
use crate::{
    flow::{Result, mailed::sign_in},
    paths::Action,
    session::interaction::Interaction,
};

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
    let shown = ByMailPage {
        frame: respond::frame_of(context, interaction),
        action: interaction.action(Action::Mail),
        csrf: context.csrf(),
        email: typed::identifier(email),
        problem,
        password_url: format!("{}?view=sign-in", interaction.path()),
    };
    page(interaction, status, &shown)
}

/// `POST /interaction/{id}/mail`
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
    if !realm.config.signs_in_by_mail() {
        return Ok(respond::see_other(&interaction.path()));
    }
    let email = form.field("email");
    match sign_in::begin(realm, visit, Some(&interaction.id), email).await {
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
