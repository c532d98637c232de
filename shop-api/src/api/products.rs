//! The catalogue: public.

use axum::{Json, extract::State, response::Response};
use commerce::{
    catalogue::{self, Product},
    money::Money,
};
use serde::Serialize;
use service::CommonError;
use web::word::Word;

use super::listed;
use crate::{error::Error, paths::api, query::ListQuery, state::AppState};

/// A product as programs see it.
#[derive(Debug, Serialize)]
pub struct ProductView {
    id: String,
    slug: String,
    name: String,
    description: String,
    price: Money,
    stock: i64,
}

impl From<Product> for ProductView {
    fn from(product: Product) -> Self {
        Self {
            price: product.price(),
            id: product.id,
            slug: product.slug,
            name: product.name,
            description: product.description,
            stock: product.stock,
        }
    }
}

/// `GET /api/products`
pub async fn list(State(app): State<AppState>, ListQuery(window): ListQuery) -> Result<Response, Error> {
    let page = catalogue::published(&app.db, &window).await?;
    let items: Vec<ProductView> = page.items.into_iter().map(ProductView::from).collect();
    Ok(listed(api::PRODUCTS, window.limit, items, page.next))
}

/// `GET /api/products/{id}`
pub async fn show(State(app): State<AppState>, Word(id): Word) -> Result<Json<ProductView>, Error> {
    let product = catalogue::by_id(&app.db, &id).await?.ok_or(CommonError::NotFound)?;
    Ok(Json(product.into()))
}
