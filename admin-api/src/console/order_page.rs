//! One order: its two statuses with the moves that are legal now, its goods, its timeline (C5).

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use commerce::orders::{
    self, Change, ChangeError, ChangeOrder, Event, Fulfilment, OrderDetail, Payment, What,
};
use commerce::party::{Actor, Side};
use realm_guard::Caller;
use service::http::params::{ParamsRejection, QueryParams};
use service::http::word::{NotAWord, Word};

use super::desk::{Desk, Form};
use super::fault::PageFault;
use super::frame::Frame;
use crate::access::{Admin, Area};
use crate::error::Fault;
use service::when::When;

#[derive(Template)]
#[template(path = "order.html")]
struct OrderPage {
    frame: Frame,
    id: String,
    reference: String,
    version: i64,
    payment: &'static str,
    fulfilment: &'static str,
    placed: When,
    customer: String,
    total: String,
    moves: Vec<Move>,
    events: Vec<Row>,
    lines: Vec<Line>,
    done: Option<&'static str>,
    problem: Option<String>,
}

struct Move {
    id: String,
    name: &'static str,
}

struct Row {
    at: When,
    what: String,
    who: String,
}

struct Line {
    name: String,
    price: String,
    quantity: i64,
    sum: String,
}

/// `GET /orders/{id}`
pub async fn show(
    desk: Desk,
    word: Result<Word, NotAWord>,
    params: Result<QueryParams, ParamsRejection>,
) -> Result<Response, PageFault> {
    let caller = desk.staff(Area::Orders)?;
    let Word(id) = word.map_err(|fault| desk.fault(fault))?;
    let order = orders::load(desk.app.db(), &id).await.map_err(|error| desk.fault(error))?;
    let order = order.ok_or_else(|| desk.fault(Fault::NotFound))?;
    let changed = params.is_ok_and(|QueryParams(params)| params.first("done") == Some("changed"));
    let page = OrderPage { done: changed.then_some("The order is changed."), ..page(&desk, caller, &order) };
    desk.page(StatusCode::OK, &page)
}

/// `POST /orders/{id}/status`
pub async fn change(word: Result<Word, NotAWord>, form: Form) -> Result<Response, PageFault> {
    let Form { desk, params } = form;
    let caller = desk.staff(Area::Orders)?;
    let Word(id) = word.map_err(|fault| desk.fault(fault))?;
    let change =
        params.first("change").and_then(parse).ok_or_else(|| desk.fault(Fault::BadQuery("change")))?;
    let version = params.first("version").and_then(|text| text.parse().ok()).unwrap_or_default();
    let actor = Actor::staff(&caller.claims.iss, &caller.claims.sub);
    let wanted = ChangeOrder { id: &id, version, change, actor, now: desk.app.now() };
    let (order, problem) = match orders::change(desk.app.db(), &wanted).await {
        Ok(_) => return Ok(desk.see_other(&format!("/orders/{id}?done=changed"))),
        Err(ChangeError::Stale(order)) => {
            (*order, "Somebody else changed this order after you opened it. Look at it again.".to_owned())
        }
        Err(ChangeError::Illegal(illegal)) => {
            let order = orders::load(desk.app.db(), &id).await.map_err(|error| desk.fault(error))?;
            (
                order.ok_or_else(|| desk.fault(Fault::NotFound))?,
                format!("The order can't change like this: {illegal}."),
            )
        }
        Err(other) => return Err(desk.fault(other)),
    };
    let page = OrderPage { problem: Some(problem), ..page(&desk, caller, &order) };
    desk.page(StatusCode::CONFLICT, &page)
}

fn page(desk: &Desk, caller: &Caller<Admin>, detail: &OrderDetail) -> OrderPage {
    let order = &detail.order;
    let line = |line: &orders::Line| Line {
        name: line.name.clone(),
        price: line.unit_price.to_string(),
        quantity: line.quantity,
        sum: line.total().to_string(),
    };
    OrderPage {
        frame: desk.frame(),
        id: order.id.clone(),
        reference: order.reference(),
        version: order.version,
        payment: order.status.payment.as_str(),
        fulfilment: order.status.fulfilment.as_str(),
        placed: When::at(order.placed_at),
        customer: order.customer.sub.clone(),
        total: order.total.to_string(),
        moves: order.status.moves().into_iter().map(button).collect(),
        events: detail.timeline.iter().map(|event| row(event, caller)).collect(),
        lines: detail.lines.iter().map(line).collect(),
        done: None,
        problem: None,
    }
}

fn row(event: &Event, caller: &Caller<Admin>) -> Row {
    let what = match event.what {
        What::Placed => "Order placed".to_owned(),
        What::Payment { from, to } => format!("Payment: {from} → {to}"),
        What::Fulfilment { from, to } => format!("Fulfilment: {from} → {to}"),
    };
    let own = event.actor.issuer == caller.claims.iss && event.actor.sub == caller.claims.sub;
    let who = match event.actor.side {
        Side::Staff if own => "you".to_owned(),
        Side::Staff => format!("staff {}", event.actor.sub),
        Side::Customer => "the customer".to_owned(),
    };
    Row { at: When::at(event.at), what, who }
}

/// The word of a move in forms: which status, and where to.
fn word(change: Change) -> String {
    match change {
        Change::Payment(to) => format!("payment-{to}"),
        Change::Fulfilment(to) => format!("fulfilment-{to}"),
    }
}

fn parse(word: &str) -> Option<Change> {
    match word.split_once('-')? {
        ("payment", to) => Payment::parse(to).map(Change::Payment),
        ("fulfilment", to) => Fulfilment::parse(to).map(Change::Fulfilment),
        _ => None,
    }
}

fn button(change: Change) -> Move {
    let name = match change {
        Change::Payment(Payment::Paid) => "Mark as paid",
        Change::Payment(Payment::Refunded) => "Refund",
        Change::Payment(Payment::Cancelled) => "Cancel the payment",
        Change::Payment(Payment::Due) => "Payment due again",
        Change::Fulfilment(Fulfilment::Packed) => "Mark as packed",
        Change::Fulfilment(Fulfilment::Shipped) => "Mark as shipped",
        Change::Fulfilment(Fulfilment::Delivered) => "Mark as delivered",
        Change::Fulfilment(Fulfilment::Returned) => "Mark as returned",
        Change::Fulfilment(Fulfilment::Cancelled) => "Cancel the order",
        Change::Fulfilment(Fulfilment::New) => "Not packed after all",
    };
    Move { id: word(change), name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c5_every_move_has_a_word_that_leads_back_to_it() {
        let payments = Payment::ALL.iter().map(|to| Change::Payment(*to));
        for change in payments.chain(Fulfilment::ALL.iter().map(|to| Change::Fulfilment(*to))) {
            assert_eq!(parse(&word(change)), Some(change));
        }
        for bad in ["", "payment", "payment-", "payment-gone", "price-paid", "fulfilment-paid"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
