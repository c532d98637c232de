//! The list of orders.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use commerce::orders::{self, Filter, Fulfilment, Order, Payment};
use service::http::params::{ParamsRejection, QueryParams};

use super::desk::Desk;
use super::fault::PageFault;
use super::frame::Frame;
use super::{Choice, bad_query};
use crate::access::Area;
use crate::query;
use service::when::When;

#[derive(Template)]
#[template(path = "orders_list.html")]
struct ListPage {
    frame: Frame,
    selects: Vec<Select>,
    lines: Vec<Line>,
    filtered: bool,
    next: Option<String>,
}

struct Select {
    name: &'static str,
    label: &'static str,
    choices: Vec<Choice>,
}

struct Line {
    id: String,
    reference: String,
    placed: When,
    payment: &'static str,
    fulfilment: &'static str,
    items: i64,
    total: String,
}

/// `GET /orders`
pub async fn index(desk: Desk, params: Result<QueryParams, ParamsRejection>) -> Result<Response, PageFault> {
    desk.staff(Area::Orders)?;
    let QueryParams(params) = params.map_err(|rejection| desk.fault(bad_query(&rejection)))?;
    let (filter, window) = query::orders(&params).map_err(|fault| desk.fault(fault))?;
    let found = orders::list(desk.app.db(), filter, &window).await.map_err(|error| desk.fault(error))?;
    let page = ListPage {
        frame: desk.frame(),
        selects: selects(filter),
        lines: found.items.into_iter().map(Line::from).collect(),
        filtered: filter.payment.is_some() || filter.fulfilment.is_some() || window.after.is_some(),
        next: found.next.map(|cursor| query::next("/orders", &params, &cursor.to_string())),
    };
    desk.page(StatusCode::OK, &page)
}

impl From<Order> for Line {
    fn from(order: Order) -> Line {
        Line {
            reference: order.reference(),
            placed: When::at(order.placed_at),
            payment: order.status.payment.as_str(),
            fulfilment: order.status.fulfilment.as_str(),
            items: order.item_count,
            total: order.total.to_string(),
            id: order.id,
        }
    }
}

fn selects(filter: Filter) -> Vec<Select> {
    let payments =
        Payment::ALL.iter().map(|p| Choice::new(p.as_str(), p.as_str(), &Some(*p), &filter.payment));
    let fulfilments =
        Fulfilment::ALL.iter().map(|f| Choice::new(f.as_str(), f.as_str(), &Some(*f), &filter.fulfilment));
    let any_payment = Choice::new("", "Any", &None, &filter.payment);
    let any_fulfilment = Choice::new("", "Any", &None, &filter.fulfilment);
    vec![
        Select {
            name: "payment",
            label: "Payment",
            choices: std::iter::once(any_payment).chain(payments).collect(),
        },
        Select {
            name: "fulfilment",
            label: "Fulfilment",
            choices: std::iter::once(any_fulfilment).chain(fulfilments).collect(),
        },
    ]
}
