//! The catalogue and the page of a product, for everybody.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use commerce::{
    catalogue::{self, Product},
    page::{Cursor, Window},
};
use service::{CommonError, page};
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
    notice: Option<&'static str>,
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
    let notice = query.first("signin").and_then(outcome).filter(|_| request.frame.signed_in.is_none());
    let page = CataloguePage { frame: &request.frame, products: found.items, next: found.next, notice };
    Ok(page::render(&app, StatusCode::OK, &page)?)
}

fn outcome(word: &str) -> Option<&'static str> {
    Some(match word {
        "cancelled" => "You cancelled the sign-in. Nothing has changed.",
        "expired" => "That sign-in took too long or was used already. Please sign in again.",
        "no-cookies" => {
            "Cookies are blocked, or this is another browser. Allow cookies here, then sign in again."
        }
        "failed" => "The sign-in did not work. Please try again.",
        "unavailable" => "The sign-in service can't be reached at the moment. Please try again shortly.",
        _ => return None,
    })
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
    Ok(page::render(&app, StatusCode::OK, &page)?)
}
