//! Changing the status of an order. The rules are applied to the version that the person saw, and the statement only
//! updates that version.

use database::{Db, Tx, again, record, sql};

use super::{Change, Event, Fulfilment, Illegal, OrderDetail, Status, What, read};
use crate::party::Actor;

/// A requested change of an order.
#[derive(Debug, Clone)]
pub struct ChangeOrder<'a> {
    /// The order.
    pub id: &'a str,
    /// The version that the person saw.
    pub version: i64,
    /// The requested change.
    pub change: Change,
    /// The author.
    pub actor: Actor,
    /// The author's reason, shown only to staff.
    pub reason: Option<&'a str>,
    /// Unix seconds.
    pub now: i64,
}

/// Why an order was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// There is no such order.
    #[error("there is no such order")]
    NotFound,
    /// Somebody else has changed the order; the value is the order now.
    #[error("the order was changed by somebody else")]
    Stale(Box<OrderDetail>),
    /// The rules don't allow this change.
    #[error(transparent)]
    Illegal(#[from] Illegal),
    /// The database failed; nothing changed.
    #[error(transparent)]
    Database(#[from] database::Error),
}

/// Changes one status of an order and adds an event to its timeline. Returns the changed order.
pub async fn change(db: &Db, wanted: &ChangeOrder<'_>) -> Result<OrderDetail, ChangeError> {
    let seen = read::load(db, wanted.id).await?.ok_or(ChangeError::NotFound)?;
    if seen.order.version != wanted.version {
        return Err(ChangeError::Stale(Box::new(seen)));
    }
    let before = seen.order.status;
    let after = before.after(wanted.change)?;
    let what = match wanted.change {
        Change::Payment(to) => What::Payment { from: before.payment, to },
        Change::Fulfilment(to) => What::Fulfilment { from: before.fulfilment, to },
    };
    let reason = wanted.reason.map(str::to_owned);
    let event = Event { at: wanted.now, actor: wanted.actor.clone(), what, reason };
    let changed: database::Result<bool> = again!(async {
        let mut tx = db.begin().await?;
        if !moved(&mut tx, wanted, after).await? {
            return Ok(false);
        }
        if wanted.change == Change::Fulfilment(Fulfilment::Cancelled) {
            restock(&mut tx, wanted.id).await?;
        }
        append(&mut tx, wanted.id, wanted.version + 1, &event).await?;
        tx.commit().await.map(|()| true)
    });
    let changed = changed?;
    let now = read::load(db, wanted.id).await?.ok_or(ChangeError::NotFound)?;
    if changed { Ok(now) } else { Err(ChangeError::Stale(Box::new(now))) }
}

/// Whether the last change of the order was this one, by the same person and from the same version: the form was sent
/// twice, or its answer was lost.
pub fn is_done(now: &OrderDetail, wanted: &ChangeOrder<'_>) -> bool {
    let last = now.timeline.last();
    now.order.version == wanted.version + 1
        && last.is_some_and(|event| {
            event.actor == wanted.actor
                && event.reason.as_deref() == wanted.reason
                && match (event.what, wanted.change) {
                    (What::Payment { to, .. }, Change::Payment(wanted)) => to == wanted,
                    (What::Fulfilment { to, .. }, Change::Fulfilment(wanted)) => to == wanted,
                    _ => false,
                }
        })
}

async fn moved(tx: &mut Tx, wanted: &ChangeOrder<'_>, after: Status) -> database::Result<bool> {
    let changed =
        sql("UPDATE orders SET payment = $3, fulfilment = $4, version = version + 1, updated_at = $5 \
         WHERE id = $1 AND version = $2")
        .bind(wanted.id)
        .bind(wanted.version)
        .bind(after.payment.as_str())
        .bind(after.fulfilment.as_str())
        .bind(wanted.now)
        .run(tx)
        .await?;
    Ok(changed == 1)
}

record! { struct Restocked { product_id: String, quantity: i64 } }

/// Returns the goods of a cancelled order to the stock. Every transaction updates products in the order of their ids,
/// so that two transactions can't deadlock.
async fn restock(tx: &mut Tx, order_id: &str) -> database::Result<()> {
    let goods: Vec<Restocked> =
        sql("SELECT product_id, quantity FROM order_lines WHERE order_id = $1 ORDER BY product_id")
            .bind(order_id)
            .all(&mut *tx)
            .await?;
    for item in goods {
        sql("UPDATE products SET stock = stock + $2 WHERE id = $1")
            .bind(item.product_id)
            .bind(item.quantity)
            .run(&mut *tx)
            .await?;
    }
    Ok(())
}

/// Adds an event to the timeline.
pub(super) async fn append(tx: &mut Tx, order_id: &str, version: i64, event: &Event) -> database::Result<()> {
    let (kind, before, after) = match event.what {
        What::Placed => ("placed", None, None),
        What::Payment { from, to } => ("payment", Some(from.as_str()), Some(to.as_str())),
        What::Fulfilment { from, to } => ("fulfilment", Some(from.as_str()), Some(to.as_str())),
    };
    sql("INSERT INTO order_events (order_id, version, happened_at, actor_side, actor_issuer, actor_sub, kind, \
         before_value, after_value, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(order_id)
    .bind(version)
    .bind(event.at)
    .bind(event.actor.kind.as_str())
    .bind(&event.actor.issuer)
    .bind(&event.actor.sub)
    .bind(kind)
    .bind(before)
    .bind(after)
    .bind(event.reason.clone())
    .run(tx)
    .await
    .map(drop)
}
