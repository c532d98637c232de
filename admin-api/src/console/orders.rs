//! The list of orders.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use clock::when::When;
use commerce::{
    money::Money,
    orders::{self, Filter, Fulfilment, Order, Payment},
};
use language::Message;
use service::filters;
use web::params::{ParamsRejection, QueryParams};

use super::{
    Choice, PageRequest, bad_query,
    frame::Frame,
    order_words::{fulfilment, fulfilment_tone, payment, payment_tone},
    people,
};
use crate::{access::Area, error::Error, paths, query};

#[derive(Template)]
#[template(path = "orders_list.html")]
struct ListPage {
    frame: Frame,
    selects: Vec<Select>,
    rows: Vec<Row>,
    filtered: bool,
    shop_url: String,
    next: Option<String>,
}

struct Select {
    name: &'static str,
    label: &'static str,
    choices: Vec<Choice>,
}

struct Row {
    id: String,
    reference: String,
    placed: When,
    customer: Message,
    payment: &'static str,
    payment_tone: &'static str,
    fulfilment: &'static str,
    fulfilment_tone: &'static str,
    items: i64,
    total: Money,
}

/// `GET /orders`
pub async fn index(
    request: PageRequest,
    params: Result<QueryParams, ParamsRejection>,
) -> Result<Response, Error> {
    request.require(Area::Orders)?;
    let QueryParams(params) = params.map_err(|rejection| bad_query(&rejection))?;
    let (filter, window) = query::orders(&params)?;
    let found = orders::list(&request.app.db, filter, &window).await?;
    let page = ListPage {
        frame: request.frame(),
        selects: selects(filter),
        rows: found.items.into_iter().map(|order| row(&request, order)).collect(),
        filtered: filter.payment.is_some() || filter.fulfilment.is_some() || window.after.is_some(),
        shop_url: request.app.service().other.url.clone(),
        next: found.next.map(|cursor| query::next(paths::ORDERS, &params, &cursor.to_string())),
    };
    request.render(StatusCode::OK, &page)
}

fn row(request: &PageRequest, order: Order) -> Row {
    let status = order.status;
    Row {
        reference: order.reference(),
        placed: request.when(order.placed_at),
        customer: people::customer(&order.known_as),
        payment: payment(status.payment),
        payment_tone: payment_tone(status.payment),
        fulfilment: fulfilment(status.fulfilment),
        fulfilment_tone: fulfilment_tone(status.fulfilment),
        items: order.item_count,
        total: order.total.clone(),
        id: order.id,
    }
}

fn selects(filter: Filter) -> Vec<Select> {
    let payments =
        Payment::ALL.iter().map(|p| Choice::new(p.as_str(), payment(*p), &Some(*p), &filter.payment));
    let fulfilments = Fulfilment::ALL
        .iter()
        .map(|f| Choice::new(f.as_str(), fulfilment(*f), &Some(*f), &filter.fulfilment));
    let any_payment = Choice::new("", "any", &None, &filter.payment);
    let any_fulfilment = Choice::new("", "any", &None, &filter.fulfilment);
    vec![
        Select {
            name: "payment",
            label: "payment",
            choices: std::iter::once(any_payment).chain(payments).collect(),
        },
        Select {
            name: "fulfilment",
            label: "fulfilment",
            choices: std::iter::once(any_fulfilment).chain(fulfilments).collect(),
        },
    ]
}
