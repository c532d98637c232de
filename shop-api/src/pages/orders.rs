//! The customer's orders.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use commerce::{
    orders::{self, Order, OrderDetail},
    page::Cursor,
};
use service::{CommonError, filters};
use web::{params::QueryParams, word::Word};

use super::{PageRequest, frame::Frame, words};
use crate::{access::ORDERS, error::Error, query::ListQuery, state::AppState};

#[derive(Template)]
#[template(path = "orders.html")]
struct OrdersPage<'a> {
    frame: &'a Frame,
    orders: Vec<Order>,
    next: Option<Cursor>,
}

/// `GET /orders`
pub async fn list(
    State(app): State<AppState>,
    request: PageRequest,
    ListQuery(window): ListQuery,
) -> Result<Response, Error> {
    let customer = request.require(ORDERS)?;
    let found = orders::list_own(&app.db, &customer, &window).await?;
    let page = OrdersPage { frame: &request.frame, orders: found.items, next: found.next };
    Ok(request.frame.render(&app, StatusCode::OK, &page)?)
}

#[derive(Template)]
#[template(path = "order.html")]
struct OrderPage<'a> {
    frame: &'a Frame,
    detail: OrderDetail,
    is_new: bool,
}

/// `GET /orders/{id}`: 404 for an order of another customer.
pub async fn show(
    State(app): State<AppState>,
    request: PageRequest,
    Word(id): Word,
    QueryParams(query): QueryParams,
) -> Result<Response, Error> {
    let customer = request.require(ORDERS)?;
    let detail = orders::load_own(&app.db, &customer, &id).await?.ok_or(CommonError::NotFound)?;
    let is_new = query.first("placed").is_some();
    let page = OrderPage { frame: &request.frame, detail, is_new };
    Ok(request.frame.render(&app, StatusCode::OK, &page)?)
}
