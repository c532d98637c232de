//! Placing an order (scope `checkout`) and the caller's orders (scope `orders`).

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};
use commerce::{
    cart::{MAX_LINES, MAX_QUANTITY},
    money::Money,
    orders::{self, Goods, Item, Order, OrderDetail, Placement, What},
    party::ActorKind,
};
use problem::FieldError;
use relying_party::Caller;
use serde::{Deserialize, Serialize};
use service::CommonError;
use web::word::Word;

use super::{JsonBody, listed};
use crate::{
    access::{CHECKOUT, ORDERS, customer},
    error::Error,
    paths::api,
    query::ListQuery,
    realm::Customer,
    state::AppState,
};

/// An order without its lines, as its customer sees it.
#[derive(Debug, Serialize)]
struct OrderView {
    id: String,
    reference: String,
    payment: &'static str,
    fulfilment: &'static str,
    total: Money,
    item_count: i64,
    placed_at: i64,
    updated_at: i64,
}

impl From<Order> for OrderView {
    fn from(order: Order) -> Self {
        Self {
            reference: order.reference(),
            id: order.id,
            payment: order.status.payment.as_str(),
            fulfilment: order.status.fulfilment.as_str(),
            total: order.total,
            item_count: order.item_count,
            placed_at: order.placed_at,
            updated_at: order.updated_at,
        }
    }
}

/// An event of the timeline, without the names of staff.
#[derive(Debug, Serialize)]
struct EventView {
    at: i64,
    by: ActorKind,
    #[serde(flatten)]
    what: What,
}

/// An order with its lines and timeline, as its customer sees it.
#[derive(Debug, Serialize)]
pub struct DetailView {
    #[serde(flatten)]
    order: OrderView,
    lines: Vec<orders::Line>,
    timeline: Vec<EventView>,
}

impl From<OrderDetail> for DetailView {
    fn from(detail: OrderDetail) -> Self {
        let event = |event: orders::Event| EventView { at: event.at, by: event.actor.kind, what: event.what };
        Self {
            order: detail.order.into(),
            lines: detail.lines,
            timeline: detail.timeline.into_iter().map(event).collect(),
        }
    }
}

/// The body of a request for an order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    /// The goods; without them everything in the caller's cart is ordered.
    items: Option<Vec<NewItem>>,
    /// The total that the customer saw.
    expected_total: Money,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewItem {
    product_id: String,
    quantity: i64,
}

/// `POST /api/orders`: 201 with the order. A repeated request gets the same answer (R3).
pub async fn place(
    State(app): State<AppState>,
    caller: Caller<Customer>,
    headers: HeaderMap,
    body: JsonBody<NewOrder>,
) -> Result<Response, Error> {
    caller.require_scope(CHECKOUT)?;
    let key = idempotency_key(&headers)?;
    let goods = goods(body.value.items)?;
    let wanted = Placement {
        customer: &customer(&caller),
        key,
        body_hash: &body.hash,
        goods,
        expected: body.value.expected_total,
        now: app.now(),
    };
    let placed = orders::place(&app.db, &*app.random, &wanted).await?;
    let location = api::order(&placed.order.order.id);
    let view = DetailView::from(placed.order);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(view)).into_response())
}

/// `GET /api/orders`
pub async fn list(
    State(app): State<AppState>,
    caller: Caller<Customer>,
    ListQuery(window): ListQuery,
) -> Result<Response, Error> {
    caller.require_scope(ORDERS)?;
    let page = orders::list_own(&app.db, &customer(&caller), &window).await?;
    let items: Vec<OrderView> = page.items.into_iter().map(OrderView::from).collect();
    Ok(listed(api::ORDERS, window.limit, items, page.next))
}

/// `GET /api/orders/{id}`: 404 for an order of another customer.
pub async fn show(
    State(app): State<AppState>,
    caller: Caller<Customer>,
    Word(id): Word,
) -> Result<Json<DetailView>, Error> {
    caller.require_scope(ORDERS)?;
    let detail = orders::load_own(&app.db, &customer(&caller), &id).await?.ok_or(CommonError::NotFound)?;
    Ok(Json(detail.into()))
}

/// The request's idempotency key: exactly one header with 1 to 255 visible ASCII characters.
fn idempotency_key(headers: &HeaderMap) -> Result<&str, Error> {
    let mut values = headers.get_all("idempotency-key").iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(Error::IdempotencyKey(
            "Send exactly one Idempotency-Key header, a new one for each order.",
        ));
    };
    value
        .to_str()
        .ok()
        .filter(|key| (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()))
        .ok_or(Error::IdempotencyKey("The Idempotency-Key must be 1 to 255 visible ASCII characters."))
}

/// The ordered goods, or all mistakes in them.
fn goods(items: Option<Vec<NewItem>>) -> Result<Goods, Error> {
    let Some(items) = items else { return Ok(Goods::Cart) };
    let mut errors = Vec::new();
    if items.is_empty() || i64::try_from(items.len()).map_or(true, |lines| lines > MAX_LINES) {
        errors.push(FieldError {
            field: "items".into(),
            message: format!("must have 1 to {MAX_LINES} members"),
        });
    }
    for (index, item) in items.iter().enumerate().take(usize::try_from(MAX_LINES).unwrap_or_default()) {
        if !(1..=MAX_QUANTITY).contains(&item.quantity) {
            let message = format!("must be from 1 to {MAX_QUANTITY}");
            errors.push(FieldError { field: format!("items[{index}].quantity"), message });
        }
        if !Word::is_word(&item.product_id) {
            errors
                .push(FieldError { field: format!("items[{index}].product_id"), message: "is no id".into() });
        }
    }
    if !errors.is_empty() {
        return Err(Error::Fields(errors));
    }
    let item = |item: NewItem| Item { product_id: item.product_id, quantity: item.quantity };
    Ok(Goods::Items(items.into_iter().map(item).collect()))
}
