//! The catalogue: public.

use axum::{Json, extract::State, response::Response};
use commerce::{
    catalogue::{self, Product},
    money::Money,
};
use serde::Serialize;
use web::word::Word;

use super::{listed, query::Wanted};
use crate::{app::Shop, error::Fault};

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
pub async fn list(State(shop): State<Shop>, Wanted(window): Wanted) -> Result<Response, Fault> {
    let page = catalogue::published(&shop.db, &window).await?;
    let items: Vec<ProductView> = page.items.into_iter().map(ProductView::from).collect();
    Ok(listed("/api/products", window.limit, items, page.next))
}

/// `GET /api/products/{id}`
pub async fn show(State(shop): State<Shop>, Word(id): Word) -> Result<Json<ProductView>, Fault> {
    let product = catalogue::by_id(&shop.db, &id).await?.ok_or(Fault::NotFound)?;
    Ok(Json(product.into()))
}
