//! `POST /checkout`: turns the cart into an order, once per form (R3), at the total that the page showed (R11).

use std::time::Duration;

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use commerce::{
    money::Money,
    orders::{self, Goods, PlaceError, Placed, Placement},
};
use protocol::secret;

use super::{
    cart::{field, refused},
    request::Form,
};
use crate::{access::CHECKOUT, error::Error, paths, state::AppState};

/// Pause between attempts while another request with the same key is running. A double click sends the form twice, and
/// the browser shows only the second answer, which therefore waits for the first request.
const WAIT: Duration = Duration::from_millis(100);
const WAITS: usize = 50;

/// Places the order and redirects to its page. If the cart can't be ordered as shown, answers with the current cart.
pub async fn place(State(app): State<AppState>, form: Form) -> Result<Response, Error> {
    let Form { request, params } = form;
    let customer = request.require(CHECKOUT)?;
    let key = field(&params, "key")?;
    if key.len() > 100 {
        return Err(Error::BadParameter("key"));
    }
    let amount = field(&params, "expected_total")?;
    let currency = field(&params, "currency")?;
    let wanted = Placement {
        customer: &customer,
        key,
        body_hash: &secret::hash(&format!("cart {amount} {currency}")),
        goods: Goods::Cart,
        expected: Money::new(amount.parse().map_err(|_| Error::BadParameter("expected_total"))?, currency),
        now: app.now(),
    };
    match once_the_first_is_done(&app, &wanted).await {
        Ok(placed) => {
            let path = format!("{}?placed=1", paths::order(&placed.order.order.id));
            Ok(Redirect::to(&path).into_response())
        }
        Err(PlaceError::Database(error)) => Err(error.into()),
        Err(error) => refused(&app, &request, &error.into()).await,
    }
}

async fn once_the_first_is_done(app: &AppState, wanted: &Placement<'_>) -> Result<Placed, PlaceError> {
    for _ in 0..WAITS {
        match orders::place(&app.db, &*app.random, wanted).await {
            Err(PlaceError::InFlight) => tokio::time::sleep(WAIT).await,
            outcome => return outcome,
        }
    }
    Err(PlaceError::InFlight)
}
