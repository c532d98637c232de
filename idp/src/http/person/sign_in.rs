//! The password page.

use axum::{extract::Path, http::StatusCode, response::Response};
use protocol::typed;

use super::{
    super::{
        context::Context,
        error::{Again, with_retry},
        pages::SignInPage,
        password_form::PasswordForm,
        request::Form,
        respond,
    },
    interaction_page::{cancel_url, over, page, unknown},
};
use crate::{
    authn::queue::{Busy, Turn},
    flow::{
        Result,
        sign_in::{self, Credentials, Outcome},
    },
    paths::Action,
    session::interaction::Interaction,
};

/// The message is the same whether the address or the password was wrong (S24).
const WRONG: &str = "The e-mail address or the password is not right.";

/// Shown when the password contains an invisible character, whether or not that was what was wrong.
const HIDDEN: &str = "The e-mail address or the password is not right. There is a character in the password that nobody can see: perhaps it was pasted with it.";

/// The page before anything was typed.
pub fn blank(context: &Context, interaction: &Interaction) -> Result<Response> {
    let hint = interaction.client_request().and_then(|request| request.login_hint.clone());
    show(context, interaction, StatusCode::OK, hint.unwrap_or_default(), None)
}

fn show(
    context: &Context,
    interaction: &Interaction,
    status: StatusCode,
    identifier: String,
    problem: Option<String>,
) -> Result<Response> {
    let path = interaction.path();
    let open = context.realm.config.registration.open;
    let shown = SignInPage {
        frame: respond::frame_of(context, interaction),
        action: interaction.action(Action::SignIn),
        csrf: context.csrf(),
        identifier,
        problem,
        register_url: open.then(|| format!("{path}?view=register")),
        cancel_url: Some(cancel_url(interaction)),
    };
    page(interaction, status, &shown)
}

/// `POST /interaction/{id}/sign-in`
pub async fn post(Path(id): Path<String>, PasswordForm { form, turn }: PasswordForm) -> Response {
    let result = check(&form, &id, turn).await;
    form.finish(result).await
}

async fn check(form: &Form, id: &str, turn: std::result::Result<Turn, Busy>) -> Result<Response> {
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    let interaction = Interaction::load(realm, visit, id).await?;
    let Some(interaction) = interaction else { return unknown(context, id).await };
    if !interaction.is_open(realm.now()) {
        return over(context, &interaction);
    }
    let (email, password) = (typed::identifier(form.field("username")), form.field("password"));
    let outcome = match turn {
        Ok(turn) => {
            let typed = Credentials { email: &email, password };
            sign_in::with_password(realm, visit, &interaction, typed, turn).await
        }
        Err(busy) => Err(busy.into()),
    };
    match outcome {
        Ok(Outcome::SignedIn(cookie)) => {
            Ok(respond::with_session(context, respond::see_other(&interaction.path()), &cookie))
        }
        Ok(Outcome::Wrong) => {
            let text = if typed::without_hidden(password).is_ok() { WRONG } else { HIDDEN };
            show(context, &interaction, StatusCode::BAD_REQUEST, email, Some(text.to_owned()))
        }
        Err(failure) => {
            let again = Again::after(failure, realm.now())?;
            let shown = show(context, &interaction, again.status, email, Some(again.text))?;
            Ok(with_retry(shown, again.retry_seconds))
        }
    }
}
