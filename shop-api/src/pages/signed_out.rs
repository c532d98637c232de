//! The page after signing out.

use axum::{extract::State, http::StatusCode, response::Response};
use service::{CommonError, page};

use super::{PageRequest, message::Message};
use crate::state::AppState;

/// `GET /signed-out`
pub async fn show(State(app): State<AppState>, request: PageRequest) -> Result<Response, CommonError> {
    let signed_in = request.frame.signed_in.is_some();
    let message = Message {
        frame: &request.frame,
        id: "signed-out",
        heading: if signed_in { "You are signed in" } else { "You are signed out" },
        sentence: if signed_in {
            "Use the button at the top to sign out."
        } else {
            "Thank you for your visit. See you soon."
        },
        sign_in: None,
        code: None,
    };
    page::render(&app, StatusCode::OK, &message)
}
