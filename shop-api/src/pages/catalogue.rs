//! The catalogue and the page of a product: for everybody.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use commerce::{
    catalogue::{self, Product},
    page::{Cursor, Window},
};
use web::params::QueryParams;
use web::word::Word;

use super::{
    html,
    visit::{Frame, Visit},
};
use crate::{api::query::Wanted, app::Shop, error::Fault};

/// Products on one page.
const SHELF: i64 = 24;

#[derive(Template)]
#[template(path = "catalogue.html")]
struct CataloguePage<'a> {
    frame: &'a Frame,
    products: Vec<Product>,
    next: Option<Cursor>,
    notice: Option<&'static str>,
}

/// `GET /`; a sign-in that came to nothing ends here with `?signin=<word>`.
pub async fn list(
    State(shop): State<Shop>,
    visit: Visit,
    QueryParams(query): QueryParams,
    Wanted(window): Wanted,
) -> Result<Response, Fault> {
    let page = catalogue::published(&shop.db, &Window { limit: SHELF, ..window }).await?;
    // a callback that was loaded again came to nothing, but whoever is signed in got what they wanted
    let notice = query.first("signin").and_then(outcome).filter(|_| visit.frame.signed_in.is_none());
    html(
        &shop,
        StatusCode::OK,
        &CataloguePage { frame: &visit.frame, products: page.items, next: page.next, notice },
    )
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
    /// Sending the form twice adds once.
    key: String,
}

/// `GET /products/{slug}`
pub async fn product(State(shop): State<Shop>, visit: Visit, Word(slug): Word) -> Result<Response, Fault> {
    let product = catalogue::by_slug(&shop.db, &slug).await?.ok_or(Fault::NotFound)?;
    let key = clock::random::token(&*shop.random);
    html(&shop, StatusCode::OK, &ProductPage { frame: &visit.frame, product, key })
}
