//! The page after signing out.

use axum::{extract::State, http::StatusCode, response::Response};
use language::Words;
use service::CommonError;

use super::{PageRequest, message::MessagePage};
use crate::state::AppState;

/// `GET /signed-out`
pub async fn show(State(app): State<AppState>, request: PageRequest) -> Result<Response, CommonError> {
    let Words { heading, sentence } = if request.frame.signed_in.is_some() {
        Words::new("still-signed-in", "still-signed-in-text")
    } else {
        Words::new("signed-out", "signed-out-text")
    };
    let page = MessagePage {
        frame: &request.frame,
        id: "signed-out",
        heading: &heading,
        sentence: &sentence,
        sign_in: None,
        code: None,
    };
    request.frame.render(&app, StatusCode::OK, &page)
}
