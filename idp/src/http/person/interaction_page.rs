//! Parts that the pages of an interaction share: the frame, the links out of a sign-in, and the pages for an
//! interaction that is unknown or over.

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

/// The e-mail address of the signed-in account; empty when nobody is signed in.
pub async fn account(context: &Context) -> Result<String> {
    let Some(session) = &context.visit.session else { return Ok(String::new()) };
    Ok(flow::account::email(&context.realm, session).await?.unwrap_or_default())
}

/// Where the person can cancel the request.
pub fn cancel_url(interaction: &Interaction) -> String {
    interaction.action(Action::Cancel)
}

/// The links out of a half-done sign-in.
pub fn ways_out(context: &Context, interaction: &Interaction) -> WaysOut {
    WaysOut {
        switch_action: interaction.action(Action::ChooseAccount),
        csrf: context.csrf(),
        cancel_url: cancel_url(interaction),
    }
}

/// The interaction of that id while it can be answered; otherwise the page that says why it can't.
pub async fn opened(context: &Context, id: &str) -> Result<std::result::Result<Interaction, Response>> {
    let Some(interaction) = Interaction::load(&context.realm, &context.visit, id).await? else {
        return unknown(context, id).await.map(Err);
    };
    if !interaction.is_open(context.realm.now()) {
        return over(context, &interaction).map(Err);
    }
    Ok(Ok(interaction))
}

/// The page for an interaction that this browser did not begin, or that was deleted. It leads back to the client, if
/// that is known (S7).
pub async fn unknown(context: &Context, id: &str) -> Result<Response> {
    let client = Interaction::client_of(&context.realm, id).await?;
    Ok(error::lost(context, client.as_deref()))
}

/// The page for an interaction that was answered before or has expired. It always offers a way to continue (S7).
pub fn over(context: &Context, interaction: &Interaction) -> Result<Response> {
    let client = interaction.client_request().and_then(|request| context.realm.client(&request.client_id));
    let shown = CompletedPage {
        frame: respond::frame_of(context, interaction),
        return_url: client.and_then(|client| client.client_uri.clone()),
        restart_url: Some(interaction.action(Action::StartAgain)),
    };
    page(interaction, StatusCode::OK, &shown)
}
