//! The page on which people choose the language of the pages.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use language::Language;
use service::{filters, language::way_back};
use web::params::{ParamsRejection, QueryParams};

use super::{PageRequest, frame::Frame};
use crate::error::Error;

#[derive(Template)]
#[template(path = "language.html")]
struct LanguagePage {
    frame: Frame,
    languages: Vec<Language>,
    /// The page that the person came from.
    back: String,
}

/// `GET /language`
pub async fn show(
    request: PageRequest,
    params: Result<QueryParams, ParamsRejection>,
) -> Result<Response, Error> {
    let back = params.ok().and_then(|QueryParams(params)| params.first("back").map(str::to_owned));
    let page = LanguagePage {
        frame: Frame { language_url: None, ..request.frame() },
        languages: request.app.service().languages.clone(),
        back: way_back(&request.app, back.as_deref().unwrap_or_default()),
    };
    request.render(StatusCode::OK, &page)
}
