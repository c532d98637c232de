//! The catalogue and the page of a product, for everybody.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use commerce::{
    catalogue::{self, Product},
    page::{Cursor, Window},
};
use language::Message;
use relying_party::words;
use service::{CommonError, filters};
use web::{params::QueryParams, word::Word};

use super::{PageRequest, frame::Frame};
use crate::{error::Error, query::ListQuery, state::AppState};

/// Number of products on one page.
const SHELF: i64 = 24;

#[derive(Template)]
#[template(path = "catalogue.html")]
struct CataloguePage<'a> {
    frame: &'a Frame,
    products: Vec<Product>,
    next: Option<Cursor>,
    notice: Option<Message>,
}

/// `GET /`. A failed sign-in leads here with `?signin=<word>`.
pub async fn list(
    State(app): State<AppState>,
    request: PageRequest,
    QueryParams(query): QueryParams,
    ListQuery(window): ListQuery,
) -> Result<Response, Error> {
    let found = catalogue::published(&app.db, &Window { limit: SHELF, ..window }).await?;
    // no notice for a person who is signed in: a callback that is loaded again fails, although the sign-in succeeded
    let notice = query.first("signin").and_then(words::outcome).filter(|_| request.frame.signed_in.is_none());
    let page = CataloguePage { frame: &request.frame, products: found.items, next: found.next, notice };
    Ok(request.frame.render(&app, StatusCode::OK, &page)?)
}

#[derive(Template)]
#[template(path = "product.html")]
struct ProductPage<'a> {
    frame: &'a Frame,
    product: Product,
    /// Key of the form: sending it twice adds the product once.
    key: String,
}

/// `GET /products/{slug}`
pub async fn product(
    State(app): State<AppState>,
    request: PageRequest,
    Word(slug): Word,
) -> Result<Response, Error> {
    let product = catalogue::by_slug(&app.db, &slug).await?.ok_or(CommonError::NotFound)?;
    let page = ProductPage { frame: &request.frame, product, key: app.new_token() };
    Ok(request.frame.render(&app, StatusCode::OK, &page)?)
}
