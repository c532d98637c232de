//! Text that can't be saved now, because the session has ended, the form is out of date, or a service is unreachable.
//! The text is shown again, and nothing else is done with it (C3, S26).

use axum::response::{IntoResponse, Response};
use language::Message;
use relying_party::{Absent, Reason, Refusal};
use service::{CommonError, error_pages};

use super::{
    content_form::{Input, Unsaved, View},
    content_page::render,
    request::{Form, RejectedForm},
};
use crate::error::Error;

/// Shows the form again with the typed text.
pub async fn show(rejected: RejectedForm) -> Result<Response, Error> {
    let RejectedForm { refusal, kept } = rejected;
    let Some(kept) = kept else { return Err(refusal.into()) };
    let Form { request, params } = *kept;
    let absent = request.sender.caller.as_ref().err().copied();
    let signed_out = absent.is_some_and(|absent| absent != Absent::Unavailable);
    let unsaved = Unsaved {
        path: request.path().to_owned(),
        sentence: sentence(&refusal, signed_out),
        code: refusal.code(),
        sign_in: signed_out.then(|| request.return_to().to_owned()),
    };
    let view = View {
        input: Input::sent(&params),
        version: params.first("version").and_then(|text| text.parse().ok()).unwrap_or_default(),
        unsaved: Some(unsaved),
        ..View::default()
    };
    let mut page = render(&request, refusal.status(), view).await?;
    error_pages::keep_headers(&refusal.into_response(), &mut page);
    Ok(page)
}

fn sentence(refusal: &Refusal, signed_out: bool) -> Message {
    match refusal.reason() {
        _ if signed_out => Message::new("unsaved-signed-out"),
        Reason::Forgery => Message::new("unsaved-stale"),
        Reason::BadForm { .. } => Message::new("unsaved-hidden"),
        _ => CommonError::from(refusal.clone()).words().sentence,
    }
}
