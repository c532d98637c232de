//! Asks for confirmation before a change of an order that can't be undone: it says what the change does and asks for a
//! reason. It is an ordinary page, so that it works without JavaScript.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use commerce::{
    money::Money,
    orders::{self, Change, OrderDetail},
};
use language::Message;
use service::{CommonError, filters};
use web::{
    params::{ParamsRejection, QueryParams},
    word::{NotAWord, Word},
};

use super::{
    PageRequest,
    frame::Frame,
    order_words::{button, loss, parse, word},
    people,
};
use crate::{access::Area, error::Error, paths, reason::LONGEST_REASON};

#[derive(Template)]
#[template(path = "order_confirm.html")]
struct ConfirmPage {
    frame: Frame,
    id: String,
    reference: String,
    customer: Message,
    total: Money,
    version: i64,
    change: String,
    act: &'static str,
    loss: &'static str,
    reason: String,
    longest: usize,
    error: Option<Message>,
}

/// `GET /orders/{id}/confirm?change=…`
pub async fn show(
    request: PageRequest,
    id: Result<Word, NotAWord>,
    params: Result<QueryParams, ParamsRejection>,
) -> Result<Response, Error> {
    request.require(Area::Orders)?;
    let Word(id) = id?;
    let order = orders::load(&request.app.db, &id).await?;
    let order = order.ok_or(CommonError::NotFound)?;
    let change = params.ok().and_then(|QueryParams(params)| params.first("change").and_then(parse));
    match change {
        Some(change) if order.order.status.moves().contains(&change) => ask(&request, &order, change, None),
        // somebody else was faster, or the URL was edited: the order's page shows the possible changes
        _ => Ok(request.see_other(&paths::order(&id))),
    }
}

/// A reason that breaks the rules.
#[derive(Debug, Clone)]
pub struct RejectedReason<'a> {
    /// The text as typed.
    pub typed: &'a str,
    /// What is wrong with it.
    pub error: Message,
}

/// The confirmation page; with a message if the reason was rejected.
pub fn ask(
    request: &PageRequest,
    detail: &OrderDetail,
    change: Change,
    rejected: Option<RejectedReason<'_>>,
) -> Result<Response, Error> {
    let order = &detail.order;
    let (reason, error) = rejected.map_or(("", None), |rejected| (rejected.typed, Some(rejected.error)));
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = ConfirmPage {
        frame: request.frame(),
        id: order.id.clone(),
        reference: order.reference(),
        customer: people::customer(&order.known_as),
        total: order.total.clone(),
        version: order.version,
        change: word(change),
        act: button(change),
        loss: loss(change).unwrap_or_default(),
        reason: reason.to_owned(),
        longest: LONGEST_REASON,
        error,
    };
    request.render(status, &page)
}
