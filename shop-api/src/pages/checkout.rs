//! `POST /checkout`: the cart becomes an order, once per form (R3), at the total the page showed (R11).

use std::time::Duration;

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use commerce::{
    money::Money,
    orders::{self, Goods, PlaceError, Placed, Placement},
};
use relying_party::GuardedForm;

use super::{
    cart::{field, refused},
    visit::{Here, Visit},
};
use crate::{CHECKOUT, Customer, app::Shop, error::Fault};

/// A double click sends the form twice and shows the second answer: it waits for the first one to finish.
const WAIT: Duration = Duration::from_millis(100);
const WAITS: usize = 50;

/// Places the order and leads to its page; a cart that can't be ordered as shown is shown as it is now.
pub async fn place(
    State(shop): State<Shop>,
    here: Here,
    form: GuardedForm<Customer>,
) -> Result<Response, Fault> {
    let visit = Visit::new(&shop, form.from, &here).await?;
    let customer = visit.require(CHECKOUT)?;
    let key = field(&form.params, "key")?;
    if key.len() > 100 {
        return Err(Fault::BadParameter("key"));
    }
    let amount = field(&form.params, "expected_total")?;
    let currency = field(&form.params, "currency")?;
    let wanted = Placement {
        customer: &customer,
        key,
        body_hash: &protocol::secret::hash(&format!("cart {amount} {currency}")),
        goods: Goods::Cart,
        expected: Money::new(amount.parse().map_err(|_| Fault::BadParameter("expected_total"))?, currency),
        now: shop.clock.now(),
    };
    match patiently(&shop, &wanted).await.map_err(Fault::from) {
        Ok(placed) => {
            let path = format!("/orders/{}?placed=1", placed.order.order.id);
            Ok(Redirect::to(&path).into_response())
        }
        Err(fault @ (Fault::Unavailable | Fault::Internal)) => Err(fault),
        Err(fault) => refused(&shop, &visit, &fault).await,
    }
}

async fn patiently(shop: &Shop, wanted: &Placement<'_>) -> Result<Placed, PlaceError> {
    for _ in 0..WAITS {
        match orders::place(&shop.db, &*shop.random, wanted).await {
            Err(PlaceError::InFlight) => tokio::time::sleep(WAIT).await,
            outcome => return outcome,
        }
    }
    Err(PlaceError::InFlight)
}
