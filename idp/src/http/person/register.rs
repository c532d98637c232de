//! The page for a new account.

use axum::{extract::Path, http::StatusCode, response::Response};
use language::{Language, Message};
use protocol::typed;

use super::{
    super::{
        context::Context,
        error::{Again, with_retry},
        pages::{ClaimInput, FieldProblem, RegisterPage},
        password_form::PasswordForm,
        request::Form,
        respond,
    },
    interaction_page::{cancel_url, opened, page, unknown},
    upstream_page::buttons,
};
use crate::{
    authn::queue::{Busy, Turn},
    flow::{
        Result,
        mailed::first_passkey,
        new_account::{
            self, FieldError, Filled,
            fields::{FIELDS, Input},
        },
        register::{self, Outcome},
    },
    paths::Action,
    realm::{Realm, config::AskedClaim},
    session::interaction::Interaction,
};

/// The page before anything was typed.
pub fn blank(context: &Context, interaction: &Interaction) -> Result<Response> {
    let hint = interaction.login_hint();
    let typed = Typed { email: hint.unwrap_or_default(), claims: &blank_claims(&context.realm) };
    show(context, interaction, StatusCode::OK, typed, None)
}

fn show(
    context: &Context,
    interaction: &Interaction,
    status: StatusCode,
    typed: Typed<'_>,
    problem: Option<FieldProblem>,
) -> Result<Response> {
    let path = interaction.path();
    let shown = RegisterPage {
        frame: respond::frame_of(context, interaction),
        action: interaction.action(Action::Register),
        csrf: context.csrf(),
        email: typed::identifier(typed.email),
        claims: inputs(typed.claims),
        problem,
        min_length: context.realm.config.passwords.policy.min_code_points,
        offers_passkey: first_passkey::is_offered(&context.realm),
        upstreams: buttons(&context.realm),
        upstream_action: interaction.action(Action::Upstream),
        sign_in_url: format!("{path}?view=sign-in"),
        cancel_url: cancel_url(interaction),
    };
    page(interaction, status, &shown)
}

/// A faulty field in the form that a page shows.
pub fn problem(fault: FieldError) -> FieldProblem {
    FieldProblem { field: fault.field, message: fault.message }
}

/// Why the form has to be sent again unchanged. It is shown at the password, the one field that has to be filled in
/// again.
pub fn once_more(text: Message) -> FieldProblem {
    FieldProblem { field: "password", message: text }
}

/// What was typed into the form, or nothing yet.
#[derive(Clone, Copy)]
struct Typed<'a> {
    email: &'a str,
    claims: &'a [Filled<'a>],
}

/// The claims that the realm asks for, in the order of the page, with what `typed` has for each.
fn asked<'a>(realm: &Realm, typed: impl Fn(&str) -> &'a str) -> Vec<Filled<'a>> {
    let asked = &realm.config.registration.fields;
    let find = |claim| asked.iter().find(|asked| asked.claim == claim);
    let filled = |asked: &AskedClaim| Filled {
        claim: asked.claim,
        text: typed(asked.claim),
        required: asked.required,
    };
    FIELDS.iter().filter_map(|field| find(field.claim)).map(filled).collect()
}

fn blank_claims(realm: &Realm) -> Vec<Filled<'static>> {
    asked(realm, |_| "")
}

/// The claims as inputs of a page.
pub fn inputs(claims: &[Filled<'_>]) -> Vec<ClaimInput> {
    let input = |filled: &Filled<'_>| {
        let field = FIELDS.iter().find(|field| field.claim == filled.claim)?;
        let lines: Vec<String> = filled.text.lines().map(typed::visible).collect();
        let value = match field.input {
            Input::Line(_) => lines.concat(),
            Input::Lines => lines.join("\n"),
        };
        Some(ClaimInput { field: *field, required: filled.required, value })
    };
    claims.iter().filter_map(input).collect()
}

/// The language of the new account: the one that was chosen in this browser, before what the app asks for.
fn lasting_language(context: &Context, interaction: &Interaction) -> Language {
    let (realm, visit) = (&context.realm, &context.visit);
    let chosen = visit.saved_language.map(|saved| saved.language);
    let offered = chosen.filter(|chosen| realm.config.languages.contains(chosen));
    offered.unwrap_or_else(|| interaction.language(realm, visit))
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
    let interaction = match opened(context, id).await? {
        Ok(interaction) => interaction,
        Err(instead) => return Ok(instead),
    };
    let claims = asked(realm, |claim| form.field(claim));
    let filled = new_account::Form {
        email: form.field("email"),
        claims: &claims,
        password: form.field("password"),
        language: Some(lasting_language(context, &interaction)),
    };
    let without_password = form.field("way") == "passkey" && first_passkey::is_offered(realm);
    let outcome = match turn {
        Ok(turn) if without_password => {
            // nothing is hashed, so others need not wait for it
            drop(turn);
            register::register_without_password(realm, visit, &interaction, filled).await
        }
        Ok(turn) => register::register(realm, visit, &interaction, filled, turn).await,
        Err(busy) => Err(busy.into()),
    };
    let kept = Typed { email: filled.email, claims: &claims };
    match outcome {
        Ok(Outcome::Registered(cookie)) => {
            Ok(respond::with_session(context, respond::see_other(&interaction.path()), &cookie))
        }
        Ok(Outcome::Mailed(path)) => Ok(respond::see_other(&path)),
        Ok(Outcome::Refused(fault)) => {
            show(context, &interaction, StatusCode::BAD_REQUEST, kept, Some(problem(fault)))
        }
        Err(failure) => {
            let again = Again::after(failure, realm.now())?;
            let shown = show(context, &interaction, again.status, kept, Some(once_more(again.text)))?;
            Ok(with_retry(shown, again.retry_seconds))
        }
    }
}
