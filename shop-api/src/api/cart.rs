//! The caller's cart, with the scope `checkout`.

use axum::{Json, extract::State};
use commerce::{
    cart::{self, Cart, MAX_QUANTITY, Owner},
    catalogue,
    money::Money,
};
use problem::FieldError;
use relying_party::Caller;
use serde::{Deserialize, Serialize};
use service::CommonError;
use web::word::Word;

use super::JsonBody;
use crate::{
    access::{CHECKOUT, customer},
    error::Error,
    realm::Customer,
    state::AppState,
};

/// A cart as programs see it.
#[derive(Debug, Serialize)]
pub struct CartView {
    items: Vec<ItemView>,
    item_count: i64,
    /// The total at today's prices; null when the cart is empty.
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

/// The requested quantity of a product.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    quantity: i64,
}

/// `GET /api/cart`
pub async fn show(State(app): State<AppState>, caller: Caller<Customer>) -> Result<Json<CartView>, Error> {
    caller.require_scope(CHECKOUT)?;
    current(&app, &owner(&caller)).await
}

/// `PUT /api/cart/items/{product_id}`: sets the quantity of a product; 0 removes it.
pub async fn set(
    State(app): State<AppState>,
    caller: Caller<Customer>,
    Word(product_id): Word,
    body: JsonBody<Quantity>,
) -> Result<Json<CartView>, Error> {
    caller.require_scope(CHECKOUT)?;
    let quantity = body.value.quantity;
    if !(0..=MAX_QUANTITY).contains(&quantity) {
        let message = format!("must be from 0 to {MAX_QUANTITY}");
        return Err(Error::Fields(vec![FieldError { field: "quantity".into(), message }]));
    }
    let owner = owner(&caller);
    if !cart::set(&app.db, &owner, &product_id, quantity, app.now()).await? {
        let known = catalogue::by_id(&app.db, &product_id).await?.is_some();
        return Err(if known { Error::TooMuch } else { CommonError::NotFound.into() });
    }
    current(&app, &owner).await
}

/// `DELETE /api/cart/items/{product_id}`
pub async fn remove(
    State(app): State<AppState>,
    caller: Caller<Customer>,
    Word(product_id): Word,
) -> Result<Json<CartView>, Error> {
    caller.require_scope(CHECKOUT)?;
    let owner = owner(&caller);
    cart::set(&app.db, &owner, &product_id, 0, app.now()).await?;
    current(&app, &owner).await
}

async fn current(app: &AppState, owner: &Owner) -> Result<Json<CartView>, Error> {
    Ok(Json(cart::load(&app.db, owner).await?.into()))
}

fn owner(caller: &Caller<Customer>) -> Owner {
    Owner::customer(&customer(caller))
}
