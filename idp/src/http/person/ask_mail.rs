//! The page on which people ask for a mail: for a new password, or to sign in without one where the realm allows it.

use axum::{extract::Path, http::StatusCode, response::Response};
use protocol::typed;

use super::{
    super::{
        context::Context,
        error::{Again, with_retry},
        pages::{AskMailPage, FieldProblem, Wish},
        request::Form,
        respond,
    },
    interaction_page::{opened, page},
    recover, register,
};
use crate::{
    flow::{
        Result,
        mailed::{reset, sign_in},
    },
    paths::Action,
    session::interaction::Interaction,
};

/// The page before anything was typed.
pub fn blank(context: &Context, interaction: &Interaction, wish: Wish) -> Result<Response> {
    let hint = interaction.login_hint();
    show(context, interaction, StatusCode::OK, (wish, hint.unwrap_or_default()), None)
}

fn show(
    context: &Context,
    interaction: &Interaction,
    status: StatusCode,
    (wish, email): (Wish, &str),
    problem: Option<FieldProblem>,
) -> Result<Response> {
    let shown = AskMailPage {
        frame: respond::frame_of(context, interaction),
        wish,
        action: interaction.action(match wish {
            Wish::NewPassword => Action::Forgot,
            Wish::SignIn => Action::Mail,
        }),
        csrf: context.csrf(),
        email: typed::identifier(email),
        problem,
        sign_in_url: format!("{}?view=sign-in", interaction.path()),
    };
    page(interaction, status, &shown)
}

/// `POST /interaction/{id}/forgot`
pub async fn for_password(Path(id): Path<String>, form: Form) -> Response {
    let result = asked(&form, &id, Wish::NewPassword).await;
    form.finish(result).await
}

/// `POST /interaction/{id}/mail`
pub async fn for_sign_in(Path(id): Path<String>, form: Form) -> Response {
    let result = asked(&form, &id, Wish::SignIn).await;
    form.finish(result).await
}

async fn asked(form: &Form, id: &str, wish: Wish) -> Result<Response> {
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    let interaction = match opened(context, id).await? {
        Ok(interaction) => interaction,
        Err(instead) => return Ok(instead),
    };
    let (email, id) = (form.field("email"), Some(interaction.id.as_str()));
    let sent = match wish {
        Wish::NewPassword if realm.mailer.is_none() => return Ok(recover::unavailable(context)),
        Wish::NewPassword => reset::begin(realm, visit, id, email).await,
        Wish::SignIn if !realm.config.signs_in_by_mail() => {
            return Ok(respond::see_other(&interaction.path()));
        }
        Wish::SignIn => sign_in::begin(realm, visit, id, email).await,
    };
    match sent {
        Ok(Ok(path)) => Ok(respond::see_other(&path)),
        Ok(Err(fault)) => {
            let problem = register::problem(fault);
            show(context, &interaction, StatusCode::BAD_REQUEST, (wish, email), Some(problem))
        }
        Err(failure) => {
            let again = Again::after(failure, realm.now())?;
            let problem = FieldProblem { field: "email", message: again.text };
            let shown = show(context, &interaction, again.status, (wish, email), Some(problem))?;
            Ok(with_retry(shown, again.retry_seconds))
        }
    }
}
