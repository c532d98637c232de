//! Asks before a change of an order that can't be taken back: what it does, and why somebody wants it. Nothing but a
//! page, so that it works without JavaScript.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use commerce::orders::{self, Change, OrderDetail};
use web::params::{ParamsRejection, QueryParams};
use web::word::{NotAWord, Word};

use super::desk::Desk;
use super::fault::PageFault;
use super::frame::Frame;
use super::order_words::{button, loss, parse, word};
use super::people;
use crate::access::Area;
use crate::error::Fault;

/// Longest reason, in code points.
pub const LONGEST_REASON: usize = 500;

#[derive(Template)]
#[template(path = "order_confirm.html")]
struct ConfirmPage {
    frame: Frame,
    id: String,
    reference: String,
    customer: String,
    total: String,
    version: i64,
    change: String,
    act: &'static str,
    loss: &'static str,
    reason: String,
    longest: usize,
    fault: Option<&'static str>,
}

/// `GET /orders/{id}/confirm?change=…`
pub async fn show(
    desk: Desk,
    id: Result<Word, NotAWord>,
    params: Result<QueryParams, ParamsRejection>,
) -> Result<Response, PageFault> {
    desk.staff(Area::Orders)?;
    let Word(id) = id.map_err(|fault| desk.fault(fault))?;
    let order = orders::load(desk.app.db(), &id).await.map_err(|error| desk.fault(error))?;
    let order = order.ok_or_else(|| desk.fault(Fault::NotFound))?;
    let change = params.ok().and_then(|QueryParams(params)| params.first("change").and_then(parse));
    match change {
        Some(change) if order.order.status.moves().contains(&change) => ask(&desk, &order, change, None),
        // somebody was faster, or the address was changed: the order says what can be done with it
        _ => Ok(desk.see_other(&format!("/orders/{id}"))),
    }
}

/// The question; `refused` is a reason that isn't one, and what is wrong with it.
pub fn ask(
    desk: &Desk,
    detail: &OrderDetail,
    change: Change,
    refused: Option<(&str, &'static str)>,
) -> Result<Response, PageFault> {
    let order = &detail.order;
    let (reason, fault) = refused.map_or(("", None), |(reason, fault)| (reason, Some(fault)));
    let page = ConfirmPage {
        frame: desk.frame(),
        id: order.id.clone(),
        reference: order.reference(),
        customer: people::customer(&order.known_as),
        total: order.total.to_string(),
        version: order.version,
        change: word(change),
        act: button(change),
        loss: loss(change).unwrap_or_default(),
        reason: reason.to_owned(),
        longest: LONGEST_REASON,
        fault,
    };
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    desk.page(status, &page)
}

/// The reason that was typed, if the rules accept it.
pub fn reason(typed: &str) -> Result<&str, &'static str> {
    let reason = typed.trim();
    match reason.chars().count() {
        0 => Err("Say in a few words why."),
        1..=LONGEST_REASON => Ok(reason),
        _ => Err("Say it in at most 500 characters."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_has_words_and_an_end() {
        assert_eq!(reason("  Sold out  "), Ok("Sold out"));
        assert_eq!(reason(&"a".repeat(LONGEST_REASON)).map(str::len), Ok(LONGEST_REASON));
        for bad in ["", "   ", &"a".repeat(LONGEST_REASON + 1)] {
            assert!(reason(bad).is_err(), "{}", bad.len());
        }
    }
}
