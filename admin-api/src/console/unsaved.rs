//! Text that can't be saved now, because the session has ended, the form is out of date, or a service is unreachable.
//! The text is shown again, and nothing else is done with it (C3, S26).

use axum::response::{IntoResponse, Response};
use relying_party::{Absent, Reason, Refusal};
use service::error_pages;

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

fn sentence(refusal: &Refusal, signed_out: bool) -> String {
    match refusal.reason() {
        _ if signed_out => "You are not signed in any more. Sign in in a new tab, then come back to this one and save.".into(),
        Reason::Forgery => "You signed in again after you opened this form. Look it over and save once more.".into(),
        Reason::BadForm { .. } => {
            "The text had characters that nobody sees and nothing can store. They are gone from the form below: \
             look it over and save once more."
                .into()
        }
        _ => refusal.words().sentence.into_owned(),
    }
}
