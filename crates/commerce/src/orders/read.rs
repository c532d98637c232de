//! Finding orders. The statements themselves check the customer: an order of another customer is treated as missing.

use database::{Db, On, Result, record, sql};

use super::{Event, Fulfilment, Line, Order, OrderDetail, Payment, Status, What};
use crate::{
    money::Money,
    page::{Page, Window},
    party::{Actor, ActorKind, Customer, unknown},
    people::Person,
};

record! {
    pub(super) struct OrderRow {
        id: String, issuer: String, sub: String, payment: String, fulfilment: String, total: i64, currency: String,
        item_count: i64, version: i64, placed_at: i64, updated_at: i64, known_name: Option<String>,
        known_email: Option<String>,
    }
}

impl TryFrom<OrderRow> for Order {
    type Error = database::Error;

    fn try_from(row: OrderRow) -> Result<Self> {
        Ok(Self {
            status: Status {
                payment: Payment::stored(&row.payment)?,
                fulfilment: Fulfilment::stored(&row.fulfilment)?,
            },
            id: row.id,
            customer: Customer { issuer: row.issuer, sub: row.sub },
            known_as: Person { name: row.known_name, email: row.known_email },
            total: Money::new(row.total, row.currency),
            item_count: row.item_count,
            version: row.version,
            placed_at: row.placed_at,
            updated_at: row.updated_at,
        })
    }
}

/// Filter of staff's list of orders; `None` means any status.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only with this payment status.
    pub payment: Option<Payment>,
    /// Only with this fulfilment status.
    pub fulfilment: Option<Fulfilment>,
}

/// The orders of all customers, newest first, for staff.
pub async fn list(db: &Db, filter: Filter, window: &Window) -> Result<Page<Order>> {
    let rows = sql("SELECT orders.*, people.name AS known_name, people.email AS known_email FROM orders \
         LEFT JOIN people ON people.issuer = orders.issuer AND people.sub = orders.sub \
         WHERE (CAST($1 AS TEXT) IS NULL OR id < $1) \
         AND (CAST($2 AS TEXT) IS NULL OR payment = $2) AND (CAST($3 AS TEXT) IS NULL OR fulfilment = $3) \
         ORDER BY id DESC LIMIT $4")
    .bind(window.after_id())
    .bind(filter.payment.map(Payment::as_str))
    .bind(filter.fulfilment.map(Fulfilment::as_str))
    .bind(window.limit() + 1)
    .all(db)
    .await?;
    page(window, rows)
}

/// The orders of one customer, newest first.
pub async fn list_own(db: &Db, customer: &Customer, window: &Window) -> Result<Page<Order>> {
    let rows = sql("SELECT orders.*, people.name AS known_name, people.email AS known_email FROM orders \
         LEFT JOIN people ON people.issuer = orders.issuer AND people.sub = orders.sub \
         WHERE orders.issuer = $1 AND orders.sub = $2 AND (CAST($3 AS TEXT) IS NULL OR id < $3) \
         ORDER BY id DESC LIMIT $4")
    .bind(&customer.issuer)
    .bind(&customer.sub)
    .bind(window.after_id())
    .bind(window.limit() + 1)
    .all(db)
    .await?;
    page(window, rows)
}

/// Any customer's order, for staff.
pub async fn load(db: &Db, id: &str) -> Result<Option<OrderDetail>> {
    let row = sql("SELECT orders.*, people.name AS known_name, people.email AS known_email FROM orders \
         LEFT JOIN people ON people.issuer = orders.issuer AND people.sub = orders.sub \
         WHERE id = $1")
    .bind(id)
    .opt::<OrderRow>(db)
    .await?;
    match row {
        Some(row) => detail(db, row.try_into()?).await.map(Some),
        None => Ok(None),
    }
}

/// An order of this customer; `None` for an order of another customer.
pub async fn load_own(db: &Db, customer: &Customer, id: &str) -> Result<Option<OrderDetail>> {
    let row = sql("SELECT orders.*, people.name AS known_name, people.email AS known_email FROM orders \
         LEFT JOIN people ON people.issuer = orders.issuer AND people.sub = orders.sub \
         WHERE id = $1 AND orders.issuer = $2 AND orders.sub = $3")
    .bind(id)
    .bind(&customer.issuer)
    .bind(&customer.sub)
    .opt::<OrderRow>(db)
    .await?;
    match row {
        Some(row) => detail(db, row.try_into()?).await.map(Some),
        None => Ok(None),
    }
}

fn page(window: &Window, rows: Vec<OrderRow>) -> Result<Page<Order>> {
    let orders = rows.into_iter().map(Order::try_from).collect::<Result<Vec<_>>>()?;
    Ok(window.page(orders, |order| &order.id))
}

async fn detail(db: &Db, order: Order) -> Result<OrderDetail> {
    let lines = lines(db, &order).await?;
    let rows: Vec<EventRow> = sql(
        "SELECT happened_at, actor_side, actor_issuer, actor_sub, kind, before_value, after_value, reason, \
             people.name AS known_name, people.email AS known_email FROM order_events \
             LEFT JOIN people ON people.issuer = actor_issuer AND people.sub = actor_sub \
             WHERE order_id = $1 ORDER BY version",
    )
    .bind(&order.id)
    .all(db)
    .await?;
    let timeline = rows.into_iter().map(Event::try_from).collect::<Result<_>>()?;
    Ok(OrderDetail { order, lines, timeline })
}

record! { struct LineRow { product_id: String, name: String, unit_price: i64, quantity: i64 } }

async fn lines(on: impl Into<On<'_>>, order: &Order) -> Result<Vec<Line>> {
    let rows: Vec<LineRow> =
        sql("SELECT product_id, name, unit_price, quantity FROM order_lines WHERE order_id = $1 ORDER BY name, product_id")
            .bind(&order.id)
            .all(on)
            .await?;
    let currency = &order.total.currency;
    let line = |row: LineRow| Line {
        product_id: row.product_id,
        name: row.name,
        unit_price: Money::new(row.unit_price, currency.clone()),
        quantity: row.quantity,
    };
    Ok(rows.into_iter().map(line).collect())
}

record! {
    struct EventRow {
        happened_at: i64, actor_side: String, actor_issuer: String, actor_sub: String, kind: String,
        before_value: Option<String>, after_value: Option<String>, reason: Option<String>,
        known_name: Option<String>, known_email: Option<String>,
    }
}

impl TryFrom<EventRow> for Event {
    type Error = database::Error;

    fn try_from(row: EventRow) -> Result<Self> {
        let before = row.before_value.as_deref().unwrap_or_default();
        let after = row.after_value.as_deref().unwrap_or_default();
        let what = match row.kind.as_str() {
            "placed" => What::Placed,
            "payment" => What::Payment { from: Payment::stored(before)?, to: Payment::stored(after)? },
            "fulfilment" => {
                What::Fulfilment { from: Fulfilment::stored(before)?, to: Fulfilment::stored(after)? }
            }
            other => return Err(unknown("event", other)),
        };
        let actor = Actor {
            kind: ActorKind::stored(&row.actor_side)?,
            issuer: row.actor_issuer,
            sub: row.actor_sub,
            known_as: Person { name: row.known_name, email: row.known_email },
        };
        Ok(Self { at: row.happened_at, actor, what, reason: row.reason })
    }
}
