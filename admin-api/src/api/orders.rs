//! Orders: list, read, change one of the two statuses (C5).

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use commerce::{
    orders::{self, Change, ChangeOrder, Fulfilment, OrderDetail, Payment},
    party::Actor,
};
use serde::Deserialize;
use serde_json::json;
use service::CommonError;
use web::{json::BadBody, params::QueryParams, word::Word};

use super::{
    JsonBody,
    etag::{self, etag},
    link_next,
};
use crate::{
    access::{Orders, Staff},
    error::Error,
    paths::api,
    query, reason,
    state::AppState,
};

/// A change of one status, such as `{"payment": "paid"}`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    payment: Option<Payment>,
    fulfilment: Option<Fulfilment>,
    /// The author's reason, for the timeline; shown only to staff.
    reason: Option<String>,
}

impl Input {
    fn change(&self) -> Result<Change, Error> {
        match (self.payment, self.fulfilment) {
            (Some(to), None) => Ok(Change::Payment(to)),
            (None, Some(to)) => Ok(Change::Fulfilment(to)),
            _ => Err(unprocessable("Give exactly one of payment and fulfilment.")),
        }
    }

    /// The reason, with the rules of the console. Optional in the API.
    fn reason(&self) -> Result<Option<&str>, Error> {
        let reason = self.reason.as_deref().map(reason::read).transpose();
        reason.map_err(|_| unprocessable("The reason must have 1 to 500 characters."))
    }
}

fn unprocessable(detail: &str) -> Error {
    BadBody::unprocessable(detail).into()
}

/// `GET /api/orders`
pub async fn index(
    State(app): State<AppState>,
    _: Staff<Orders>,
    QueryParams(params): QueryParams,
) -> Result<Response, Error> {
    let (filter, window) = query::orders(&params)?;
    let page = orders::list(&app.db, filter, &window).await?;
    let next = page.next.map(|cursor| query::next(api::ORDERS, &params, &cursor.to_string()));
    Ok((link_next(next.as_deref()), Json(json!({ "items": page.items, "next": next }))).into_response())
}

/// `GET /api/orders/{id}`
pub async fn show(
    State(app): State<AppState>,
    _: Staff<Orders>,
    Word(id): Word,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let order = orders::load(&app.db, &id).await?.ok_or(CommonError::NotFound)?;
    Ok(etag::not_modified(&headers, order.order.version).unwrap_or_else(|| answer(&order)))
}

/// `POST /api/orders/{id}/status`
pub async fn change(
    State(app): State<AppState>,
    staff: Staff<Orders>,
    Word(id): Word,
    headers: HeaderMap,
    body: JsonBody<Input>,
) -> Result<Response, Error> {
    let change = body.value.change()?;
    if change.is_final() {
        staff.caller.require_fresh(app.config.step_up_after)?;
    }
    let actor = Actor::staff(&staff.caller.claims.iss, &staff.caller.claims.sub);
    let present = async { Ok(orders::load(&app.db, &id).await?.ok_or(CommonError::NotFound)?.order.version) };
    let wanted = ChangeOrder {
        id: &id,
        version: etag::version(&headers, present).await?,
        change,
        actor,
        reason: body.value.reason()?,
        now: app.now(),
    };
    Ok(answer(&orders::change(&app.db, &wanted).await?))
}

fn answer(order: &OrderDetail) -> Response {
    ([(header::ETAG, etag(order.order.version))], Json(order)).into_response()
}
