//! The page that makes the passkey of a new account without a password (S12).

use axum::{http::StatusCode, response::Response};
use language::Message;

use super::{
    super::{
        context::Context,
        pages::{FirstPasskeyPage, PasskeyForm},
        request::Form,
    },
    mail_page::{OnTheWay, registered},
    passkeys::{UNLISTED, answer},
};
use crate::{
    flow::{
        Result,
        mail_links::Link,
        mailed::{first_passkey, registration::Confirmed},
        passkeys::ceremony::Offered,
    },
    paths,
};

const FAILED: Message = Message::new("first-passkey-failed");

/// The page behind the mailed link of such an account.
pub async fn show(context: &Context, token: &str, link: Link, offered: Offered) -> Result<Response> {
    page(context, token, link, (offered, None)).await
}

async fn page(
    context: &Context,
    token: &str,
    link: Link,
    (offered, problem): (Offered, Option<Message>),
) -> Result<Response> {
    let on_the_way = OnTheWay::of(context, link.interaction.as_deref()).await?;
    let begun =
        on_the_way.interaction.as_ref().map(|interaction| format!("{}?view=register", interaction.path()));
    let status = if problem.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let shown = FirstPasskeyPage {
        frame: on_the_way.frame(),
        address: link.address,
        problem,
        passkey: PasskeyForm::new(paths::mailed_link(token), context.csrf(), offered),
        password_url: begun.unwrap_or_else(|| paths::SIGN_IN.to_owned()),
    };
    on_the_way.show(status, &shown)
}

/// Makes the account with the passkey that the browser answered with.
pub async fn made(form: &Form, token: &str, link: Link) -> Result<Response> {
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    let confirmed = first_passkey::confirm(realm, visit, token, answer(form)).await?;
    let problem = match confirmed {
        Confirmed::NoPasskey => Some(FAILED),
        Confirmed::Unlisted => Some(UNLISTED),
        _ => None,
    };
    if let Some(problem) = problem
        && let Some(offered) = first_passkey::offer(realm, visit, token).await?
    {
        return page(context, token, link, (offered, Some(problem))).await;
    }
    Ok(registered(context, confirmed))
}
