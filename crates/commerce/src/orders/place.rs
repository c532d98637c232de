//! Placing an order: exactly once per key (R3), at the current prices and stock of the database (R11), in one
//! transaction with the stored answer.

use clock::random::{Random, token, uuid_v7};
use database::{Db, Tx, again, sql};

use super::{
    Event, Order, OrderDetail, Status, What,
    change::append,
    goods::{take_goods, total},
    placement::{PlaceError, Placement},
};
use crate::idempotency::{self, Claim, Key};

/// A placed order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The order as it was placed.
    pub order: OrderDetail,
    /// Whether an earlier request with this key placed it.
    pub replayed: bool,
}

/// Places an order, or returns the stored answer if an earlier request with this key placed it.
pub async fn place(db: &Db, random: &dyn Random, wanted: &Placement<'_>) -> Result<Placed, PlaceError> {
    let owner = wanted.customer.key();
    let key = Key { owner: &owner, key: wanted.key, body_hash: wanted.body_hash };
    let claim = token(random);
    match idempotency::claim(db, &key, &claim, wanted.now).await? {
        Claim::Mine => {}
        Claim::InFlight => return Err(PlaceError::InFlight),
        Claim::OtherBody => return Err(PlaceError::KeyReused),
        Claim::Answered(answer) => {
            let order = serde_json::from_str(&answer)
                .map_err(|_| database::Error::Schema("a stored answer can't be read".into()))?;
            return Ok(Placed { order, replayed: true });
        }
    }
    let id = uuid_v7(wanted.now, random);
    match again!(attempt(db, wanted, &key, &claim, &id)) {
        Ok(order) => Ok(Placed { order, replayed: false }),
        Err(refusal) => {
            // if the release fails, the claim ends with its lease
            idempotency::release(db, &key, &claim).await.ok();
            Err(refusal)
        }
    }
}

async fn attempt(
    db: &Db,
    wanted: &Placement<'_>,
    key: &Key<'_>,
    claim: &str,
    id: &str,
) -> Result<OrderDetail, PlaceError> {
    let mut tx = db.begin().await?;
    if !idempotency::hold(&mut tx, key, claim).await? {
        return Err(PlaceError::InFlight);
    }
    let lines = take_goods(&mut tx, wanted).await?;
    let total = total(&lines)?;
    if total != wanted.expected {
        return Err(PlaceError::TotalChanged { total });
    }
    let order = Order {
        id: id.to_owned(),
        customer: wanted.customer.clone(),
        known_as: crate::people::Person::default(),
        status: Status::PLACED,
        total,
        item_count: lines.iter().map(|line| line.quantity).sum(),
        version: 1,
        placed_at: wanted.now,
        updated_at: wanted.now,
    };
    let event = Event { at: wanted.now, actor: wanted.customer.into(), what: What::Placed, reason: None };
    let placed = OrderDetail { order, lines, timeline: vec![event] };
    insert(&mut tx, &placed).await?;
    let answer = serde_json::to_string(&placed)
        .map_err(|_| database::Error::Schema("an answer can't be written".into()))?;
    idempotency::answer(&mut tx, key, &answer).await?;
    tx.commit().await?;
    Ok(placed)
}

async fn insert(tx: &mut Tx, placed: &OrderDetail) -> database::Result<()> {
    let order = &placed.order;
    sql("INSERT INTO orders (id, issuer, sub, payment, fulfilment, total, currency, item_count, version, placed_at, \
         updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)")
    .bind(&order.id)
    .bind(&order.customer.issuer)
    .bind(&order.customer.sub)
    .bind(order.status.payment.as_str())
    .bind(order.status.fulfilment.as_str())
    .bind(order.total.amount)
    .bind(&order.total.currency)
    .bind(order.item_count)
    .bind(order.version)
    .bind(order.placed_at)
    .run(&mut *tx)
    .await?;
    for line in &placed.lines {
        sql("INSERT INTO order_lines (order_id, product_id, name, unit_price, quantity) VALUES ($1, $2, $3, $4, $5)")
            .bind(&order.id)
            .bind(&line.product_id)
            .bind(&line.name)
            .bind(line.unit_price.amount)
            .bind(line.quantity)
            .run(&mut *tx)
            .await?;
    }
    for event in &placed.timeline {
        append(tx, &order.id, order.version, event).await?;
    }
    Ok(())
}
