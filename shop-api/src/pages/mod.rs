//! HTML for people: the storefront. Every page works without JavaScript.
//!
//! * [`visit`]: who is looking, and the frame around every page
//! * [`catalogue`], [`content`], [`cart`], [`checkout`], [`orders`], [`signed_out`]: the pages
//! * [`errors`]: every refusal on the way becomes a page
//! * [`words`]: statuses for people

pub mod cart;
pub mod catalogue;
pub mod checkout;
pub mod content;
pub mod errors;
pub mod orders;
pub mod signed_out;
pub mod visit;
pub mod words;

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

use crate::{app::Shop, error::Fault};

/// Renders a page with the headers of a page.
fn html(shop: &Shop, status: StatusCode, page: &impl Template) -> Result<Response, Fault> {
    let text = page.render().map_err(|error| {
        tracing::error!(%error, "a page could not be rendered");
        Fault::Internal
    })?;
    let mut response = (status, Html(text)).into_response();
    shop.policy.apply(response.headers_mut());
    Ok(response)
}
