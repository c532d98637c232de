//! Parts that the pages around mails share: the interaction that the mail belongs to, and what a proof leads to.

use axum::{http::StatusCode, response::Response};
use language::Message;

use super::{
    super::{
        context::Context,
        error,
        pages::{DonePage, Frame, Page},
        respond,
    },
    interaction_page,
};
use crate::{
    flow::{
        Result,
        mailed::{SignedIn, registration::Confirmed},
    },
    paths,
    session::interaction::Interaction,
};

/// A page on the way of an interaction, if this browser is in it: its forms may lead back to the client (S6).
pub struct OnTheWay<'a> {
    context: &'a Context,
    /// The interaction.
    pub interaction: Option<Interaction>,
}

impl<'a> OnTheWay<'a> {
    /// The page of a mail that was asked for in that interaction.
    pub async fn of(context: &'a Context, interaction: Option<&str>) -> Result<Self> {
        let interaction = match interaction {
            Some(id) => Interaction::load(&context.realm, &context.visit, id).await?,
            None => None,
        };
        Ok(Self { context, interaction })
    }

    /// The frame, with the client that sent the person.
    pub fn frame(&self) -> Frame {
        match &self.interaction {
            Some(interaction) => respond::frame_of(self.context, interaction),
            None => respond::frame(self.context),
        }
    }

    /// Renders the page.
    pub fn show(&self, status: StatusCode, page: &impl Page) -> Result<Response> {
        match &self.interaction {
            Some(interaction) => interaction_page::page(interaction, status, page),
            None => respond::page(status, page),
        }
    }
}

/// What becomes of the browser that confirmed a new account.
pub fn registered(context: &Context, confirmed: Confirmed) -> Response {
    match confirmed {
        Confirmed::SignedIn(signed_in) => lead_on(context, &signed_in),
        Confirmed::Over | Confirmed::NoPasskey | Confirmed::Unlisted => gone(context),
        Confirmed::Taken => taken(context),
    }
}

/// Leads a browser on that a mail has signed in.
pub fn lead_on(context: &Context, signed_in: &SignedIn) -> Response {
    respond::with_session(context, respond::see_other(&signed_in.path), &signed_in.cookie)
}

/// `GET /signed-out-everywhere`
pub async fn signed_out(context: Context) -> Response {
    let page = DonePage {
        frame: respond::frame(&context),
        heading: Message::new("signed-out-everywhere-heading"),
        sentence: Message::new("signed-out-everywhere-text"),
        label: Message::new("choose-new-password"),
        url: paths::RECOVER.to_owned(),
    };
    let result = respond::page(StatusCode::OK, &page);
    context.finish(result)
}

/// The page for somebody whose address has got another account meanwhile.
pub fn taken(context: &Context) -> Response {
    error::gone(context, Message::new("mailed-taken"), Message::new("mailed-taken-text"))
}

/// The page for a link or a code that does not work, or not any more.
pub fn gone(context: &Context) -> Response {
    error::gone(context, Message::new("mailed-gone"), Message::new("mailed-gone-text"))
}
