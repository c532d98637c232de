//! Where a person lands after signing out.

use axum::{extract::State, http::StatusCode, response::Response};

use super::{errors::Message, html, visit::Visit};
use crate::{app::Shop, error::Fault};

/// `GET /signed-out`
pub async fn show(State(shop): State<Shop>, visit: Visit) -> Result<Response, Fault> {
    let signed_in = visit.frame.signed_in.is_some();
    let page = Message {
        frame: &visit.frame,
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
    html(&shop, StatusCode::OK, &page)
}
