//! Published content pages, for everybody.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use clock::when::When;
use commerce::content::{
    body::{Block, blocks},
    store,
};
use service::{CommonError, filters};
use web::word::Word;

use super::{PageRequest, frame::Frame};
use crate::{error::Error, state::AppState};

#[derive(Template)]
#[template(path = "content.html")]
struct ContentPage<'a> {
    frame: &'a Frame,
    title: String,
    blocks: Vec<Block>,
    updated: When,
}

/// `GET /pages/{slug}`
pub async fn show(
    State(app): State<AppState>,
    request: PageRequest,
    Word(slug): Word,
) -> Result<Response, Error> {
    let published = store::published(&app.db, &slug).await?.ok_or(CommonError::NotFound)?;
    let page = ContentPage {
        frame: &request.frame,
        title: published.title,
        blocks: blocks(&published.body),
        updated: app.when(published.published_at),
    };
    Ok(request.frame.render(&app, StatusCode::OK, &page)?)
}
