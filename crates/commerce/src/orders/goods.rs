//! Takes the ordered goods out of the stock with guarded statements, at current prices (R11).

use std::collections::BTreeMap;

use database::{Tx, record, sql};

use super::{
    Line,
    placement::{Goods, PlaceError, Placement},
};
use crate::{
    cart::{self, MAX_LINES, MAX_QUANTITY, Owner},
    money::Money,
    page::is_id,
};

/// Takes all goods out of the stock in the order of the product ids, so that two orders can't deadlock. Returns the
/// lines by name.
pub(super) async fn take_goods(tx: &mut Tx, wanted: &Placement<'_>) -> Result<Vec<Line>, PlaceError> {
    let mut goods = BTreeMap::<String, i64>::new();
    match &wanted.goods {
        Goods::Cart => {
            let taken = cart::take(tx, &Owner::customer(wanted.customer)).await?;
            goods.extend(taken.into_iter().map(|item| (item.product_id, item.quantity)));
        }
        Goods::Items(items) => {
            for item in items {
                let quantity = goods.entry(item.product_id.clone()).or_default();
                *quantity = quantity.checked_add(item.quantity.max(0)).ok_or(PlaceError::TooMuch)?;
            }
        }
    }
    goods.retain(|_, quantity| *quantity > 0);
    if goods.is_empty() {
        return Err(PlaceError::Empty);
    }
    let too_many = i64::try_from(goods.len()).map_or(true, |lines| lines > MAX_LINES);
    if too_many || goods.values().any(|quantity| *quantity > MAX_QUANTITY) {
        return Err(PlaceError::TooMuch);
    }
    let mut lines = Vec::with_capacity(goods.len());
    for (product_id, quantity) in goods {
        lines.push(take_one(tx, product_id, quantity).await?);
    }
    lines.sort_by(|a, b| (&a.name, &a.product_id).cmp(&(&b.name, &b.product_id)));
    Ok(lines)
}

record! { struct Sold { name: String, price: i64, currency: String } }
record! { struct Left { name: String, stock: i64 } }

async fn take_one(tx: &mut Tx, product_id: String, quantity: i64) -> Result<Line, PlaceError> {
    if !is_id(&product_id) {
        return Err(PlaceError::NotOnSale { product_id });
    }
    let sold = sql("UPDATE products SET stock = stock - $2 WHERE id = $1 AND stock >= $2 \
         AND published_at IS NOT NULL RETURNING name, price, currency")
    .bind(&product_id)
    .bind(quantity)
    .opt::<Sold>(&mut *tx)
    .await?;
    if let Some(sold) = sold {
        let unit_price = Money::new(sold.price, sold.currency);
        return Ok(Line { product_id, name: sold.name, unit_price, quantity });
    }
    let left = sql("SELECT name, stock FROM products WHERE id = $1 AND published_at IS NOT NULL")
        .bind(&product_id)
        .opt::<Left>(tx)
        .await?;
    Err(match left {
        Some(left) => PlaceError::OutOfStock { product_id, name: left.name, stock: left.stock },
        None => PlaceError::NotOnSale { product_id },
    })
}

/// The total of the lines.
pub(super) fn total(lines: &[Line]) -> Result<Money, PlaceError> {
    let currency = lines.first().map(|line| line.unit_price.currency.clone()).ok_or(PlaceError::Empty)?;
    let mut amount = 0_i64;
    for line in lines {
        if line.unit_price.currency != currency {
            return Err(PlaceError::MixedCurrencies);
        }
        let price = line.unit_price.amount.checked_mul(line.quantity).ok_or(PlaceError::TooMuch)?;
        amount = amount.checked_add(price).ok_or(PlaceError::TooMuch)?;
    }
    Ok(Money { amount, currency })
}
