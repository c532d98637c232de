//! The caller's cart: scope `checkout`.

use axum::{Json, extract::State};
use commerce::{
    cart::{self, Cart, MAX_QUANTITY, Owner},
    catalogue,
    money::Money,
};
use problem::FieldError;
use relying_party::Caller;
use serde::{Deserialize, Serialize};
use web::word::Word;

use super::{customer, json::JsonBody};
use crate::{CHECKOUT, Customer, app::Shop, error::Fault};

/// A cart as programs see it.
#[derive(Debug, Serialize)]
pub struct CartView {
    items: Vec<ItemView>,
    item_count: i64,
    /// What it would cost now; null when it is empty.
    total: Option<Money>,
}

#[derive(Debug, Serialize)]
struct ItemView {
    product_id: String,
    name: String,
    unit_price: Money,
    quantity: i64,
    total: Money,
    stock: i64,
}

impl From<Cart> for CartView {
    fn from(cart: Cart) -> Self {
        let (item_count, total) = (cart.item_count(), cart.total());
        let item = |line: cart::Line| ItemView {
            total: line.total(),
            product_id: line.product_id,
            name: line.name,
            unit_price: Money::new(line.unit_price, line.currency),
            quantity: line.quantity,
            stock: line.stock,
        };
        Self { items: cart.lines.into_iter().map(item).collect(), item_count, total }
    }
}

/// How many of a product the cart should hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    quantity: i64,
}

/// `GET /api/cart`
pub async fn show(State(shop): State<Shop>, caller: Caller<Customer>) -> Result<Json<CartView>, Fault> {
    caller.require_scope(CHECKOUT)?;
    current(&shop, &owner(&caller)).await
}

/// `PUT /api/cart/items/{product_id}`: makes the cart hold exactly this many; 0 takes the product out.
pub async fn set(
    State(shop): State<Shop>,
    caller: Caller<Customer>,
    Word(product_id): Word,
    body: JsonBody<Quantity>,
) -> Result<Json<CartView>, Fault> {
    caller.require_scope(CHECKOUT)?;
    let quantity = body.value.quantity;
    if !(0..=MAX_QUANTITY).contains(&quantity) {
        let message = format!("must be from 0 to {MAX_QUANTITY}");
        return Err(Fault::Fields(vec![FieldError { field: "quantity".into(), message }]));
    }
    let owner = owner(&caller);
    if !cart::set(&shop.db, &owner, &product_id, quantity, shop.clock.now()).await? {
        let known = catalogue::by_id(&shop.db, &product_id).await?.is_some();
        return Err(if known { Fault::TooMuch } else { Fault::NotFound });
    }
    current(&shop, &owner).await
}

/// `DELETE /api/cart/items/{product_id}`
pub async fn remove(
    State(shop): State<Shop>,
    caller: Caller<Customer>,
    Word(product_id): Word,
) -> Result<Json<CartView>, Fault> {
    caller.require_scope(CHECKOUT)?;
    let owner = owner(&caller);
    cart::set(&shop.db, &owner, &product_id, 0, shop.clock.now()).await?;
    current(&shop, &owner).await
}

async fn current(shop: &Shop, owner: &Owner) -> Result<Json<CartView>, Fault> {
    Ok(Json(cart::load(&shop.db, owner).await?.into()))
}

fn owner(caller: &Caller<Customer>) -> Owner {
    Owner::customer(&customer(caller))
}
