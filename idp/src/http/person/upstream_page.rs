//! Parts that pages share from which people sign in at another provider: its buttons, the way there, and what is told when
//! that came to nothing.

use axum::{http::StatusCode, response::Response};
use language::Message;

use super::super::{
    context::Context,
    pages::{Frame, LeavingPage, UpstreamButton},
    respond,
};
use crate::{
    flow::{Result, upstream::callback::Problem},
    realm::Realm,
    realm::upstream::Upstream,
};

/// The buttons of a page.
pub fn buttons(realm: &Realm) -> Vec<UpstreamButton> {
    let button = |upstream: &Upstream| UpstreamButton {
        id: upstream.config.id.clone(),
        name: upstream.config.name.clone(),
    };
    realm.upstreams.iter().map(button).collect()
}

/// What to tell somebody whose sign-in there came to nothing, and the status of the page.
pub fn told(problem: Problem, name: &str) -> (StatusCode, Message) {
    let (status, id) = match problem {
        Problem::Cancelled => (StatusCode::BAD_REQUEST, "upstream-cancelled"),
        Problem::Unreachable => (StatusCode::SERVICE_UNAVAILABLE, "upstream-unreachable"),
        Problem::Refused => (StatusCode::BAD_REQUEST, "upstream-refused"),
        Problem::NotFresh => (StatusCode::BAD_REQUEST, "upstream-not-fresh"),
    };
    (status, Message::new(id).with("provider", name))
}

/// The page that leads to an upstream. No redirect: `form-action` applies to the whole chain that follows a form, and
/// nobody knows which hosts a provider sends people over (S6).
pub fn leave(context: &Context, upstream: &Upstream, location: String) -> Result<Response> {
    let frame = Frame { language_url: None, ..respond::frame(context) };
    let lead = Message::new("leaving-to-upstream").with("provider", upstream.config.name.as_str());
    respond::page(StatusCode::OK, &LeavingPage { frame, lead, location })
}
