//! Published content pages: for everybody.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use commerce::content::{
    body::{Block, blocks},
    store,
};

use clock::when::When;
use web::word::Word;

use super::{
    html,
    visit::{Frame, Visit},
};
use crate::{app::Shop, error::Fault};

#[derive(Template)]
#[template(path = "content.html")]
struct ContentPage<'a> {
    frame: &'a Frame,
    title: String,
    blocks: Vec<Block>,
    updated: When,
}

/// `GET /pages/{slug}`
pub async fn show(State(shop): State<Shop>, visit: Visit, Word(slug): Word) -> Result<Response, Fault> {
    let page = store::published(&shop.db, &slug).await?.ok_or(Fault::NotFound)?;
    let (blocks, updated) = (blocks(&page.body), shop.config.time_zone.at(page.published_at));
    html(&shop, StatusCode::OK, &ContentPage { frame: &visit.frame, title: page.title, blocks, updated })
}
