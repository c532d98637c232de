//! The customer's orders.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use commerce::{
    orders::{self, Order, OrderDetail},
    page::Cursor,
};
use web::params::QueryParams;
use web::word::Word;

use super::{
    html,
    visit::{Frame, Visit},
    words,
};
use crate::{ORDERS, api::query::Wanted, app::Shop, error::Fault};

#[derive(Template)]
#[template(path = "orders.html")]
struct OrdersPage<'a> {
    frame: &'a Frame,
    orders: Vec<Order>,
    next: Option<Cursor>,
}

/// `GET /orders`
pub async fn list(State(shop): State<Shop>, visit: Visit, Wanted(window): Wanted) -> Result<Response, Fault> {
    let customer = visit.require(ORDERS)?;
    let page = orders::list_own(&shop.db, &customer, &window).await?;
    html(&shop, StatusCode::OK, &OrdersPage { frame: &visit.frame, orders: page.items, next: page.next })
}

#[derive(Template)]
#[template(path = "order.html")]
struct OrderPage<'a> {
    frame: &'a Frame,
    detail: OrderDetail,
    is_new: bool,
}

/// `GET /orders/{id}`: an order of somebody else is not found.
pub async fn show(
    State(shop): State<Shop>,
    visit: Visit,
    Word(id): Word,
    QueryParams(query): QueryParams,
) -> Result<Response, Fault> {
    let customer = visit.require(ORDERS)?;
    let detail = orders::load_own(&shop.db, &customer, &id).await?.ok_or(Fault::NotFound)?;
    let is_new = query.first("placed").is_some();
    html(&shop, StatusCode::OK, &OrderPage { frame: &visit.frame, detail, is_new })
}
