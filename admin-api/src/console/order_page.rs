//! The page of one order: its two statuses with the changes that are allowed now, its goods, its timeline (C5).

use askama::Template;
use axum::{http::StatusCode, response::Response};
use clock::when::When;
use commerce::{
    money::Money,
    orders::{self, ChangeError, ChangeOrder, Event, OrderDetail},
    party::{Actor, ActorKind},
};
use language::Message;
use relying_party::Caller;
use service::{CommonError, filters};
use web::{
    params::{ParamsRejection, QueryParams},
    word::{NotAWord, Word},
};

use super::{
    Form, PageRequest,
    frame::Frame,
    order_confirm::{self, RejectedReason},
    order_words::{self, button, loss, parse, word},
    people, step_up,
};
use crate::{access::Area, error::Error, paths, realm::Admin, reason, words};

#[derive(Template)]
#[template(path = "order.html")]
struct OrderPage {
    frame: Frame,
    id: String,
    reference: String,
    version: i64,
    payment: Status,
    fulfilment: Status,
    placed: When,
    customer: Message,
    total: Money,
    moves: Vec<Move>,
    events: Vec<Row>,
    lines: Vec<Line>,
    done: Option<&'static str>,
    problem: Option<Message>,
}

struct Status {
    name: &'static str,
    tone: &'static str,
}

struct Move {
    id: String,
    name: &'static str,
    /// Whether it has to be confirmed.
    asks: bool,
}

struct Row {
    at: When,
    what: Message,
    who: Message,
    reason: Option<String>,
}

struct Line {
    name: String,
    price: Money,
    quantity: i64,
    sum: Money,
}

/// `GET /orders/{id}`
pub async fn show(
    request: PageRequest,
    word: Result<Word, NotAWord>,
    params: Result<QueryParams, ParamsRejection>,
) -> Result<Response, Error> {
    let caller = request.require(Area::Orders)?;
    let Word(id) = word?;
    let order = load(&request, &id).await?;
    let changed = params.is_ok_and(|QueryParams(params)| params.first("done") == Some("changed"));
    let page = OrderPage { done: changed.then_some("order-changed"), ..page(&request, caller, &order) };
    request.render(StatusCode::OK, &page)
}

/// `POST /orders/{id}/status`
pub async fn change(word: Result<Word, NotAWord>, form: Form) -> Result<Response, Error> {
    let Form { request, params } = form;
    let caller = request.require(Area::Orders)?;
    let Word(id) = word?;
    let change = params.first("change").and_then(parse).ok_or(Error::BadQuery("change"))?;
    let version = params.first("version").and_then(|text| text.parse().ok()).unwrap_or_default();
    let mut reason = None;
    if change.is_final() {
        let typed = params.first("reason").unwrap_or_default();
        match reason::read(typed) {
            Ok(given) => reason = Some(given),
            Err(error) => {
                let order = load(&request, &id).await?;
                return order_confirm::ask(&request, &order, change, Some(RejectedReason { typed, error }));
            }
        }
        if let Some(again) = step_up::demand(&request, &params).await? {
            return Ok(again);
        }
    }
    let actor = Actor::staff(&caller.claims.iss, &caller.claims.sub);
    let wanted = ChangeOrder { id: &id, version, change, actor, reason, now: request.app.now() };
    let (order, problem) = match orders::change(&request.app.db, &wanted).await {
        Ok(_) => return Ok(request.see_other(&format!("{}?done=changed", paths::order(&id)))),
        Err(ChangeError::Stale(order)) if orders::is_done(&order, &wanted) => {
            return Ok(request.see_other(&format!("{}?done=changed", paths::order(&id))));
        }
        Err(ChangeError::Stale(order)) => {
            let problem = overtaken(&order, caller);
            (*order, problem)
        }
        Err(ChangeError::Illegal(illegal)) => {
            (load(&request, &id).await?, Message::new(words::illegal(illegal)))
        }
        Err(other) => return Err(other.into()),
    };
    let page = OrderPage { problem: Some(problem), ..page(&request, caller, &order) };
    request.render(StatusCode::CONFLICT, &page)
}

async fn load(request: &PageRequest, id: &str) -> Result<OrderDetail, Error> {
    let order = orders::load(&request.app.db, id).await?;
    Ok(order.ok_or(CommonError::NotFound)?)
}

/// The message for a change that came too late. The last event of the timeline names the person who was faster.
fn overtaken(order: &OrderDetail, caller: &Caller<Admin>) -> Message {
    let somebody = order.timeline.last().map(|event| who(event, caller));
    match somebody.filter(|who| *who != people::YOU) {
        None => Message::new("own-change"),
        Some(who) => Message::new("changed-by").with("who", who),
    }
}

fn page(request: &PageRequest, caller: &Caller<Admin>, detail: &OrderDetail) -> OrderPage {
    let order = &detail.order;
    let line = |line: &orders::Line| Line {
        name: line.name.clone(),
        price: line.unit_price.clone(),
        quantity: line.quantity,
        sum: line.total(),
    };
    OrderPage {
        frame: request.frame(),
        id: order.id.clone(),
        reference: order.reference(),
        version: order.version,
        payment: Status {
            name: order_words::payment(order.status.payment),
            tone: order_words::payment_tone(order.status.payment),
        },
        fulfilment: Status {
            name: order_words::fulfilment(order.status.fulfilment),
            tone: order_words::fulfilment_tone(order.status.fulfilment),
        },
        placed: request.when(order.placed_at),
        customer: people::customer(&order.known_as),
        total: order.total.clone(),
        moves: moves(order),
        events: detail.timeline.iter().map(|event| row(request, event, caller)).collect(),
        lines: detail.lines.iter().map(line).collect(),
        done: None,
        problem: None,
    }
}

/// The changes that are allowed now; those that can't be undone come last.
fn moves(order: &orders::Order) -> Vec<Move> {
    let all = order.status.moves().into_iter();
    let mut all: Vec<Move> = all
        .map(|change| Move { id: word(change), name: button(change), asks: loss(change).is_some() })
        .collect();
    all.sort_by_key(|step| step.asks);
    all
}

fn row(request: &PageRequest, event: &Event, caller: &Caller<Admin>) -> Row {
    Row {
        at: request.when(event.at),
        what: order_words::event(event.what),
        who: who(event, caller),
        reason: event.reason.clone(),
    }
}

fn who(event: &Event, caller: &Caller<Admin>) -> Message {
    let actor = &event.actor;
    match actor.kind {
        ActorKind::Staff => people::colleague(caller, actor),
        ActorKind::Customer => Message::new("the-customer"),
    }
}
