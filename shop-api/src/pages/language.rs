//! The page on which people choose the language of the pages.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use language::Language;
use service::{filters, language::way_back};
use web::params::QueryParams;

use super::{PageRequest, frame::Frame};
use crate::{error::Error, state::AppState};

#[derive(Template)]
#[template(path = "language.html")]
struct LanguagePage<'a> {
    frame: &'a Frame,
    languages: &'a [Language],
    /// The page that the person came from.
    back: String,
}

/// `GET /language`
pub async fn show(
    State(app): State<AppState>,
    request: PageRequest,
    QueryParams(query): QueryParams,
) -> Result<Response, Error> {
    let frame = Frame { language_url: None, ..request.frame };
    let languages = &app.service().languages;
    let back = way_back(&app, query.first("back").unwrap_or_default());
    let page = LanguagePage { frame: &frame, languages, back };
    Ok(frame.render(&app, StatusCode::OK, &page)?)
}
