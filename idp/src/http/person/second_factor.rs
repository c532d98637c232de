//! The pages for the second factor: a code from the authenticator app, or a recovery code.

use axum::{extract::Path, http::StatusCode, response::Response};
use protocol::authorize::Step;

use super::{
    super::{
        context::Context,
        error::{self, Again},
        pages::{RecoveryPage, SecondFactorPage},
        request::Form,
        respond,
    },
    interaction_page::{account, over, page, unknown, ways_out},
};
use crate::{
    flow::{
        Result, dispatch,
        second_factor::{self, Factor, Outcome},
    },
    paths::Action,
    session::interaction::Interaction,
};

const WRONG_CODE: &str =
    "This code is not right, or it was used already. Wait for the next one and try again.";
const WRONG_RECOVERY: &str = "This is not one of your unused recovery codes.";

/// The page for a code from the authenticator app.
pub async fn totp_page(
    context: &Context,
    interaction: &Interaction,
    problem: Option<String>,
) -> Result<Response> {
    let path = interaction.path();
    let shown = SecondFactorPage {
        frame: respond::frame_of(context, interaction),
        action: interaction.action(Action::SecondFactor),
        csrf: context.csrf(),
        recovery_url: format!("{path}?view=recovery"),
        account: account(context).await?,
        out: ways_out(context, interaction),
        problem,
    };
    page(interaction, status(shown.problem.is_some()), &shown)
}

/// The page for a recovery code.
pub async fn recovery_page(
    context: &Context,
    interaction: &Interaction,
    problem: Option<String>,
) -> Result<Response> {
    let path = interaction.path();
    let shown = RecoveryPage {
        frame: respond::frame_of(context, interaction),
        action: interaction.action(Action::Recovery),
        csrf: context.csrf(),
        totp_url: path,
        account: account(context).await?,
        out: ways_out(context, interaction),
        problem,
    };
    page(interaction, status(shown.problem.is_some()), &shown)
}

fn status(failed: bool) -> StatusCode {
    if failed { StatusCode::BAD_REQUEST } else { StatusCode::OK }
}

/// `POST /interaction/{id}/second-factor`
pub async fn totp(Path(id): Path<String>, form: Form) -> Response {
    let result = check(&form, &id, Factor::Totp).await;
    form.finish(result).await
}

/// `POST /interaction/{id}/recovery`
pub async fn recovery(Path(id): Path<String>, form: Form) -> Response {
    let result = check(&form, &id, Factor::Recovery).await;
    form.finish(result).await
}

async fn check(form: &Form, id: &str, factor: Factor) -> Result<Response> {
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    let Some(interaction) = Interaction::load(realm, visit, id).await? else {
        return unknown(context, id).await;
    };
    if !interaction.is_open(realm.now()) {
        return over(context, &interaction);
    }
    if dispatch::current(realm, visit, &interaction).await? != Step::SecondFactor {
        return Ok(respond::see_other(&interaction.path()));
    }
    let field = if factor == Factor::Totp { "otp" } else { "recovery_code" };
    let leads_to = interaction.path();
    match second_factor::check(realm, visit, factor, form.field(field), &leads_to).await {
        Ok(Outcome::Proved(cookie)) => {
            Ok(respond::with_session(context, respond::see_other(&interaction.path()), &cookie))
        }
        Ok(Outcome::Wrong) if factor == Factor::Totp => {
            totp_page(context, &interaction, Some(WRONG_CODE.to_owned())).await
        }
        Ok(Outcome::Wrong) => recovery_page(context, &interaction, Some(WRONG_RECOVERY.to_owned())).await,
        Err(failure) => {
            let again = Again::after(failure, realm.now())?;
            let mut shown = if factor == Factor::Totp {
                totp_page(context, &interaction, Some(again.text)).await?
            } else {
                recovery_page(context, &interaction, Some(again.text)).await?
            };
            *shown.status_mut() = again.status;
            Ok(error::with_retry(shown, again.retry_seconds))
        }
    }
}
