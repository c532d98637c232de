//! `POST /password-advice`: what the page's script tells about a new password while it is typed.

use axum::{
    Json,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use language::{Message, wanted};
use serde_json::json;

use super::super::{password_form::PasswordForm, request::Form};
use crate::{
    authn::{password::Strength, queue::Turn},
    flow::{
        Result,
        password_advice::{self, Advice},
    },
    words,
};

/// The longest text about the person that is looked at, in bytes: no name or address is longer.
const MAX_ABOUT: usize = 320;

/// Answers in the language of the page.
pub async fn post(PasswordForm { form, turn }: PasswordForm) -> Response {
    let result = match turn {
        Ok(turn) => advice(&form, turn).await,
        Err(busy) => Err(busy.into()),
    };
    form.finish(result).await
}

async fn advice(form: &Form, turn: Turn) -> Result<Response> {
    let context = &form.context;
    let about: Vec<&str> = ["email", "name"]
        .map(|name| form.field(name))
        .into_iter()
        .filter(|text| text.len() <= MAX_ABOUT)
        .collect();
    let typed = form.field("password");
    let advice = password_advice::judge(&context.realm, &context.visit, typed, &about, turn).await?;
    let (strength, message) = match advice {
        Advice::Refused(message) => ("weak", message),
        Advice::Accepted(Strength::Fair) => ("fair", Message::new("password-fair")),
        Advice::Accepted(Strength::Strong) => ("strong", Message::new("password-strong")),
    };
    let language = wanted(form.field("language"), &context.realm.config.languages);
    let text = words::say(language.unwrap_or(context.visit.language), &message);
    let no_store = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((no_store, Json(json!({ "strength": strength, "text": text }))).into_response())
}
