//! What the pages of an interaction have in common: their frame, the ways out of them, and what is shown when there is
//! no such interaction or it is over.

use axum::{http::StatusCode, response::Response};

use super::super::{
    context::Context,
    error,
    pages::{CompletedPage, Page, WaysOut},
    respond,
};
use crate::{
    flow::{self, Result},
    paths::Action,
    session::interaction::Interaction,
};

/// A page of an interaction, whose forms may lead back to the client.
pub fn page(interaction: &Interaction, status: StatusCode, page: &impl Page) -> Result<Response> {
    let redirect_uri = interaction.client_request().map(|request| request.redirect_uri.as_str());
    respond::page_to(status, page, redirect_uri)
}

/// The address (e-mail) of the signed-in account.
pub async fn account(context: &Context) -> Result<String> {
    let Some(session) = &context.visit.session else { return Ok(String::new()) };
    Ok(flow::account::email(&context.realm, session).await?.unwrap_or_default())
}

/// Back to the client without an answer from the person.
pub fn cancel_url(interaction: &Interaction) -> String {
    interaction.action(Action::Cancel)
}

/// The ways out of a sign-in that is half done.
pub fn ways_out(context: &Context, interaction: &Interaction) -> WaysOut {
    WaysOut {
        switch_action: interaction.action(Action::ChooseAccount),
        csrf: context.csrf(),
        cancel_url: cancel_url(interaction),
    }
}

/// An interaction that this browser did not begin, or that is long gone: the way on is the app's (S7).
pub async fn unknown(context: &Context, id: &str) -> Result<Response> {
    let client = Interaction::client_of(&context.realm, id).await?;
    Ok(error::lost(context, client.as_deref()))
}

/// An interaction that got its answer before, or ran out of time: the way on, never a dead end (S7).
pub fn over(context: &Context, interaction: &Interaction) -> Result<Response> {
    let client = interaction.client_request().and_then(|request| context.realm.client(&request.client_id));
    let shown = CompletedPage {
        frame: respond::frame_of(context, interaction),
        return_url: client.and_then(|client| client.client_uri.clone()),
        restart_url: Some(interaction.action(Action::StartAgain)),
    };
    page(interaction, StatusCode::OK, &shown)
}
