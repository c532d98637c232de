//! Text that can't be saved now: the session ended while somebody wrote, the form is out of date, or something is away.
//! It is shown again and nothing else is done with it (C3, S26).

use axum::response::Response;
use relying_party::{Absent, Reason, Refusal};

use super::content_form::{Input, View, render};
use super::desk::Unaccepted;
use super::fault::PageFault;

/// Why a text isn't saved, and the way on.
#[derive(Clone, Debug)]
pub struct Unsaved {
    /// Where its form leads, inside the console.
    pub path: String,
    /// In a sentence or two.
    pub sentence: String,
    /// The stable word.
    pub code: &'static str,
    /// Where a sign-in returns to; `None` offers none.
    pub sign_in: Option<String>,
}

/// The form again, with what was typed into it.
pub async fn show(refused: Unaccepted) -> Result<Response, PageFault> {
    let Unaccepted { fault, kept } = refused;
    let Some(kept) = kept else { return Err(fault) };
    let (desk, params, refusal) = *kept;
    let absent = desk.visitor.caller.as_ref().err().copied();
    let signed_out = absent.is_some_and(|absent| absent != Absent::Unavailable);
    let unsaved = Unsaved {
        path: desk.path().to_owned(),
        sentence: sentence(&refusal, signed_out),
        code: refusal.code(),
        sign_in: signed_out.then(|| desk.return_to().to_owned()),
    };
    let view = View {
        input: Input::sent(&params),
        version: params.first("version").and_then(|text| text.parse().ok()).unwrap_or_default(),
        unsaved: Some(unsaved),
        ..View::default()
    };
    let page = render(&desk, refusal.status(), view).await?;
    Ok(fault.dress(page))
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
